// Real rasters of data/ against pictures that were looked at before they were kept.

#include "tests/pipeline/drawing.hpp"
#include "tiler/geo/mercator.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::pipeline {
namespace {

/// Levels of 255. Another version of PROJ or libm moves a sampling place by a fraction of a pixel,
/// which shows only at hard edges; measured between builds with and without -O3: 0.
constexpr int tolerance = 3;
constexpr PixelSize small{128, 128};  // keeps each picture well under 64 kB

const test::Golden& golden() {
    static const test::Golden golden({RELIEF_GOLDEN_FOLDER, RELIEF_FAILURE_FOLDER});
    return golden;
}

std::string data(const char* name) {
    return std::string(RELIEF_DATA_FOLDER "/") + name;
}

PictureOrder small_tile(TileId::Numbers numbers) {
    PictureOrder order;
    order.box = geo::mercator_box_of(*TileId::make(numbers));
    order.size = small;
    return order;
}

TEST(GoldenTiles, ASatelliteSceneInTrueColour) {
    const Drawing scene(data("orihuela_s2_b2_3_4_8_11_12.tif"));

    EXPECT_TRUE(golden().matches(scene.pixels(small_tile({.zoom = 12, .column = 2039, .row = 1578}),
                                              {{"bands", "3,2,1"}, {"rescale", "600,2200"}}),
                                 "tile_sentinel2_colour",
                                 tolerance));
}

TEST(GoldenTiles, AWaterIndexOnAColourMap) {
    const Drawing index(data("orihuela_ndwi.tif"));

    EXPECT_TRUE(golden().matches(index.pixels(small_tile({.zoom = 12, .column = 2039, .row = 1578}),
                                              {{"colormap", "rdbu"}, {"rescale", "-0.5,0.5"}}),
                                 "tile_ndwi_rdbu",
                                 tolerance));
}

TEST(GoldenTiles, TheIndexByFormulaIsTheIndexOfTheFile) {
    const Drawing scene(data("orihuela_s2_b2_3_4_8_11_12.tif"));

    // (B3 - B8) / (B3 + B8), as data/README.md says; the bands are averaged before the formula
    // here, after it there, so a deep zoom where nothing is averaged is compared.
    const auto order = small_tile({.zoom = 14, .column = 8157, .row = 6313});
    const Words look{{"colormap", "rdbu"}, {"rescale", "-0.5,0.5"}, {"resampling", "nearest"}};
    Words formula = look;
    formula.emplace_back("expression", "(b2-b4)/(b2+b4)");

    const auto by_formula = scene.pixels(order, formula);
    const auto by_file = Drawing(data("orihuela_ndwi.tif")).pixels(order, look);

    ASSERT_EQ(by_formula.size, small);
    EXPECT_GT(by_formula.bytes[3], 0) << "an empty tile proves nothing";
    EXPECT_EQ(by_formula.bytes, by_file.bytes);
}

TEST(GoldenTiles, AFloodMaskInItsOwnColours) {
    const Drawing mask(data("orihuela_flood_mask.tif"));

    EXPECT_TRUE(golden().matches(mask.pixels(small_tile({.zoom = 13, .column = 4078, .row = 3156})),
                                 "tile_flood_mask",
                                 tolerance));
}

TEST(GoldenTiles, RadarOnARotatedAndMirroredGrid) {
    const Drawing radar(data("yasur_umbra_sar.tif"));
    const LonLatBox& box = radar.raster().bounds;
    const LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
    PictureOrder order;
    order.box = geo::mercator_box_of(geo::tile_at(middle, 14));
    order.size = small;

    EXPECT_TRUE(golden().matches(radar.pixels(order), "tile_rotated_radar", tolerance));
}

TEST(GoldenTiles, HeightsInHypsometricColours) {
    const Drawing terrain(data("alexandria_terrain_2m.tif"), RasterKind::elevation);

    auto order = preview_order(terrain.raster(), 128);
    order.size = small;

    EXPECT_TRUE(golden().matches(terrain.pixels(order), "picture_terrain", tolerance));
}

}  // namespace
}  // namespace relief::pipeline
