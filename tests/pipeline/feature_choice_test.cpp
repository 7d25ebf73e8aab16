// Which features a time means.

#include "tiler/pipeline/feature_choice.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class TimesOfFeatures : public ::testing::Test {
protected:
    TimesOfFeatures() {
        vector::IndexBuilder builder({{"date", AttributeType::text}});
        const std::array<const char*, 5> dates{
            "2024-05-01", "2024-05-03T10:00:00Z", "2024-05-03T18:00:00Z", "2024-05", ""};
        for (unsigned i = 0; i < dates.size(); ++i)
            builder.add(vector::testing::feature_of(
                i, vector::testing::point_at({i * 1.0, 1}), dates.at(i)));
        EXPECT_TRUE(builder.write(folder_.path() / "layer", {}));
        index_.emplace(*vector::VectorIndex::open(folder_.path() / "layer"));
    }

    /// Ids of those that are wanted.
    std::vector<std::uint64_t> wanted(const char* time, const char* maximum_age = "") const {
        const auto parsed = parse_feature_time(time, maximum_age, now);
        EXPECT_TRUE(parsed) << time;
        FeatureChoice choice;
        choice.time = *parsed;
        const auto asks = wanted_by(choice, *index_, 0);
        std::vector<std::uint64_t> ids;
        for (std::uint32_t feature = 0; feature < index_->features(); ++feature)
            if (!asks || asks(feature, GeometryKind::point)) ids.push_back(index_->id_of(feature));
        return ids;
    }

    static inline const Instant now = parse_instant("2024-05-04T00:00:00Z")->first;

private:
    relief::testing::TemporaryFolder folder_;
    std::optional<vector::VectorIndex> index_;
};

TEST_F(TimesOfFeatures, AreNotLookedAtWhenNoneIsAsked) {
    EXPECT_THAT(wanted(""), UnorderedElementsAre(0, 1, 2, 3, 4));
}

TEST_F(TimesOfFeatures, MeetTheDayTheMonthOrTheIntervalAskedFor) {
    EXPECT_THAT(wanted("2024-05-01"), UnorderedElementsAre(0, 3));
    EXPECT_THAT(wanted("2024-05-03"), UnorderedElementsAre(1, 2, 3));
    EXPECT_THAT(wanted("2024-05-03T09:00:00Z/2024-05-03T12:00:00Z"), UnorderedElementsAre(1, 3));
    EXPECT_THAT(wanted("2024-05-03T12:00:00Z/.."), UnorderedElementsAre(2, 3));
    EXPECT_THAT(wanted("2024"), UnorderedElementsAre(0, 1, 2, 3));
    EXPECT_THAT(wanted("2025"), IsEmpty());
}

TEST_F(TimesOfFeatures, OfTheLatestAreThoseThatMeetTheMomentThatEndsLast) {
    EXPECT_THAT(wanted("latest"), UnorderedElementsAre(0, 1, 2, 3)) << "May ends last";
}

TEST_F(TimesOfFeatures, NearestToAMomentAreThoseOfTheClosestOne) {
    EXPECT_THAT(wanted("nearest:2024-04-02"), UnorderedElementsAre(0, 3));
    EXPECT_THAT(wanted("nearest:2024-05-03T11:00:00Z/2024-05-03T12:00:00Z"),
                UnorderedElementsAre(0, 1, 2, 3))
        << "all of May holds it";
    EXPECT_THAT(wanted("nearest:2024-04-02", "1d"), IsEmpty());
}

TEST_F(TimesOfFeatures, AreNoOlderThanTheAgeThatIsAllowed) {
    EXPECT_THAT(wanted("", "10h"), UnorderedElementsAre(2, 3));
    EXPECT_THAT(wanted("", "1d"), UnorderedElementsAre(1, 2, 3));
    EXPECT_THAT(wanted("../2024-05-02", "2d"), UnorderedElementsAre(0, 3));
}

TEST_F(TimesOfFeatures, ThatAreWrittenWronglyAreRefused) {
    const auto time = parse_feature_time("yesterday", "", now);
    const auto age = parse_feature_time("", "old", now);

    ASSERT_FALSE(time);
    EXPECT_THAT(time.error().what, HasSubstr("yesterday"));
    ASSERT_FALSE(age);
    EXPECT_THAT(age.error().what, HasSubstr("old"));
}

/// What a time means, as the header of answers says it; "none" and "?" where it is none or unknown.
std::string meant(const FeatureTimes& times, const char* time, const char* maximum_age = "") {
    const Instant now = parse_instant("2024-05-04T00:00:00Z")->first;
    const auto moments = meant_moments(**parse_feature_time(time, maximum_age, now), times);
    if (moments.none) return "none";
    return moments.span ? to_text(*moments.span) : "?";
}

FeatureTimes listed_times() {
    const InstantRange first = *parse_observed("2024-05-01");
    const InstantRange second = *parse_observed("2024-05-03");
    return {"date", {first.first, second.last}, second, {first, second}};
}

TEST(MeantMoments, ReachFromTheFirstThatFitsToTheLast) {
    const FeatureTimes times = listed_times();

    EXPECT_EQ(meant(times, "2024"), "2024-05-01/2024-05-03");
    EXPECT_EQ(meant(times, "2024-05-02/.."), "2024-05-03");
    EXPECT_EQ(meant(times, "latest"), "2024-05-03");
    EXPECT_EQ(meant(times, "nearest:2020"), "2024-05-01");
}

TEST(MeantMoments, AreNoneBeforeBetweenAndAfterThoseThereAre) {
    const FeatureTimes times = listed_times();

    EXPECT_EQ(meant(times, "2024-04"), "none");
    EXPECT_EQ(meant(times, "2024-05-02"), "none");
    EXPECT_EQ(meant(times, "2024-06"), "none");
    EXPECT_EQ(meant(times, "nearest:2020", "30d"), "none");
}

TEST(MeantMoments, OfMoreThanAreListedAreThePartOfTheirExtentThatIsAskedFor) {
    FeatureTimes times = listed_times();
    times.moments.clear();

    EXPECT_EQ(meant(times, "2024-05-02/.."), "2024-05-02/2024-05-03");
    EXPECT_EQ(meant(times, "2024-06"), "none");
    EXPECT_EQ(meant(times, "latest"), "2024-05-03");
    EXPECT_EQ(meant(times, "nearest:2024-05-02"), "?");
}

}  // namespace
}  // namespace relief::pipeline
