#include "tiler/report/privacy_levels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::report {
namespace {

using ::testing::HasSubstr;

TEST(PrivacyLevels, AreThoseOfTheTableWhenNobodyChangesThem) {
    const PrivacyLevels levels = default_privacy_levels();

    // privacy.md, 1.
    EXPECT_EQ(levels.of(Sensitivity::low).open, Sight::exact);
    EXPECT_EQ(levels.of(Sensitivity::moderate).open, Sight::cell);
    EXPECT_EQ(levels.of(Sensitivity::moderate).analyst, Sight::exact);
    EXPECT_EQ(levels.of(Sensitivity::moderate).cell_zoom, 15);
    EXPECT_EQ(levels.of(Sensitivity::moderate).sources, 3U);
    EXPECT_EQ(levels.of(Sensitivity::moderate).time, TimeStep::day);
    EXPECT_EQ(levels.of(Sensitivity::high).open, Sight::cell);
    EXPECT_EQ(levels.of(Sensitivity::high).analyst, Sight::cell);
    EXPECT_EQ(levels.of(Sensitivity::high).cell_zoom, 13);
    EXPECT_EQ(levels.of(Sensitivity::high).analyst_zoom, 16);
    EXPECT_EQ(levels.of(Sensitivity::high).sources, 5U);
    EXPECT_EQ(levels.of(Sensitivity::high).time, TimeStep::week);
    EXPECT_EQ(levels.of(Sensitivity::high).delay_minutes, 48 * 60);
    EXPECT_TRUE(levels.of(Sensitivity::high).hides_isolated);
    EXPECT_EQ(levels.of(Sensitivity::severe).open, Sight::absent);
    EXPECT_EQ(levels.of(Sensitivity::severe).analyst, Sight::absent);
}

TEST(PrivacyLevels, AreChangedWordByWord) {
    const auto levels = read_privacy_levels(
        R"({"high": {"sources": "7", "delay": "7d", "time": "month"}, "moderate": {"open": "absent"}})");

    ASSERT_TRUE(levels) << levels.error().what;
    EXPECT_EQ(levels->of(Sensitivity::high).sources, 7U);
    EXPECT_EQ(levels->of(Sensitivity::high).delay_minutes, 7 * 24 * 60);
    EXPECT_EQ(levels->of(Sensitivity::high).time, TimeStep::month);
    EXPECT_EQ(levels->of(Sensitivity::high).cell_zoom, 13);
    EXPECT_EQ(levels->of(Sensitivity::moderate).open, Sight::absent);
    EXPECT_EQ(levels->of(Sensitivity::low), default_privacy_levels().of(Sensitivity::low));
}

TEST(PrivacyLevels, RefuseWhatTheyDoNotKnow) {
    const auto said = [](const char* json) {
        const auto levels = read_privacy_levels(json);
        return levels ? std::string() : levels.error().what;
    };

    EXPECT_THAT(said(R"({"secret": {}})"), HasSubstr("low, moderate, high and severe"));
    EXPECT_THAT(said(R"({"high": {"k": 3}})"), HasSubstr("high.k"));
    EXPECT_THAT(said(R"({"high": {"sources": 0}})"), HasSubstr("1 to 1000"));
    EXPECT_THAT(said(R"({"high": {"cell_zoom": 99}})"), HasSubstr("4 to 20"));
    EXPECT_THAT(said(R"({"high": {"delay": "soon"}})"), HasSubstr("48h"));
    EXPECT_THAT(said(R"({"high": {"merge_zoom": 14}})"), HasSubstr("merge_zoom"));
    EXPECT_THAT(said("[]"), HasSubstr("privacy.levels"));
}

TEST(PolicyEpoch, IsAnotherForEachChange) {
    const auto before = default_privacy_levels();
    auto after = before;
    after.rules[2].sources = 6;

    EXPECT_EQ(policy_epoch(before), policy_epoch(default_privacy_levels()));
    EXPECT_NE(policy_epoch(before), policy_epoch(after));
}

}  // namespace
}  // namespace relief::report
