#include "tiler/core/instant.hpp"

#include <gtest/gtest.h>

namespace relief {
namespace {

TEST(ParseInstant, SpansThePrecisionThatWasGiven) {
    const auto day = parse_instant("2024-01-01");
    ASSERT_TRUE(day);

    EXPECT_EQ(to_text(day->first), "2024-01-01T00:00:00Z");
    EXPECT_EQ(to_text(day->last), "2024-01-01T23:59:59.999Z");
    EXPECT_EQ(to_text(parse_instant("2024-02")->last), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(to_text(parse_instant("2023")->last), "2023-12-31T23:59:59.999Z");
}

std::string said(const char* text) {
    const auto range = parse_observed(text);
    return range ? to_text(*range) : "refused";
}

TEST(ParseObserved, IsShownAsItWasSaid) {
    for (const char* text : {"1985",
                             "1985-03",
                             "1985-03-02",
                             "2024-02-29",
                             "9999",
                             "1985-03-02T10:20:30Z",
                             "1985-03-02T00:00:00Z",
                             "1985-03-02T10:20:30.500Z",
                             "1985/1990",
                             "1985-11/1986-02",
                             "2024-05-01/2024-05-03",
                             "2024-05-01T10:00:00Z/2024-05-01T11:00:00Z"})
        EXPECT_EQ(said(text), text);
}

TEST(ParseObserved, IsShownInItsShortestForm) {
    EXPECT_EQ(said("1985-01/1985-12"), "1985");
    EXPECT_EQ(said("1985-03-01/1985-03-31"), "1985-03");
    EXPECT_EQ(said("1985/1986-02-03"), "1985-01-01/1986-02-03");
    EXPECT_EQ(said("1985-03-02T12:00:00+02:00"), "1985-03-02T10:00:00Z");
}

TEST(ParseObserved, OfATimeOfDayIsThatInstant) {
    const auto range = parse_observed("1985-03-02T10:20Z");
    ASSERT_TRUE(range);
    EXPECT_EQ(range->first, range->last);
}

TEST(ParseObserved, RefusesWhatAZoneLeadsOutOfTheKnownYears) {
    EXPECT_EQ(said("0001-01-01T01:00:00+02:00"), "refused");
    EXPECT_EQ(said("9999-12-31T23:00:00-02:00"), "refused");
    EXPECT_EQ(said("0001-01-01T02:00:00+02:00"), "0001-01-01T00:00:00Z");
    EXPECT_EQ(said("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
}

TEST(ParseObserved, RefusesWhatIsNoTime) {
    for (const char* text : {"", "/", "1985/", "/1985", "1985/..", "1985/1986/1987", "latest"})
        EXPECT_EQ(said(text), "refused") << text;
    EXPECT_EQ(parse_observed("1986/1985").error().what, "time \"1986/1985\" ends before it begins");
}

TEST(ParseInstant, TurnsOffsetsIntoUtc) {
    EXPECT_EQ(to_text(parse_instant("2024-05-01T02:30:00+03:00")->first), "2024-04-30T23:30:00Z");
}

TEST(ParseInstant, TakesALeapSecondAsTheLastOfItsMinute) {
    EXPECT_EQ(to_text(parse_instant("2016-12-31T23:59:60Z")->first), "2016-12-31T23:59:59Z");
}

TEST(ParseInstant, RefusesWhatIsNoMomentAndNamesIt) {
    for (const char* text : {"",
                             "yesterday",
                             "2024-13-01",
                             "2024-02-30",
                             "2024-01-01T25:00:00Z",
                             "2024-01-01T00:00:00+99:99",
                             "0000-00-00",
                             "2024-1-1T1:1:1",
                             "24:00",
                             "2024-01-01T00:00:00",
                             "99999999999999999999",
                             "2024-W99-1"}) {
        const auto result = parse_instant(text);
        ASSERT_FALSE(result) << text;
        EXPECT_NE(result.error().what.find(text), std::string::npos);
    }
}

TEST(HttpDate, ReadsWhatItWrites) {
    // RFC 9110 5.6.7 gives this moment as its example.
    const auto moment = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
    ASSERT_TRUE(moment);

    EXPECT_EQ(moment->milliseconds, 784111777000);
    EXPECT_EQ(to_http_date(*moment), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_FALSE(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"));
}

}  // namespace
}  // namespace relief
