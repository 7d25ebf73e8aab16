#include "tiler/report/report_writer.hpp"

#include "tests/report/read_all.hpp"
#include "tiler/report/cap_alert.hpp"

#include <gmock/gmock.h>

namespace relief::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

Report protected_report() {
    Report report;
    report.id = "abcdefghijklmnopqrstuvwxyz";
    report.said.place = {-72.333333333, 18.5};
    report.said.precision = Precision::region;
    report.said.title = "-5 \"people\"";
    report.said.description = "'=two\nlines";
    report.said.category = "flood, fire";
    report.said.severity = Severity::severe;
    report.said.time = InstantRange(Instant{1'700'000'012'345}, Instant{1'700'000'112'345});
    report.said.properties = R"({"beds":4,"note":"a, b"})";
    report.said.origin = "shelters";
    report.said.origin_id = "42";
    report.said.licence = "CC BY 4.0";
    report.said.attribution = "Somebody, somewhere";
    report.level = Sensitivity::severe;
    report.status = Status::rejected;
    report.duplicate_of = "another";
    report.confidence = "A1";
    report.received = Instant{1'700'000'200'000};
    report.changed = Instant{1'700'000'300'000};
    return report;
}

std::string written(ReportWriter& writer, const Report& report) {
    return writer.begin() + writer.write(report) + writer.end();
}

AllRead read_again(const Report& report, Detail detail) {
    return read_all(written(*csv_writer(detail), report));
}

TEST(CsvWriter, WritesWhatComesInAgainAsItWas) {
    const Report report = protected_report();

    const auto all = read_again(report, Detail::exact);

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(draft.sensitivity, Sensitivity::severe);
    EXPECT_EQ(draft.precision, Precision::region);
    EXPECT_EQ(draft.status, Status::rejected);
    EXPECT_EQ(draft.origin, "shelters");
    EXPECT_EQ(draft.origin_id, "42");
    EXPECT_EQ(draft.licence, report.said.licence);
    EXPECT_EQ(draft.attribution, report.said.attribution);
    EXPECT_EQ(draft.place, report.said.place);
    EXPECT_EQ(draft.title, report.said.title);
    EXPECT_EQ(draft.description, report.said.description);
    EXPECT_EQ(draft.category, report.said.category);
    EXPECT_EQ(draft.severity, report.said.severity);
    EXPECT_EQ(draft.time, report.said.time);
    EXPECT_EQ(draft.properties, report.said.properties);
}

TEST(CsvWriter, NamesWhatWasSentToThisHouseByItsIdHere) {
    Report report = protected_report();
    report.said.origin.clear();
    report.said.origin_id.clear();

    for (const Detail detail : {Detail::open, Detail::exact}) {
        const auto all = read_again(report, detail);
        ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
        EXPECT_EQ(all.drafts[0].origin, "relief");
        EXPECT_EQ(all.drafts[0].origin_id, report.id);
    }
}

TEST(CsvWriter, WritesWhatKeepsItsProtectionWhereColumnsWerePutIn) {
    std::string text = written(*csv_writer(Detail::exact), protected_report());
    const auto header = text.find("\r\n");
    text.insert(header, ",mine");
    const auto tags = text.find("\r\n", header + 10);
    text.insert(tags, ",#x_mine");

    const auto all = read_all(text);

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.drafts[0].sensitivity, Sensitivity::severe);
    EXPECT_EQ(all.drafts[0].precision, Precision::region);
    EXPECT_EQ(all.drafts[0].status, Status::rejected);
    EXPECT_EQ(all.drafts[0].origin_id, protected_report().id);
}

TEST(KmlWriter, TellsEveryoneTheMinuteAndNoMore) {
    Report report = protected_report();

    // 1,700,000,012.345 s since 1970 (date -u -d @1700000012).
    EXPECT_THAT(written(*kml_writer(Detail::exact), report), HasSubstr("22:13:32.345"));
    const std::string open = written(*kml_writer(Detail::open), report);
    EXPECT_THAT(open,
                AllOf(HasSubstr("<begin>2023-11-14T22:13:00Z</begin>"),
                      HasSubstr("<end>2023-11-14T22:15:00Z</end>"),
                      Not(HasSubstr("345")),
                      Not(HasSubstr("22:13:32"))));
}

TEST(AlertOf, TellsTheMinuteAndNoMore) {
    const Alert alert = alert_of(protected_report());

    EXPECT_EQ(to_text(alert.infos.at(0).onset.value()), "2023-11-14T22:13:00Z");
    EXPECT_EQ(to_text(alert.sent), "2023-11-14T22:18:00Z");
    EXPECT_EQ(alert.name.sent, "2023-11-14T22:18:00Z");
}

TEST(GeoJsonWriter, LeavesAWholeDayADay) {
    Report report = protected_report();
    report.said.time = InstantRange(Instant{1'699'920'000'000}, Instant{1'700'006'399'999});

    EXPECT_THAT(written(*geojson_writer(Detail::open), report),
                HasSubstr(R"("time":"2023-11-14")"));
}

}  // namespace
}  // namespace relief::report
