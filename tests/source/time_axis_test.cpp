#include "tiler/source/time_axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relief::source {
namespace {

std::string moment_on_axis(const char* unit, const char* calendar, double number) {
    const auto axis = TimeAxis::parse({unit, calendar});
    if (!axis) return axis.error().what;
    const auto moment = axis->at(number);
    return moment ? to_text(*moment) : moment.error().what;
}

TEST(TimeAxis, CountsInEveryUnitOfFixedLength) {
    EXPECT_EQ(moment_on_axis("seconds since 1970-01-01", "", 1710498645), "2024-03-15T10:30:45Z");
    EXPECT_EQ(moment_on_axis("hours since 1900-01-01 00:00:00.0", "gregorian", 1089096),
              "2024-03-30T00:00:00Z")
        << "the reference of ERA5";
    EXPECT_EQ(moment_on_axis("Days since 2024-02-28T12:00:00Z", "standard", 1.5),
              "2024-03-01T00:00:00Z");
    EXPECT_EQ(moment_on_axis("weeks since 2024-1-1", "", 2), "2024-01-15T00:00:00Z");
}

TEST(TimeAxis, TakesTheZoneOfTheReferenceOff) {
    EXPECT_EQ(moment_on_axis("hours since 2024-01-01 06:00:00 +02:00", "", 0),
              "2024-01-01T04:00:00Z");
    EXPECT_EQ(moment_on_axis("hours since 2024-01-01 06:00 -6", "", 0), "2024-01-01T12:00:00Z");
    EXPECT_EQ(moment_on_axis("hours since 2024-01-01 UTC", "", 1), "2024-01-01T01:00:00Z");
}

TEST(TimeAxis, AReferenceBeforeTheReformIsJulianInTheStandardCalendar) {
    // 1 January of year 1 is two days earlier in the Julian calendar (Meeus, Astronomical
    // Algorithms, chapter 7: Julian days 1721424 and 1721426, less a half).
    EXPECT_EQ(moment_on_axis("days since 1-1-1", "standard", 738887), "2024-01-01T00:00:00Z");
    EXPECT_EQ(moment_on_axis("days since 1-1-1", "proleptic_gregorian", 738885),
              "2024-01-01T00:00:00Z");
    EXPECT_EQ(moment_on_axis("days since 1582-10-4", "standard", 1), "1582-10-15T00:00:00Z");
}

TEST(TimeAxis, CalendarsOfModelsGiveTheirOwnDates) {
    // Without leap days 365 days lead from 1 January to 1 January.
    EXPECT_EQ(moment_on_axis("days since 2000-01-01", "noleap", 365 * 4 + 59),
              "2004-03-01T00:00:00Z");
    EXPECT_EQ(moment_on_axis("days since 2023-01-01", "all_leap", 60), "2023-03-01T00:00:00Z");
    EXPECT_THAT(moment_on_axis("days since 2023-01-01", "366_day", 59),
                ::testing::HasSubstr("29 February"));
    EXPECT_EQ(moment_on_axis("days since 2024-01-01", "julian", 0), "2024-01-14T00:00:00Z")
        << "thirteen days apart in this century";
}

TEST(TimeAxis, RefusesWhatHasNoDateHere) {
    EXPECT_THAT(moment_on_axis("days since 2000-01-01", "360_day", 59),
                ::testing::HasSubstr("360_day"));
    EXPECT_THAT(moment_on_axis("months since 2000-01-01", "", 1),
                ::testing::HasSubstr("months since"));
    EXPECT_THAT(moment_on_axis("days since 2000-02-30", "", 1), ::testing::HasSubstr("days since"));
    EXPECT_THAT(moment_on_axis("days since last Monday", "", 1),
                ::testing::HasSubstr("days since"));
    EXPECT_THAT(moment_on_axis("days since 1500-01-01", "standard", 1),
                ::testing::HasSubstr("1582"));
    EXPECT_THAT(moment_on_axis("days since 2000-01-01", "", 1e12), ::testing::HasSubstr("9999"));
}

TEST(TimeAxis, ThirdsOfADayAreWholeHours) {
    EXPECT_EQ(moment_on_axis("days since 1900-01-01", "", 45381.333333333336),
              "2024-04-01T08:00:00Z");
}

TEST(TimeAxis, ALengthOfTimeIsNoTime) {
    EXPECT_TRUE(TimeAxis::is_time("hours since 2024-01-01"));
    EXPECT_FALSE(TimeAxis::is_time("hours"));
    EXPECT_FALSE(TimeAxis::is_time(""));
}

}  // namespace
}  // namespace relief::source
