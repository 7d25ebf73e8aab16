#include "tests/report/read_all.hpp"

#include <string>

namespace relief::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

/// The parts of a message, each to be replaced.
struct Message {
    std::string status = "Actual";
    std::string kind = "Alert";
    std::string scope = "Public";
    std::string references{};
    std::string expires = "2024-05-02T00:00:00+02:00";
    std::string area = "<areaDesc>Coast</areaDesc><circle>10,35 20</circle>";

    std::string text() const {
        return "<?xml version='1.0'?><alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>"
               "<identifier>id-1</identifier><sender>agency@example.org</sender>"
               "<sent>2024-05-01T10:00:00+02:00</sent><status>" +
               status + "</status><msgType>" + kind + "</msgType><scope>" + scope + "</scope>" +
               (references.empty() ? "" : "<references>" + references + "</references>") +
               "<info><language>ar</language><category>Met</category><event>فيضان</event>"
               "<urgency>Immediate</urgency><severity>Severe</severity>"
               "<certainty>Observed</certainty><area>" +
               area +
               "</area></info>"
               "<info><language>en-GB</language><category>Met</category><event>Flood</event>"
               "<urgency>Immediate</urgency><severity>Severe</severity>"
               "<certainty>Observed</certainty><expires>" +
               expires +
               "</expires><senderName>Agency</senderName><headline>River over its banks</headline>"
               "<area>" +
               area + "</area></info></alert>";
    }
};

ReadingWish at(const char* moment) {
    ReadingWish wish;
    wish.now = parse_instant(moment)->first;
    return wish;
}

TEST(Cap, BecomesAnAlertInAllItsLanguagesAndOneReport) {
    const auto all = read_all(Message{}.text());

    ASSERT_THAT(all.alerts, SizeIs(1)) << all.failure;
    EXPECT_THAT(all.alerts[0].infos, SizeIs(2));
    EXPECT_EQ(all.alerts[0].infos[0].event, "فيضان");
    ASSERT_THAT(all.drafts, SizeIs(1));
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(draft.title, "River over its banks");
    EXPECT_EQ(draft.category, "Flood");
    EXPECT_EQ(draft.severity, Severity::severe);
    EXPECT_EQ(draft.precision, Precision::near);
    EXPECT_EQ(draft.origin_id, "agency@example.org,id-1");
    EXPECT_EQ(draft.attribution, "Agency");
    EXPECT_EQ(all.reading.format, Format::cap);
}

TEST(Cap, ThatIsNotForThePublicOrNotRealIsRefused) {
    for (const auto* const status : {"Test", "Exercise", "Draft", "System", ""})
        EXPECT_THAT(read_all(Message{.status = status}.text()).alerts, IsEmpty()) << status;
    for (const auto* const scope : {"Restricted", "Private"})
        EXPECT_THAT(read_all(Message{.scope = scope}.text()).alerts, IsEmpty()) << scope;
    for (const auto* const kind : {"Ack", "Error", "nonsense"})
        EXPECT_THAT(read_all(Message{.kind = kind}.text()).alerts, IsEmpty()) << kind;

    EXPECT_THAT(read_all(Message{.status = "Exercise"}.text()).rejects,
                ElementsAre(Pair(1U, HasSubstr("\"Exercise\""))));
}

TEST(Cap, ThatExpiredMakesNoReport) {
    // 00:00 at +02:00 is 22:00 of the day before.
    const std::string text =
        Message{.area = "<areaDesc>d</areaDesc><circle>10,35 1</circle>"}.text();
    auto only_one_info = text;
    only_one_info.erase(only_one_info.find("<info>"),
                        only_one_info.find("<info>", only_one_info.find("<info>") + 1) -
                            only_one_info.find("<info>"));

    EXPECT_THAT(read_all(only_one_info, at("2024-05-01T21:59:59Z")).drafts, SizeIs(1));
    const auto late = read_all(only_one_info, at("2024-05-01T22:00:01Z"));
    EXPECT_THAT(late.drafts, IsEmpty());
    EXPECT_THAT(late.rejects, ElementsAre(Pair(1U, HasSubstr("2024-05-01T22:00:00Z"))));
    EXPECT_THAT(late.alerts, SizeIs(1));
    // One language says no end.
    EXPECT_THAT(read_all(text, at("2030-01-01T00:00:00Z")).drafts, SizeIs(1));
}

