#include "server/intake/similar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::intake {
namespace {

constexpr std::int64_t hour = 3'600'000;

report::Report told(const char* title, const report::Place& place, std::int64_t hours = 0) {
    report::Report report;
    report.id = title;
    report.said.title = title;
    report.said.place = place;
    report.received = Instant{1'700'000'000'000 + hours * hour};
    return report;
}

std::vector<std::string> titles_of(const std::vector<Likeness>& all) {
    std::vector<std::string> titles;
    titles.reserve(all.size());
    for (const Likeness& one : all) titles.push_back(one.report.said.title);
    return titles;
}

TEST(Likenesses, ComeWithTheLikeliestFirst) {
    const auto report = told("Bridge down at the market", {36.8, -1.3});

    const auto found = likenesses(report,
                                  {told("Water point dry", {36.8, -1.3}, 1),
                                   told("bridge down, market", {36.801, -1.3}, 2),
                                   told("BRIDGE DOWN AT THE MARKET", {36.8, -1.3}),
                                   told("Water point dry", {36.815, -1.3}, 60)});

    EXPECT_THAT(titles_of(found),
                ::testing::ElementsAre(
                    "BRIDGE DOWN AT THE MARKET", "bridge down, market", "Water point dry"));
    EXPECT_DOUBLE_EQ(found[0].score, 1);
    // 0.001 degrees on the equator are 111.2 m on a sphere of 6,371 km.
    EXPECT_NEAR(found[1].distance, 111.2, 0.2);
    EXPECT_DOUBLE_EQ(found[1].hours, 2);
}

TEST(Likenesses, AreTenAtMost) {
    const auto report = told("a fire", {0, 0});

    EXPECT_EQ(likenesses(report, std::vector<report::Report>(50, report)).size(), 10U);
}

TEST(LikeWords, IsTheShareOfPiecesInCommon) {
    EXPECT_DOUBLE_EQ(like_words("abcd", "abce"), 1.0 / 3);  // abc; bcd, bce
    EXPECT_DOUBLE_EQ(like_words("ABC", "abc"), 1);
    EXPECT_DOUBLE_EQ(like_words("abc", "xyz"), 0);
    EXPECT_DOUBLE_EQ(like_words("", ""), 0);
}

TEST(Neighbourhood, GoesOverTheAntimeridianAndAroundThePoles) {
    const auto box_of = [](const report::Place& place) {
        return *neighbourhood_of(told("x", place)).box;
    };

    const auto line = box_of({179.99, 0});
    EXPECT_GT(line.west, 179.9);
    EXPECT_LT(line.east, -179.9);
    const auto pole = box_of({10, 90});
    EXPECT_DOUBLE_EQ(pole.north, 90);
    EXPECT_GT(pole.south, 89.9);
    const auto equator = box_of({10, 0});
    EXPECT_NEAR(equator.east - equator.west, 0.036, 0.001);  // 4 km
}

}  // namespace
}  // namespace relief::intake
