#include "server/http/shares.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace relief::http {
namespace {

TEST(Shares, AreLimitedForOneNetworkAndForAll) {
    Shares places({.all = 5, .each = 2});

    const Share one(places, "192.0.2.1", 1);
    const Share two(places, "192.0.2.1", 1);
    EXPECT_TRUE(one.fits() && two.fits());
    EXPECT_FALSE(Share(places, "192.0.2.1", 1).fits()) << "two of one network";

    const Share others(places, "192.0.2.2", 2);
    EXPECT_TRUE(others.fits());
    EXPECT_FALSE(Share(places, "192.0.2.3", 2).fits()) << "five of all";
    EXPECT_TRUE(Share(places, "192.0.2.3", 1).fits());
}

TEST(Shares, AreGivenBackOnceByWhoeverHoldsThemLast) {
    Shares places({.all = 1, .each = 1});
    {
        Share first(places, "192.0.2.1", 1);
        const Share moved = std::move(first);
        EXPECT_TRUE(moved.fits());
        EXPECT_FALSE(Share(places, "192.0.2.1", 1).fits());
    }
    Share empty;
    empty = Share(places, "192.0.2.1", 1);
    EXPECT_TRUE(empty.fits());
    empty = Share();
    EXPECT_TRUE(Share(places, "192.0.2.1", 1).fits());
}

TEST(Shares, OfNobodyCountAmongAllAlone) {
    Shares places({.all = 3, .each = 1});

    const Share one(places, "", 1);
    const Share two(places, "", 2);

    EXPECT_TRUE(one.fits() && two.fits());
    EXPECT_FALSE(Share(places, "", 1).fits());
}

TEST(Shares, LargerThanAllThereIsNeverFit) {
    Shares places({.all = 3, .each = 3});

    EXPECT_FALSE(Share(places, "", 4).fits());
    EXPECT_FALSE(Share(places, "a", ~std::size_t{0}).fits());
}

}  // namespace
}  // namespace relief::http
