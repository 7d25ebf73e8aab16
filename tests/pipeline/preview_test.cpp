#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_tile.hpp"

#include <gtest/gtest.h>

namespace relief::pipeline {
namespace {

RasterDescription at(const LonLatBox& bounds) {
    RasterDescription raster;
    raster.bounds = bounds;
    return raster;
}

TEST(PreviewOrder, KeepsTheShapeOfTheLayerOnTheMap) {
    // At the equator a degree is as high as it is wide: 2 to 1 within half a pixel.
    const auto wide = preview_order(at({0, -0.5, 2, 0.5}), 512);
    const auto high = preview_order(at({0, -1, 1, 1}), 512);

    EXPECT_EQ(wide.size, (PixelSize{512, 256}));
    EXPECT_EQ(high.size, (PixelSize{256, 512}));
}

TEST(PreviewOrder, IsHigherThanWideFarNorth) {
    // 1 / cos(60°) = 2: a square of degrees at 60 N is twice as high on the map.
    const auto order = preview_order(at({10, 59.5, 11, 60.5}), 512);

    EXPECT_EQ(order.size.height, 512);
    EXPECT_NEAR(order.size.width, 256, 1);
}

TEST(PreviewOrder, OverTheAntimeridianIsOneSmallBox) {
    const auto order = preview_order(at({179, -1, -179, 1}), 512);

    EXPECT_NEAR(order.size.width, order.size.height, 1);
    EXPECT_NEAR(order.box.right - order.box.left, geo::mercator_half / 90, 1);
    EXPECT_LT(order.box.left, order.box.right);
}

TEST(PreviewOrder, OfASliverIsStillOnePixelWide) {
    const auto order = preview_order(at({10, 0, 10.000001, 50}), 512);

    EXPECT_EQ(order.size, (PixelSize{1, 512}));
}

TEST(PreviewOrder, OfAPointHasASize) {
    const auto order = preview_order(at({10, 20, 10, 20}), 512);

    EXPECT_GE(order.size.width, 1);
    EXPECT_GE(order.size.height, 1);
}

TEST(PreviewOrder, ThatReachesAPoleEndsWithTheMap) {
    const auto order = preview_order(at({-180, -90, 180, 90}), 512);

    EXPECT_EQ(order.size, (PixelSize{512, 512}));
    EXPECT_NEAR(order.box.top, geo::mercator_half, 1);
}

}  // namespace
}  // namespace relief::pipeline
