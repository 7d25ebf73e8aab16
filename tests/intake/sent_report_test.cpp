#include "server/intake/sent_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace relief::intake {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string feature(const std::string& properties, const std::string& place = "[36.5, -1.25]") {
    return R"({"type":"Feature","geometry":{"type":"Point","coordinates":)" + place +
           R"(},"properties":)" + properties + '}';
}

std::string refusal_of(const std::string& json) {
    const auto sent = read_feature(json);
    if (sent) return "taken";
    EXPECT_EQ(sent.error().fault, Fault::bad_request);
    return sent.error().what;
}

TEST(ReadFeature, TakesWhatItsNamesSayAndKeepsTheRest) {
    const auto sent = read_feature(
        feature(R"({"title":" Bridge\r\ndown ","description":"طريق","category":" road ",)"
                R"("time":" 2024-05-01T10:00:00Z ","severity":"severe","sensitivity":"severe",)"
                R"("precision":"near","households":12,"check":"x"})"));

    ASSERT_TRUE(sent);
    const report::Draft& draft = sent->draft;
    EXPECT_EQ(draft.place, (report::Place{36.5, -1.25}));
    EXPECT_EQ(draft.title, " Bridge\r\ndown ");
    EXPECT_EQ(draft.description, "طريق");
    EXPECT_EQ(draft.category, "road");
    EXPECT_EQ(to_text(draft.time->first), "2024-05-01T10:00:00Z");
    EXPECT_EQ(draft.severity, report::Severity::severe);
    EXPECT_EQ(draft.sensitivity, Sensitivity::severe);
    EXPECT_EQ(draft.precision, report::Precision::near);
    EXPECT_EQ(draft.properties, R"({"check":"x","households":12})");
}

TEST(ReadFeature, KeepsTextsToTheByteOrRefusesThem) {
    const auto read = [](const std::string& text) {
        return read_feature(feature(nlohmann::json{{"title", text}, {"description", text}}.dump()));
    };

    for (const std::string text :
         {"ends with a blank ", "\t\r\n", "", "ç c\u0327 \u200F🚨 \u00A0", "\uFFFD\uFEFF"}) {
        const auto sent = read(text);
        ASSERT_TRUE(sent) << sent.error().what;
        EXPECT_EQ(sent->draft.title, text);
        EXPECT_EQ(sent->draft.description, text);
    }
    for (const std::string& text : {std::string("a\0b", 3),
                                    std::string("\x1B[31m"),
                                    std::string("\x7F"),
                                    std::string("\xC2\x85")})
        EXPECT_THAT(read(text).error().what, AllOf(HasSubstr("control"), Not(HasSubstr(text))));
}

TEST(ReadFeature, NeverKeepsWhomItIsFrom) {
    const auto sent =
        read_feature(feature(R"({"contact":"Amina","phone":"+254 700","email":"A@example.org"})"));

    EXPECT_EQ(sent->draft.properties, "{}");
    EXPECT_EQ(sent->contact, "amina");
}

TEST(ReadFeature, TakesOnePersonForOneSourceWhateverSheTypes) {
    const auto contact_of = [](const char* properties) {
        return read_feature(feature(properties))->contact;
    };

    EXPECT_EQ(contact_of(R"({"phone":"+254 700-000 001","email":"a@example.org"})"),
              "254700000001");
    EXPECT_EQ(contact_of(R"({"phone":"00254700000001"})"), "254700000001");
    EXPECT_EQ(contact_of(R"({"contact":"254 700 000 001"})"), "254700000001");
    EXPECT_EQ(contact_of(R"({"email":" A@Example.org "})"), "a@example.org");
    EXPECT_EQ(contact_of(R"({"phone":" "})"), "");
}

