#include "tiler/source/raster_placement.hpp"

#include "tiler/geo/mercator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace relief::source {
namespace {

TEST(RasterPlacement, KnowsBoundsOverTheAntimeridian) {
    // UTM 60S, 1024 cells of 100 m from 770000 E: it ends east of 180 degrees.
    const auto placement =
        RasterPlacement::make({1024, 1024}, {770000, 100, 0, 8150000, 0, -100}, "EPSG:32760");
    ASSERT_TRUE(placement);

    EXPECT_GT(placement->bounds.west, 179);
    EXPECT_LT(placement->bounds.east, -179);
    ASSERT_EQ(placement->footprint.size(), 2U);
    for (const MercatorBox& box : placement->footprint) EXPECT_LT(box.right - box.left, 150000);
}

TEST(RasterPlacement, TakesLongitudesBeyond180ForTheNextTurn) {
    const auto placement = RasterPlacement::make({40, 20}, {175, 0.5, 0, 5, 0, -0.5}, "EPSG:4326");
    ASSERT_TRUE(placement);

    EXPECT_DOUBLE_EQ(placement->bounds.west, 175);
    EXPECT_DOUBLE_EQ(placement->bounds.east, -165);
    EXPECT_FALSE(placement->cyclic);
}

TEST(RasterPlacement, KnowsARasterAllAroundTheWorld) {
    for (const double west : {-180.0, 0.0}) {
        const auto placement =
            RasterPlacement::make({360, 180}, {west, 1, 0, 90, 0, -1}, "EPSG:4326");
        ASSERT_TRUE(placement);
        EXPECT_TRUE(placement->cyclic);
        EXPECT_EQ(placement->bounds, (LonLatBox{-180, -90, 180, 90}));
    }
}

TEST(RasterPlacement, HoldsThePoleOfAPolarRaster) {
    const auto placement =
        RasterPlacement::make({200, 200}, {-1e6, 10000, 0, 1e6, 0, -10000}, "EPSG:3995");
    ASSERT_TRUE(placement);

    EXPECT_EQ(placement->bounds.north, 90);
    EXPECT_EQ(placement->bounds.west, -180);
    EXPECT_EQ(placement->bounds.east, 180);
    EXPECT_NEAR(placement->bounds.south, 77.2, 0.5);  // 1.41e6 m from the pole along the diagonal
}

TEST(RasterPlacement, RefusesAPlaceThatIsNone) {
    const double infinite = std::numeric_limits<double>::infinity();

    EXPECT_FALSE(RasterPlacement::make({10, 10}, {0, 0, 0, 0, 0, 0}, "EPSG:4326"));
    EXPECT_FALSE(RasterPlacement::make({10, 10}, {0, infinite, 0, 0, 0, -1}, "EPSG:4326"));
    EXPECT_FALSE(RasterPlacement::make({10, 10}, {1e300, 1, 0, 1e300, 0, -1}, "EPSG:32636"));
    EXPECT_FALSE(RasterPlacement::make({10, 10}, {0, 1, 0, 0, 0, -1}, "EPSG:999999"));
    // Metres taken for degrees.
    EXPECT_FALSE(
        RasterPlacement::make({1000, 1000}, {400000, 30, 0, 5000000, 0, -30}, "EPSG:4326"));
}

TEST(PixelMapper, FollowsARotatedTransform) {
    // Turned by 90 degrees: columns go south, rows go east.
    const auto placement =
        RasterPlacement::make({100, 100}, {500000, 0, 10, 4000000, -10, 0}, "EPSG:32636");
    ASSERT_TRUE(placement);
    const auto mapper = PixelMapper::make(*placement);
    ASSERT_TRUE(mapper);
    MercatorPoint point = geo::to_mercator({33, 36.14});
    const auto back = geo::Projector::make("EPSG:3857", "EPSG:32636");
    double x = point.x;
    double y = point.y;
    back->forward({&x, 1}, {&y, 1});

    mapper->to_pixels({&point.x, 1}, {&point.y, 1}, 50);

    EXPECT_NEAR(point.x, (4000000 - y) / 10, 1e-6);
    EXPECT_NEAR(point.y, (x - 500000) / 10, 1e-6);
}

}  // namespace
}  // namespace relief::source