TEST(Cap, NamesWhatItUpdatesOrCancels) {
    const auto all = read_all(
        Message{.kind = "Cancel", .references = "a@b,x-1,2024-05-01T00:00:00+00:00 c,d,e,f rest"}
            .text());

    ASSERT_THAT(all.alerts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.alerts[0].kind, Alert::Kind::cancel);
    EXPECT_THAT(all.alerts[0].references,
                ElementsAre(AlertName{"a@b", "x-1", "2024-05-01T00:00:00+00:00"},
                            AlertName{"c", "d,e", "f"}));
    EXPECT_THAT(all.drafts, IsEmpty());
}

TEST(Cap, WithCodesForAPlaceAloneIsAnAlertWithoutAReport) {
    const auto all =
        read_all(Message{.area = "<areaDesc>d</areaDesc><geocode><valueName>FIPS6</valueName>"
                                 "<value>030049</value></geocode>"}
                     .text());

    EXPECT_THAT(all.alerts, SizeIs(1));
    EXPECT_THAT(all.drafts, IsEmpty());
    EXPECT_THAT(all.rejects, ElementsAre(Pair(1U, HasSubstr("polygon"))));
}

TEST(Cap, WithAWrongNumberIsRefused) {
    for (const auto* const area : {"<polygon>1,2 3,4</polygon>",
                                   "<polygon>1,2 3,4 95,5 1,2</polygon>",
                                   "<polygon>a b c</polygon>",
                                   "<circle>1,2</circle>",
                                   "<circle>1,2 -5</circle>",
                                   "<circle>200,2 5</circle>"})
        EXPECT_THAT(read_all(Message{.area = area}.text()).alerts, IsEmpty()) << area;
    EXPECT_THAT(read_all(Message{.expires = "tomorrow"}.text()).alerts, IsEmpty());
    EXPECT_THAT(read_all(Message{.expires = "2024-05-02"}.text()).alerts, IsEmpty());
}

TEST(Cap, OverTheAntimeridianHasItsMiddleThere) {
    const auto all = read_all(
        Message{.area = "<areaDesc>d</areaDesc><polygon>-17,179 -17,-179 -19,-179 -19,179 -17,179"
                        "</polygon>"}
            .text());

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_NEAR(std::abs(all.drafts[0].place.longitude), 180, 1e-9);
    EXPECT_NEAR(all.drafts[0].place.latitude, -18, 1e-9);
}

TEST(Xml, WithADoctypeIsRefused) {
    const auto all = read_all(
        "<?xml version='1.0'?><!DOCTYPE alert [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
        "<alert><identifier>&e;</identifier></alert>");

    EXPECT_THAT(all.failure, HasSubstr("DOCTYPE"));
}

TEST(Xml, ThatIsNestedTooDeepOrTooLargeIsRefused) {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<alert>";
    EXPECT_THAT(read_all(deep).failure, HasSubstr("deeper"));
    const std::string large = "<alert><note>" + std::string(ReadingBounds::record, 'x');
    EXPECT_THAT(read_all(large + "</note></alert>").failure, HasSubstr("4 MB"));
    std::string many = "<alert>";
    for (int i = 0; i < 100'000; ++i) many += "<a/>";
    EXPECT_THAT(read_all(many + "</alert>").failure, HasSubstr("4 MB"));
}

TEST(Xml, ThatEndsInTheMiddleKeepsTheRecordsBefore) {
    const std::string item =
        "<item><title>a</title><point xmlns='http://www.georss.org/georss'>10 35</point></item>";
    const auto all = read_all("<rss><channel>" + item + item + "<item><title>");

    EXPECT_THAT(all.drafts, SizeIs(2));
    EXPECT_THAT(all.rejects, ElementsAre(Pair(3U, HasSubstr("not well-formed"))));
}

TEST(Xml, InCodePagesIsRead) {
    const auto all = read_all(
        "<?xml version='1.0' encoding='windows-1256'?><rss><item><title>\xE3\xDB\xE1\xDE</title>"
        "<point>10 35</point></item></rss>");

    EXPECT_THAT(titles_of(all), ElementsAre("مغلق")) << all.failure;
}

}  // namespace
}  // namespace relief::report