TEST(ReadFeature, LeavesOutWhatOnlyTheHouseSays) {
    const auto sent = read_feature(
        feature(R"({"status":"verified","id":"x","photos":["http://x"],"level":"low"})"));

    EXPECT_EQ(sent->draft.properties, "{}");
    EXPECT_FALSE(sent->draft.status);
}

TEST(ReadFeature, NamesTheMemberThatIsWrong) {
    EXPECT_THAT(refusal_of(feature("{}", "[10, 95]")),
                AllOf(HasSubstr("coordinates[1]"), HasSubstr("95"), HasSubstr("-90 to 90")));
    EXPECT_THAT(refusal_of(feature("{}", "[999, 5]")),
                AllOf(HasSubstr("coordinates[0]"), HasSubstr("999"), HasSubstr("longitude")));
    EXPECT_THAT(refusal_of(feature("{}", R"(["a", "b"])")),
                AllOf(HasSubstr("coordinates[0]"), HasSubstr("\"a\"")));
    EXPECT_THAT(refusal_of(feature("{}", "[1]")), HasSubstr("coordinates"));
    EXPECT_THAT(refusal_of(feature("{}", "[1e999, 5]")), Not(HasSubstr("taken")));
    EXPECT_THAT(refusal_of(R"({"type":"Feature","geometry":null,"properties":{}})"),
                HasSubstr("geometry is missing"));
    EXPECT_THAT(refusal_of(R"({"type":"Point","coordinates":[1,2]})"),
                AllOf(HasSubstr("type"), HasSubstr("Point")));
    EXPECT_THAT(refusal_of(R"({"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}})"),
                AllOf(HasSubstr("geometry.type"), HasSubstr("Polygon")));
    EXPECT_THAT(refusal_of(feature(R"({"severity":"bad"})")),
                AllOf(HasSubstr("severity"), HasSubstr("bad"), HasSubstr("extreme")));
    EXPECT_THAT(refusal_of(feature(R"({"sensitivity":"secret"})")),
                AllOf(HasSubstr("sensitivity"), HasSubstr("secret"), HasSubstr("moderate")));
    EXPECT_THAT(refusal_of(feature(R"({"time":"yesterday"})")),
                AllOf(HasSubstr("time"), HasSubstr("yesterday")));
    EXPECT_THAT(refusal_of(feature(R"({"title":7})")), AllOf(HasSubstr("title"), HasSubstr("7")));
    EXPECT_THAT(refusal_of("{"), HasSubstr("no JSON"));
    EXPECT_THAT(refusal_of("[]"), HasSubstr("Feature"));
    EXPECT_THAT(refusal_of("\xff"), HasSubstr("no JSON"));
}

TEST(ReadFeature, HasBounds) {
    const auto text_of = [](std::size_t size) { return '"' + std::string(size, 'x') + '"'; };
    std::string many = "{";
    for (int i = 0; i < 65; ++i) many += (i > 0 ? "," : "") + ("\"p" + std::to_string(i)) + "\":1";
    many += '}';

    EXPECT_TRUE(read_feature(feature("{\"title\":" + text_of(500) + '}')));
    EXPECT_THAT(refusal_of(feature("{\"title\":" + text_of(501) + '}')),
                AllOf(HasSubstr("title"), HasSubstr("500")));
    EXPECT_THAT(refusal_of(feature("{\"description\":" + text_of(20'001) + '}')),
                AllOf(HasSubstr("description"), HasSubstr("20000")));
    EXPECT_THAT(refusal_of(feature("{\"more\":" + text_of(16'384) + '}')), HasSubstr("16384"));
    EXPECT_THAT(refusal_of(feature(many)), AllOf(HasSubstr("65"), HasSubstr("64")));
    EXPECT_THAT(refusal_of(std::string(1'000'000, '[')), HasSubstr("deeper"));
    EXPECT_THAT(refusal_of(feature("{\"a\":\"" + std::string(100, '[') + "\"}")), "taken");
}

TEST(ReadFields, TakeAFormsPlaceAndWords) {
    const auto fields =
        parse_form("lon=36.5&lat=-1.25&title=form+%E2%9C%93&description=a%0D%0Ab&x=1&");
    ASSERT_TRUE(fields);

    const auto sent = read_fields(*fields);

    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->draft.place, (report::Place{36.5, -1.25}));
    EXPECT_EQ(sent->draft.title, "form ✓");
    EXPECT_EQ(sent->draft.description, "a\nb");
    EXPECT_EQ(sent->draft.properties, R"({"x":"1"})");
}

TEST(ReadFields, NameTheFieldThatIsWrong) {
    const auto refused = [](const Fields& fields) {
        const auto sent = read_fields(fields);
        return sent ? "taken" : sent.error().what;
    };

    EXPECT_THAT(refused({{"lat", "1"}}), AllOf(HasSubstr("lon"), HasSubstr("missing")));
    EXPECT_THAT(refused({{"lon", "1"}, {"lat", "north"}}),
                AllOf(HasSubstr("lat"), HasSubstr("north")));
    EXPECT_THAT(refused({{"lon", "nan"}, {"lat", "1"}}), HasSubstr("lon"));
    EXPECT_THAT(refused({{"lon", "1"}, {"lat", "91"}}), HasSubstr("-90 to 90"));
    EXPECT_THAT(refused({{"lon", "1"}, {"lat", "1"}, {"title", "\xff"}}), HasSubstr("title"));
    EXPECT_THAT(refused({{"lon", "1"}, {"lat", "1"}, {"website", "http://spam"}}),
                HasSubstr("website"));
    EXPECT_EQ(refused({{"lon", "1"}, {"lat", "1"}, {"website", ""}, {"severity", ""}}), "taken");
}

TEST(ParseForm, RefusesWhatIsNoForm) {
    EXPECT_FALSE(parse_form("a=%"));
    EXPECT_FALSE(parse_form("a=%2"));
    EXPECT_FALSE(parse_form("a=%zz"));
    EXPECT_EQ(parse_form("a=%41")->front().second, "A");
    EXPECT_TRUE(parse_form("")->empty());
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "a=1&";
    EXPECT_FALSE(parse_form(many));
}

}  // namespace
}  // namespace relief::intake
