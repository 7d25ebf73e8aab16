#include "tiler/geo/mercator.hpp"

#include <gtest/gtest.h>

namespace relief::geo {
namespace {

TileId tile(std::uint32_t zoom, std::uint32_t column, std::uint32_t row) {
    return *TileId::make({.zoom = zoom, .column = column, .row = row});
}

TEST(MercatorBoxOf, CoversTheWorldAtZoomZero) {
    const MercatorBox box = mercator_box_of(tile(0, 0, 0));

    EXPECT_DOUBLE_EQ(box.left, -mercator_half);
    EXPECT_DOUBLE_EQ(box.top, mercator_half);
    EXPECT_DOUBLE_EQ(box.right, mercator_half);
    EXPECT_NEAR(box.bottom, -mercator_half, 1e-8);
}

TEST(MercatorBoxOf, NeighboursShareTheirEdgeExactly) {
    for (const std::uint32_t zoom : {1U, 7U, 14U, 24U}) {
        const std::uint32_t middle = (1U << zoom) / 2;
        EXPECT_EQ(mercator_box_of(tile(zoom, middle - 1, middle)).right,
                  mercator_box_of(tile(zoom, middle, middle)).left);
    }
}

TEST(ToMercator, AgreesWithPublishedValues) {
    // EPSG Guidance Note 7-2, Popular Visualisation Pseudo-Mercator, worked example.
    const MercatorPoint point = to_mercator({-100.333333333, 24.381786944});

    EXPECT_NEAR(point.x, -11169055.58, 0.05);
    EXPECT_NEAR(point.y, 2800000.00, 0.05);
}

TEST(ToMercator, ClampsThePolesToTheSquare) {
    EXPECT_NEAR(to_mercator({0, 90}).y, mercator_half, 1e-3);
    EXPECT_NEAR(to_mercator({0, -90}).y, -mercator_half, 1e-3);
}

TEST(TileAt, FindsTheTileThatHoldsAPlace) {
    const TileId beirut = tile_at({35.5018, 33.8938}, 10);

    EXPECT_EQ(beirut, tile(10, 612, 409));
    const LonLatBox box = lon_lat_box_of(beirut);
    EXPECT_TRUE(box.west <= 35.5018 && 35.5018 < box.east);
    EXPECT_TRUE(box.south < 33.8938 && 33.8938 <= box.north);
}

TEST(TileAt, WrapsLongitudesAndClampsLatitudes) {
    EXPECT_EQ(tile_at({180, 0}, 3).column(), 0U);
    EXPECT_EQ(tile_at({190, 0}, 3), tile_at({-170, 0}, 3));
    EXPECT_EQ(tile_at({0, 90}, 5).row(), 0U);
    EXPECT_EQ(tile_at({0, -90}, 5).row(), 31U);
}

TEST(ZoomFor, IsTheFirstZoomWhosePixelIsNotLarger) {
    EXPECT_EQ(zoom_for(200000), 0U);
    EXPECT_EQ(zoom_for(10), 14U);
    EXPECT_EQ(zoom_for(metres_per_pixel(9)), 9U);
    EXPECT_EQ(zoom_for(1e-9), deepest_zoom);
}

TEST(Overlap, KnowsTheAntimeridian) {
    const LonLatBox fiji{177, -19, -178, -16};

    EXPECT_TRUE(overlap(fiji, {-180, -20, -179, -15}));
    EXPECT_TRUE(overlap(fiji, {179, -20, 180, -15}));
    EXPECT_FALSE(overlap(fiji, {-170, -20, 170, -15}));
    EXPECT_FALSE(overlap({0, 0, 10, 10}, {10, 0, 20, 10}));
}

}  // namespace
}  // namespace relief::geo
