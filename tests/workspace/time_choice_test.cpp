#include "tiler/workspace/time_choice.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace relief::workspace {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::HasSubstr;

Instant at(const char* text) {
    return parse_instant(text)->first;
}

/// Observed on the first of April, May and June 2024, at noon.
Layer three_months() {
    auto layer = *example_layer("flood", Sensitivity::low);
    const Observation first = layer.observations.front();
    layer.observations.clear();
    for (const char* time :
         {"2024-04-01T12:00:00Z", "2024-05-01T12:00:00Z", "2024-06-01T12:00:00Z"}) {
        auto observation = first;
        observation.time = at(time);
        observation.version = {time};
        layer.observations.push_back(observation);
    }
    return layer;
}

struct Wish {
    std::string time;
    std::string maximum_age = {};
};

/// The month that is shown on the first of July 2024; "none", or "refused".
std::string month(const Wish& wish) {
    const auto choice = parse_time_choice(wish.time, wish.maximum_age);
    if (!choice) return "refused";
    const Layer layer = three_months();
    const auto* const found = choose(layer, *choice, at("2024-07-01T12:00:00Z"));
    return found == nullptr ? "none" : found->version.text.substr(5, 2);
}

TEST(TimeChoice, NearestIsTheClosestOnEitherSide) {
    EXPECT_EQ(month({"nearest:2024-04-10"}), "04");
    EXPECT_EQ(month({"nearest:2024-04-25"}), "05");
    EXPECT_EQ(month({"nearest:1990"}), "04");
    EXPECT_EQ(month({"nearest:2030"}), "06");
}

TEST(TimeChoice, OfTwoThatAreAsNearTheEarlierIsShown) {
    // 15 days from noon on the first of April, and from noon on the first of May.
    EXPECT_EQ(month({"nearest:2024-04-16T12:00:00.000Z"}), "04");
}

TEST(TimeChoice, NearestToAnIntervalIsTheFirstInside) {
    EXPECT_EQ(month({"nearest:2024-04-20/2024-06-30"}), "05");
}

TEST(TimeChoice, ADurationStandsForOneSideOfAnInterval) {
    EXPECT_EQ(month({"2024-04-01/P31D"}), "05");
    EXPECT_EQ(month({"2024-04-01/P2W"}), "04");
    EXPECT_EQ(month({"P7D/2024-06-01"}), "06");
    EXPECT_EQ(month({"P7D/2024-05-20"}), "none");
    EXPECT_EQ(month({"2024-04-01T11:00:00Z/PT2H"}), "04");
    EXPECT_EQ(month({"2024-04-01T11:00:00Z/PT30M"}), "none");
}

TEST(TimeChoice, AnAgeLimitsTheNewestAgainstNow) {
    EXPECT_EQ(month({"", "30d"}), "06");
    EXPECT_EQ(month({"latest", "P29D"}), "none");
    EXPECT_EQ(month({"latest", "721h"}), "06");
}

TEST(TimeChoice, AnAgeLimitsAnIntervalAgainstItsEnd) {
    EXPECT_EQ(month({"../2024-05-20", "30d"}), "05");
    EXPECT_EQ(month({"../2024-05-20", "10d"}), "none");
    EXPECT_EQ(month({"2024-05-01/..", "10d"}), "none") << "an open end is now";
}

TEST(TimeChoice, AnAgeLimitsTheNearestOnBothSides) {
    EXPECT_EQ(month({"nearest:2024-04-10", "10d"}), "04");
    EXPECT_EQ(month({"nearest:2024-04-20", "10d"}), "none");
    EXPECT_EQ(month({"nearest:2024-03-20", "10d"}), "none");
    EXPECT_EQ(month({"nearest:2024-03-25", "10d"}), "04");
}

TEST(TimeChoice, RefusesWhatItCannotRead) {
    for (const char* time : {"yesterday",
                             "nearest:",
                             "nearest:latest",
                             "2024-13",
                             "P7D",
                             "P7D/P7D",
                             "../..",
                             "/",
                             "2024-05-01/2024-04-01",
                             "2024-05-01/P1M",
                             "P1Y/2024",
                             "2024-05-01/P",
                             "2024-05-01/PT",
                             "2024/P99999999999999999999D",
                             "2024-05-01/P-1D",
                             "2024-05-01/P1",
                             "a/b/c"})
        EXPECT_EQ(month({time}), "refused") << time;
    for (const char* time : {"tomorrow", "nearest:tomorrow", "2024-05-01/tomorrow"})
        EXPECT_THAT(parse_time_choice(time, "").error().what,
                    AllOf(HasSubstr("tomorrow\" is not understood"),
                          HasSubstr("2024-05-01T10:00:00Z"),
                          HasSubstr("START/END"),
                          HasSubstr("nearest:"),
                          HasSubstr("latest")));
    for (const char* age : {"soon", "-1d", "P", "PT", "P1M", "1", "P1.5D", "1d2h"})
        EXPECT_EQ(month({"latest", age}), "refused") << age;
    EXPECT_THAT(parse_time_choice("latest", "soon").error().what, HasSubstr("max_age \"soon\""));
}

TEST(TimeChoice, ALayerWithoutTimesShowsTheSameAtEveryTime) {
    const auto layer = example_layer("dem", Sensitivity::low);

    for (const char* time : {"latest", "1990", "nearest:1990"}) {
        const auto choice = parse_time_choice(time, "1h");
        ASSERT_TRUE(choice);
        EXPECT_EQ(choose(*layer, *choice, at("2024-07-01")), &layer->newest()) << time;
    }
}

