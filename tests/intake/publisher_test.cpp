// What is shown of reports, to whom and when.

#include "tests/intake/publisher_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::intake {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(PublisherTest, ShowsALowReportOnceItIsVerified) {
    start();
    const auto id = post({20, 10}, Sensitivity::low, "a");
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    verify(id);

    EXPECT_TRUE(shows(1));
    const auto found = index_->find(id);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->title, "title of a");
}

TEST_F(PublisherTest, ShowsNewOnesToo_WhereReviewComesAfter) {
    settings_.moderation = report::Moderation::after;
    start();
    post({20, 10}, Sensitivity::low, "a");

    EXPECT_TRUE(shows(1));
}

TEST_F(PublisherTest, TakesAwayAtOnceWhatIsRejectedOrErased) {
    settings_.moderation = report::Moderation::after;
    start();
    const auto rejected = post({20, 10}, Sensitivity::low, "a");
    const auto erased = post({21, 10}, Sensitivity::low, "b");
    ASSERT_TRUE(shows(2));

    decide(rejected, report::Status::rejected);
    EXPECT_TRUE(shows(1));
    EXPECT_TRUE(store_.erase(erased));

    EXPECT_TRUE(shows(0));
    EXPECT_FALSE(*index_->find(erased));
    EXPECT_THAT(public_bytes(), Not(HasSubstr("title of b")));
}

TEST_F(PublisherTest, ShowsWhatIsAboveLowWithTheNextBatchAndEnoughSources) {
    start();
    post_five(Sensitivity::high, "a");
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    pass(quarter_ms);

    EXPECT_TRUE(shows(5));
    EXPECT_EQ(index_->sight().content->points.size(), 0U);
}

TEST_F(PublisherTest, NeitherTellsWhenNorWhereWhatIsAboveLowCame) {
    start();
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 0; }));
    post({20, 10}, Sensitivity::low, "low");
    const auto version = index_->sight().version;
    post_five(Sensitivity::high, "a");
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 6; }));

    EXPECT_EQ(index_->sight().version, version);
    const std::string all = public_bytes();
    EXPECT_THAT(all, Not(HasSubstr("title of a")));
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    EXPECT_EQ(index_->sight().changed.milliseconds % quarter_ms, 0);
    EXPECT_THAT(public_bytes(), Not(HasSubstr("title of a")));
}

TEST_F(PublisherTest, TakesAGroupApartAtOnceWhenOneOfItIsRejected) {
    start();
    const auto ids = post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));

    decide(ids.front(), report::Status::rejected);

    EXPECT_TRUE(shows(0));
}

TEST_F(PublisherTest, WaitsAsLongAsTheLevelAsks) {
    settings_.levels.rules[2].delay_minutes = 60;
    start();
    post_five(Sensitivity::high, "a");
    pass(2 * quarter_ms);
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    pass(3 * quarter_ms);

    EXPECT_TRUE(shows(5));
}

TEST_F(PublisherTest, ShowsEachViewItsOwn) {
    settings_.moderation = report::Moderation::after;
    start();
    post({20, 10}, Sensitivity::low, "low");
    post({21, 10}, Sensitivity::moderate, "moderate");
    post({22, 10}, Sensitivity::high, "high");
    post({23, 10}, Sensitivity::severe, "severe");

    EXPECT_TRUE(eventually([&] { return seen_by(report::View::exact) == 3; }));
    EXPECT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 3; }));
    const std::lock_guard lock(mutex_);
    const auto& analyst = *sights_[report::View::analyst].content;
    EXPECT_EQ(analyst.points.size(), 2U);
    ASSERT_EQ(analyst.areas->size(), 1U);
    EXPECT_EQ(analyst.areas->front().cell, report::cell_of(report::Place{22, 10}, 16));
    const std::vector<std::uint32_t> hidden{analyst.areas->front().number};
    const auto texts = sights_[report::View::analyst].texts->of(hidden);
    ASSERT_TRUE(texts && texts->front());
    EXPECT_EQ(texts->front()->title, "");
    EXPECT_EQ(texts->front()->id, "");
}

TEST_F(PublisherTest, TellsNoViewOfWhatItDoesNotSee) {
    start();
    verify(post({20, 10}, Sensitivity::low, "low"));
    const auto blurred = post({22, 10}, Sensitivity::high, "high");
    verify(blurred);
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 2; }));
    const auto before = version_for(report::View::analyst);

    post({23, 10}, Sensitivity::severe, "severe");
    post({24, 10}, Sensitivity::low, "not looked at yet");
    exact::Change moved;
    moved.corrected.place = report::Place{21.9999, 10};
    moved.corrected.title = "another";
    ASSERT_TRUE(store_.change(blurred, moved, {"moderator", Role::moderator}, Instant{now_}));
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 3; }));
    wait_a_little();

    EXPECT_EQ(version_for(report::View::analyst), before);
    verify(post({25, 10}, Sensitivity::low, "for all"));
    EXPECT_TRUE(eventually([&] { return version_for(report::View::analyst) != before; }));
}

}  // namespace
}  // namespace relief::intake
