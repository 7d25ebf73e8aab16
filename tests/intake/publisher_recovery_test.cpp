// What stays to be shown or taken away over tables that refuse, restarts and other rules.

#include "tests/intake/publisher_fixture.hpp"

#include <gtest/gtest.h>

namespace relief::intake {
namespace {

/// All that is shown of reports, in no order.
std::multiset<std::string> told(const shown::Content& content) {
    std::multiset<std::string> lines;
    for (std::uint32_t i = 0; i < content.points.size(); ++i) {
        const auto row = content.points.at(i);
        std::ostringstream line;
        line << row.key << ' ' << row.minute << ' ' << (*content.categories)[row.category];
        lines.insert(line.str());
    }
    for (const auto& area : *content.areas) {
        std::ostringstream line;
        line << int{area.cell.zoom} << '/' << area.cell.path << ' ' << area.first_minute << ' '
             << area.count << ' ' << (*content.categories)[area.category];
        lines.insert(line.str());
    }
    return lines;
}

TEST_F(PublisherTest, TakesAwayWhatTheTablesCouldNotForgetAtFirst) {
    settings_.moderation = report::Moderation::after;
    start();
    const auto rejected = post({20, 10}, Sensitivity::low, "a");
    const auto erased = post({21, 10}, Sensitivity::low, "b");
    ASSERT_TRUE(shows(2));
    run_on_tables(refusal);
    decide(rejected, report::Status::rejected);
    ASSERT_TRUE(store_.erase(erased));
    // Others need no tables.
    EXPECT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 0; }));
    EXPECT_EQ(counted(), 2U);

    run_on_tables("DROP TRIGGER refusal");

    EXPECT_TRUE(shows(0));
    stop();
    start();
    EXPECT_EQ(counted(), 0U);
}

TEST_F(PublisherTest, ShowsABatchThatTheTablesCouldNotTakeAtFirst) {
    start();
    post_five(Sensitivity::high, "a");
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 5; }));
    run_on_tables(refusal);
    pass(quarter_ms);
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    run_on_tables("DROP TRIGGER refusal");

    EXPECT_TRUE(shows(5));
}

TEST_F(PublisherTest, TakesAGroupApartThatAnEarlierOneMade) {
    start();
    const auto ids = post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    stop();
    start();
    ASSERT_TRUE(shows(5));

    decide(ids.front(), report::Status::rejected);

    EXPECT_TRUE(shows(0));
    stop();
    start();
    EXPECT_EQ(counted(), 0U);
}

TEST_F(PublisherTest, ComesToTheSameFromNothing) {
    start();
    post_five(Sensitivity::high, "a");
    post_five(Sensitivity::moderate, "b");
    for (int i = 0; i < 20; ++i)
        verify(post({20.0 + i, 10}, Sensitivity::low, "c" + std::to_string(i)));
    pass(quarter_ms);
    ASSERT_TRUE(shows(28)) << counted();
    const auto before = told(*index_->sight().content);
    stop();
    {
        auto tables = shown::ShownStore::open(folder_.path());
        ASSERT_TRUE(tables && tables->clear());
    }

    start();

    ASSERT_TRUE(shows(28)) << counted();
    EXPECT_EQ(told(*index_->sight().content), before);
}

TEST_F(PublisherTest, ShowsTheSameWhenTheExactReportsAreGone) {
    start();
    post_five(Sensitivity::high, "a");
    verify(post({20, 10}, Sensitivity::low, "c"));
    pass(quarter_ms);
    ASSERT_TRUE(shows(6));
    const auto before = told(*index_->sight().content);
    const auto version = index_->sight().version;
    stop();
    for (const char* const name : {"exact.db", "exact.db-wal", "exact.db-shm"})
        std::filesystem::remove(folder_.path() / name);

    start();
    wait_a_little();

    EXPECT_EQ(told(*index_->sight().content), before);
    EXPECT_EQ(index_->sight().version, version);
}

TEST_F(PublisherTest, BeginsAnewUnderOtherRules) {
    start();
    post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    stop();
    settings_.levels.rules[2].sources = 6;

    start();
    wait_a_little();

    EXPECT_EQ(counted(), 0U);
}

}  // namespace
}  // namespace relief::intake