TEST(TimeChoice, ALayerWithoutTimesWasTakenWhenItsProvenanceSays) {
    auto layer = *example_layer("dem", Sensitivity::low);
    layer.observations.back().time.reset();
    layer.provenance.acquired = "2019-09-17/2019-09-18";
    const auto shown = [&](const char* time, const char* age) {
        return choose(layer, *parse_time_choice(time, age), at("2019-10-01")) != nullptr;
    };

    EXPECT_TRUE(shown("latest", ""));
    EXPECT_TRUE(shown("latest", "13d")) << "of the newest it may hold";
    EXPECT_FALSE(shown("latest", "12d"));
    EXPECT_TRUE(shown("2019-09", ""));
    EXPECT_TRUE(shown("2019-09-18T12:00:00Z/..", ""));
    EXPECT_FALSE(shown("2019-09-19/..", ""));
    EXPECT_FALSE(shown("2018", ""));
    EXPECT_TRUE(shown("nearest:2018", ""));
    EXPECT_FALSE(shown("nearest:2018", "30d"));
}

/// Observed in 1985, in March of 1985, on 2 March of it, and in 1986.
std::string of_precision(const std::string& time, const std::string& age = {}) {
    auto layer = *example_layer("burn", Sensitivity::low);
    const Observation first = layer.observations.front();
    layer.observations.clear();
    for (const char* said : {"1985", "1985-03-02", "1985-03", "1986"}) {
        auto observation = first;
        observation.time = *parse_observed(said);
        layer.observations.push_back(observation);
    }
    std::sort(layer.observations.begin(),
              layer.observations.end(),
              [](const auto& a, const auto& b) { return *a.time < *b.time; });
    const auto choice = parse_time_choice(time, age);
    if (!choice) return "refused";
    const auto* const found = choose(layer, *choice, at("1987-01-10"));
    return found == nullptr ? "none" : to_text(*found->time);
}

TEST(TimeChoice, OfAYearAMonthOrADayIsMetInTheWordsThatItWasSaidIn) {
    for (const char* said : {"1985", "1985-03-02", "1985-03", "1986"}) {
        EXPECT_EQ(of_precision(said), said);
        EXPECT_EQ(of_precision(std::string("nearest:") + said), said);
    }
    EXPECT_EQ(of_precision("latest"), "1986");
}

TEST(TimeChoice, OfAYearMayBeOfEachDayInIt) {
    EXPECT_EQ(of_precision("1986-07-01"), "1986");
    EXPECT_EQ(of_precision("1986-07-01T10:00:00Z"), "1986");
    EXPECT_EQ(of_precision("1985-07/1985-08"), "1985");
    EXPECT_EQ(of_precision("1987"), "none");
    EXPECT_EQ(of_precision("nearest:1985-09"), "1985") << "at no distance";
    EXPECT_EQ(of_precision("nearest:1990"), "1986");
}

TEST(TimeChoice, WhatLiesInAnIntervalIsMeantBeforeWhatMay) {
    EXPECT_EQ(of_precision("1985-03-02T00:00:00Z/1985-03-02T23:59:59.999Z"), "1985-03-02");
    EXPECT_EQ(of_precision("1985-02/1985-04"), "1985-03-02") << "begins after the month does";
    EXPECT_EQ(of_precision("1985-06/1986-06"), "1986") << "neither lies inside: the newer";
    EXPECT_EQ(of_precision("../1985-06"), "1985-03-02");
}

TEST(TimeChoice, AnAgeIsCountedFromTheEndOfAYear) {
    EXPECT_EQ(of_precision("latest", "10d"), "1986") << "nine days and a millisecond";
    EXPECT_EQ(of_precision("latest", "9d"), "none");
}

TEST(TimeChoice, AgesAreTheirLargestWholeUnit) {
    EXPECT_EQ(to_age_text(hours(24 * 12 + 23)), "P12D");
    EXPECT_EQ(to_age_text(hours(23)), "PT23H");
    EXPECT_EQ(to_age_text(milliseconds(179'999)), "PT2M");
    EXPECT_EQ(to_age_text(milliseconds(0)), "PT0S");
    EXPECT_EQ(to_age_text(milliseconds(-5)), "PT0S");
}

TEST(TimeChoice, AnObservationWithoutATimeWasTakenWhenItsProvenanceSays) {
    auto layer = *example_layer("dem", Sensitivity::low);
    layer.observations.back().time.reset();
    layer.provenance.acquired = "2019-09-18";
    EXPECT_EQ(to_text(*observed_at(layer, layer.newest())), "2019-09-18");

    layer.provenance.acquired = "2019-09-17/2019-09-18";
    EXPECT_EQ(to_text(*observed_at(layer, layer.newest())), "2019-09-17/2019-09-18");
    layer.provenance.acquired = "2019/..";
    EXPECT_EQ(observed_at(layer, layer.newest()), at("2019")) << "all that is known";
    layer.provenance.acquired = "some day in autumn";
    EXPECT_FALSE(observed_at(layer, layer.newest()));

    EXPECT_EQ(observed_at(three_months(), three_months().newest()), at("2024-06-01T12:00:00Z"));
}

}  // namespace
}  // namespace relief::workspace
