#include "tiler/report/report_writer.hpp"

#include "tests/report/read_all.hpp"

#include <gmock/gmock.h>

namespace relief::report {
namespace {

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

}  // namespace
}  // namespace relief::report
