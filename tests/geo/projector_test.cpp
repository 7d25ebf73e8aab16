#include "tiler/geo/projector.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace relief::geo {
namespace {

TEST(Projector, TakesLongitudeFirstWhateverTheRegisterSays) {
    const auto projector = Projector::make("EPSG:4326", "EPSG:32636");
    ASSERT_TRUE(projector);
    std::array<double, 1> x{33};
    std::array<double, 1> y{0};

    projector->forward(x, y);

    // 33 E is the central meridian of zone 36: false easting 500 km, equator 0.
    EXPECT_NEAR(x[0], 500000, 1e-6);
    EXPECT_NEAR(y[0], 0, 1e-6);
}

TEST(Projector, ComesBackWhereItBegan) {
    const auto projector = Projector::make("EPSG:3857", "EPSG:3995");
    ASSERT_TRUE(projector);
    std::array<double, 2> x{1e6, -9e6};
    std::array<double, 2> y{1.4e7, 1.2e7};

    projector->forward(x, y);
    projector->inverse(x, y);

    EXPECT_NEAR(x[0], 1e6, 1e-4);
    EXPECT_NEAR(y[1], 1.2e7, 1e-4);
}

TEST(Projector, MakesPointsWithoutAnImageInfinite) {
    const auto projector = Projector::make("EPSG:4326", "EPSG:3857");
    ASSERT_TRUE(projector);
    std::array<double, 1> x{0};
    std::array<double, 1> y{90};

    projector->forward(x, y);

    EXPECT_TRUE(std::isinf(x[0]) || std::abs(y[0]) > 1e8);
}

TEST(Projector, RefusesWhatPROJDoesNotKnow) {
    EXPECT_FALSE(Projector::make("EPSG:4326", "EPSG:999999"));
    EXPECT_FALSE(Projector::make("nonsense", "EPSG:3857"));
}

}  // namespace
}  // namespace relief::geo
