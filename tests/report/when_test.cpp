#include "tiler/report/when.hpp"

#include <gtest/gtest.h>

#include <array>

namespace relief::report {
namespace {

struct WrittenTime {
    const char* text;
    const char* meaning;
};

TEST(When, IsReadAsProgramsAndPeopleWriteIt) {
    const std::array<WrittenTime, 20> times{
        {{"2024-01-31", "2024-01-31"},
         {"2024/1/31", "2024-01-31"},
         {"2024-01-31T10:20:30Z", "2024-01-31T10:20:30Z"},
         {"2024-01-31 10:20:30", "2024-01-31T10:20:30Z"},
         {"2024-01-31 10:20", "2024-01-31T10:20:00Z"},
         {"2024-01-31T10:20:30.5+02:00", "2024-01-31T08:20:30.500Z"},
         {"2024-01-31T10:20:30+0330", "2024-01-31T06:50:30Z"},
         {"2017-02-20T07:58:22.262", "2017-02-20T07:58:22.262Z"},
         {"31/01/2024", "2024-01-31"},
         {"1/31/2024 5:06 PM", "2024-01-31T17:06:00Z"},
         {"31.1.2024 17:06", "2024-01-31T17:06:00Z"},
         {"05/05/2010 12:00", "2010-05-05T12:00:00Z"},
         {"15 March 2022", "2022-03-15"},
         {"15-Mar-2022", "2022-03-15"},
         {"March 15, 2022", "2022-03-15"},
         {"Sat, 12 Mar 2016 04:00:27 GMT", "2016-03-12T04:00:27Z"},
         {"12 Mar 2016 04:00:27 +0100", "2016-03-12T03:00:27Z"},
         {"1710475200", "2024-03-15T04:00:00Z"},
         {"1710475200000", "2024-03-15T04:00:00Z"},
         {"2024-05", "2024-05"}}};
    for (const auto& [text, meaning] : times) {
        const auto when = parse_when(text, std::nullopt);
        ASSERT_TRUE(when.time.has_value()) << text;
        EXPECT_EQ(to_text(*when.time), meaning) << text;
        EXPECT_FALSE(when.unclear) << text;
    }
}

TEST(When, IsNothingWhereTheTextIsNoTime) {
    for (const auto* const text : {"",
                                   "t",
                                   "yesterday",
                                   "31/31/2024",
                                   "2024-02-30",
                                   "2024-01-31 25:00",
                                   "2024-01-31 10:61",
                                   "2024-01-31T",
                                   "31/01/24",
                                   "05-Jan-24",
                                   "12 Mar 16",
                                   "March 15, 22",
                                   "2024-01-31 10:20 PDT",
                                   "Monday",
                                   "13:00 PM 2024-01-01"}) {
        const auto when = parse_when(text, DayOrder::day_first);
        EXPECT_FALSE(when.time.has_value()) << text;
        EXPECT_FALSE(when.unclear) << text;
    }
}

TEST(When, OfTwoMeaningsIsUnclearUntilAnOrderIsGiven) {
    EXPECT_TRUE(parse_when("05/07/2010", std::nullopt).unclear);
    EXPECT_EQ(to_text(*parse_when("05/07/2010", DayOrder::day_first).time), "2010-07-05");
    EXPECT_EQ(to_text(*parse_when("05/07/2010", DayOrder::month_first).time), "2010-05-07");
    EXPECT_EQ(order_shown_by("05/07/2010"), std::nullopt);
    EXPECT_EQ(order_shown_by("25/07/2010 10:00"), DayOrder::day_first);
    EXPECT_EQ(order_shown_by("07/25/2010"), DayOrder::month_first);
}

}  // namespace
}  // namespace relief::report
