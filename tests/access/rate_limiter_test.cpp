#include "server/access/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::access {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RateLimiter::Moment midnight{};

TEST(RateLimiterTest, LetsABurstOfAHundredTilesThrough) {
    RateLimiter limiter({.per_second = 10, .burst = 100}, 1000);

    for (int i = 0; i < 100; ++i) EXPECT_FALSE(limiter.take("a", midnight)) << i;

    EXPECT_EQ(limiter.take("a", midnight), milliseconds(100));
}

TEST(RateLimiterTest, RefillsSteadilyAndNeverBeyondTheBurst) {
    RateLimiter limiter({.per_second = 2, .burst = 4}, 1000);
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(limiter.take("a", midnight));

    EXPECT_EQ(limiter.take("a", midnight + milliseconds(100)), milliseconds(400));
    EXPECT_FALSE(limiter.take("a", midnight + milliseconds(500)));
    EXPECT_TRUE(limiter.take("a", midnight + milliseconds(500)));
    int after_an_hour = 0;
    while (!limiter.take("a", midnight + seconds(3600))) ++after_an_hour;
    EXPECT_EQ(after_an_hour, 4);
}

TEST(RateLimiterTest, TakesOtherRatesWhileItRuns) {
    RateLimiter limiter({.per_second = 1, .burst = 10}, 1000);
    EXPECT_FALSE(limiter.take("a", midnight));

    limiter.change({.per_second = 1, .burst = 2});

    EXPECT_FALSE(limiter.take("a", midnight));
    EXPECT_FALSE(limiter.take("a", midnight));
    EXPECT_TRUE(limiter.take("a", midnight)) << "no more than the new burst is left";
    limiter.change({});
    EXPECT_FALSE(limiter.take("a", midnight)) << "no limit any more";
}

TEST(RateLimiterTest, CountsEachByThemselves) {
    RateLimiter limiter({.per_second = 1, .burst = 1}, 1000);

    EXPECT_FALSE(limiter.take("a", midnight));
    EXPECT_TRUE(limiter.take("a", midnight));
    EXPECT_FALSE(limiter.take("b", midnight));
}

TEST(RateLimiterTest, HoldsNoMoreBucketsThanItMay) {
    RateLimiter limiter({.per_second = 1, .burst = 1}, 160);

    for (int i = 0; i < 100'000; ++i) limiter.take("network " + std::to_string(i), midnight);

    EXPECT_LE(limiter.buckets(), 160U);
    EXPECT_GT(limiter.buckets(), 100U);
}

TEST(RateLimiterTest, ForgetsWhoWasNotSeenForLongest) {
    RateLimiter limiter({.per_second = 1, .burst = 1}, 1600);
    limiter.take("busy", midnight);
    for (int i = 0; i < 100'000; ++i) {
        limiter.take("network " + std::to_string(i), midnight);
        EXPECT_TRUE(limiter.take("busy", midnight)) << "its bucket was emptied and is still known";
    }
}

TEST(RateLimiterTest, WithoutARateHasNoLimit) {
    RateLimiter limiter({.per_second = 0, .burst = 1}, 1000);

    for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(limiter.take("a", midnight));
    EXPECT_EQ(limiter.buckets(), 0U);
}

TEST(RateLimiterTest, IsNotMovedByAClockThatStandsStill) {
    RateLimiter limiter({.per_second = 1, .burst = 2}, 1000);
    EXPECT_FALSE(limiter.take("a", midnight + seconds(5)));
    EXPECT_FALSE(limiter.take("a", midnight));
    EXPECT_TRUE(limiter.take("a", midnight));
}

}  // namespace
}  // namespace relief::access
