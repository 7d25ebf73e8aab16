// Algorithms on files: edges of tiles, ground distances, two dates, formats.

#include "tests/pipeline/drawing.hpp"
#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace relief::pipeline {
namespace {

using ::testing::HasSubstr;

PictureOrder tile(TileId::Numbers numbers) {
    PictureOrder order;
    order.box = geo::mercator_box_of(*TileId::make(numbers));
    order.size = {256, 256};
    return order;
}

/// Two tiles by two in one picture, from the upper left one.
PictureOrder four_tiles(TileId::Numbers numbers) {
    PictureOrder order = tile(numbers);
    const auto last =
        tile({.zoom = numbers.zoom, .column = numbers.column + 1, .row = numbers.row + 1});
    order.box.right = last.box.right;
    order.box.bottom = last.box.bottom;
    order.size = {512, 512};
    return order;
}

/// Levels by which a picture's quarter differs from the tile that shows the same place.
struct Differences {
    int greatest = 0;
    int pixels = 0;
};

Differences differences(const Drawing& drawing, TileId::Numbers numbers, const Words& words) {
    Differences found;
    const auto whole = drawing.pixels(four_tiles(numbers), words);
    for (const std::uint32_t quarter : {0U, 1U, 2U, 3U}) {
        const std::size_t down = quarter / 2;
        const std::size_t across = quarter % 2;
        const auto part = drawing.pixels(tile({.zoom = numbers.zoom,
                                               .column = numbers.column + quarter % 2,
                                               .row = numbers.row + quarter / 2}),
                                         words);
        EXPECT_EQ(part.size, (PixelSize{256, 256}));
        for (std::size_t row = 0; row < 256; ++row) {
            const auto first = ((row + 256 * down) * 512 + 256 * across) * 4;
            for (std::size_t i = 0; i < std::size_t{4} * 256; ++i) {
                const int apart = std::abs(whole.bytes[first + i] - part.bytes[row * 1024 + i]);
                found.greatest = std::max(found.greatest, apart);
                found.pixels += apart > 0 ? 1 : 0;
            }
        }
    }
    return found;
}

/// Hills on a grid of the map's own metres, four cells to a pixel of zoom 12.
testing::RasterRecipe mercator_hills() {
    const double cell = geo::metres_per_pixel(12) / 2;
    testing::RasterRecipe recipe;
    recipe.width = 1100;
    recipe.height = 1100;
    recipe.type = GDT_Float32;
    recipe.crs = "EPSG:3857";
    recipe.transform = {
        geo::mercator_box_of(*TileId::make({.zoom = 12, .column = 2200, .row = 1500})).left -
            30 * cell,
        cell,
        0,
        geo::mercator_box_of(*TileId::make({.zoom = 12, .column = 2200, .row = 1500})).top +
            30 * cell,
        0,
        -cell};
    recipe.value = [](int, int column, int row) {
        return 800 + 300 * std::sin(column * 0.031) + 250 * std::cos(row * 0.023 + column * 0.011);
    };
    return recipe;
}

class Algorithms : public ::testing::Test {
protected:
    std::string write(const std::string& name, const testing::RasterRecipe& recipe) const {
        return testing::write_raster(folder_, name, recipe);
    }
    testing::TemporaryFolder folder_;
};

TEST_F(Algorithms, NoEdgeOfATileShows) {
    const Drawing hills(write("hills.tif", mercator_hills()), RasterKind::elevation);
    for (const char* algorithm :
         {"hillshade", "multidirectional", "slope", "aspect", "contours", "terrainrgb"}) {
        const auto found = differences(
            hills, {.zoom = 12, .column = 2200, .row = 1500}, {{"algorithm", algorithm}});

        EXPECT_EQ(found.greatest, 0) << algorithm << ": " << found.pixels;
    }
}

TEST_F(Algorithms, NoEdgeOfATileShowsOnRealHeightsInAnotherProjection) {
    const Drawing terrain(std::string(RELIEF_DATA_FOLDER "/alexandria_terrain_2m.tif"),
                          RasterKind::elevation);
    const LonLatBox& box = terrain.raster().bounds;
    const auto first = geo::tile_at({box.west, box.north}, 17);
    const TileId::Numbers numbers{.zoom = 17, .column = first.column(), .row = first.row()};
    for (const char* algorithm : {"hillshade", "slope", "contours"}) {
        const auto found = differences(terrain, numbers, {{"algorithm", algorithm}});

        // The transform is interpolated between nodes of each picture, within an eighth of a cell.
        EXPECT_LE(found.greatest, 1) << algorithm << ": " << found.pixels;
    }
}

TEST_F(Algorithms, SlopeIsThatOfTheGroundAtEachLatitude) {
    // A plane that rises one metre in ten towards the east, in a system of true metres.
    for (const char* crs : {"EPSG:32636", "EPSG:32736"}) {
        testing::RasterRecipe recipe;
        recipe.width = 300;
        recipe.height = 300;
        recipe.type = GDT_Float32;
        recipe.crs = crs;
        recipe.transform = {500000, 10, 0, 6700000, 0, -10};  // 60.4 north, 29.9 south
        recipe.value = [](int, int column, int) { return column; };
        const Drawing plane(write(std::string(crs).substr(5) + ".tif", recipe),
                            RasterKind::elevation);
        const LonLatBox& box = plane.raster().bounds;
        PictureOrder order = preview_order(plane.raster(), 64);
        order.size = {64, 64};

        const auto image = plane.pixels(order,
                                        {{"algorithm", "slope"},
                                         {"algorithm_params", R"({"unit":"percent"})"},
                                         {"rescale", "0,25.5"},
                                         {"colormap", "gray"}});

        // Ten percent, 0.04 % less by the zone's scale factor of 0.9996 on its central meridian.
        ASSERT_EQ(image.size, (PixelSize{64, 64}));
        EXPECT_NEAR(image.bytes[std::size_t{32 * 64 + 32} * 4], 100, 1) << crs << ' ' << box.south;
    }
}

TEST_F(Algorithms, WholeMetresDoNotBecomeSteps) {
    testing::RasterRecipe recipe;
    recipe.type = GDT_Int16;
    recipe.value = [](int, int column, int) { return 3 * column; };
    const Drawing plane(write("whole.tif", recipe), RasterKind::elevation);
    PictureOrder order = preview_order(plane.raster(), 64);
    const double quarter = (order.box.right - order.box.left) / 4;
    order.box = {order.box.left + 1.5 * quarter,
                 order.box.bottom + 1.5 * quarter,
                 order.box.right - 1.5 * quarter,
                 order.box.top - 1.5 * quarter};
    order.size = {128, 128};  // eight pixels to a cell

    const auto image =
        plane.pixels(order, {{"algorithm", "slope"}, {"rescale", "0,60"}, {"colormap", "gray"}});

    // atan 0.3 = 16.7 degrees everywhere.
    for (std::size_t i = 0; i < image.bytes.size(); i += 4)
        ASSERT_NEAR(image.bytes[i], 16.7 / 60 * 255, 1.1) << i / 4;
}

TEST_F(Algorithms, HeightsInColoursAreNotGivenWithLoss) {
    const Drawing hills(write("hills.tif", mercator_hills()), RasterKind::elevation);
    auto order = tile({.zoom = 12, .column = 2200, .row = 1500});
    order.format = encode::ImageFormat::jpeg;

    const auto refused = hills.draw(order, {{"algorithm", "terrainrgb"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::not_acceptable);
    EXPECT_THAT(refused.error().what, HasSubstr("png and webp"));

    order.format = encode::ImageFormat::automatic;
    EXPECT_EQ(hills.draw(order, {{"algorithm", "terrarium"}})->format, encode::ImageFormat::png);
}

TEST_F(Algorithms, FarFromTheDataHeightsInColoursAreClearOrTheHeightAsked) {
    const Drawing hills(write("hills.tif", mercator_hills()), RasterKind::elevation);
    const auto far = tile({.zoom = 12, .column = 10, .row = 10});

    EXPECT_TRUE(hills.draw(far, {{"algorithm", "terrainrgb"}})->empty);
    const auto sea = hills.pixels(
        far, {{"algorithm", "terrainrgb"}, {"algorithm_params", R"({"nodata_height":0})"}});
    ASSERT_EQ(sea.size, (PixelSize{256, 256}));
    EXPECT_EQ(sea.bytes[0], 1);
    EXPECT_EQ(sea.bytes[3], 255);
}

class TwoDates : public Algorithms {
protected:
    static testing::RasterRecipe level(double value) {
        testing::RasterRecipe recipe;
        recipe.type = GDT_Float32;
        recipe.nodata = -9999;
        recipe.value = [value](int, int column, int) { return column < 32 ? value : -9999; };
        return recipe;
    }
};

TEST_F(TwoDates, AreReadTogetherAndSubtracted) {
    const Drawing later(write("later.tif", level(7)));
    const Drawing earlier(write("earlier.tif", level(5)));
    auto order = preview_order(later.raster(), 64);
    order.against = {&earlier.observation()};

    const auto image = later.pixels(
        order, {{"algorithm", "difference"}, {"rescale", "0,4"}, {"colormap", "gray"}});

    ASSERT_GT(image.size.width, 0);
    const std::size_t middle = static_cast<std::size_t>(image.size.height / 2) *
                               static_cast<std::size_t>(image.size.width);
    EXPECT_EQ(image.bytes[(middle + 10) * 4], 128) << "7 - 5 is the middle of 0 to 4";
    EXPECT_EQ(image.bytes[(middle + 10) * 4 + 3], 255);
    EXPECT_EQ(image.bytes[(middle + 50) * 4 + 3], 0) << "neither date has data there";
}

TEST_F(TwoDates, ShowNothingWhereOneOfThemIsUnknown) {
    auto all = level(5);
    all.value = [](int, int, int) { return 5.0; };
    const Drawing later(write("later.tif", all));
    const Drawing earlier(write("earlier.tif", level(3)));
    auto order = preview_order(later.raster(), 64);
    order.against = {&earlier.observation()};

    const auto image = later.pixels(order, {{"algorithm", "difference"}});

    const std::size_t middle = static_cast<std::size_t>(image.size.height / 2) *
                               static_cast<std::size_t>(image.size.width);
    EXPECT_EQ(image.bytes[(middle + 10) * 4 + 3], 255);
    EXPECT_EQ(image.bytes[(middle + 50) * 4 + 3], 0);
}

TEST_F(TwoDates, AreRefusedWhenThereIsOne) {
    const Drawing only(write("only.tif", level(5)));

    const auto refused = only.draw(preview_order(only.raster(), 64), {{"algorithm", "difference"}});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::bad_request);
}

TEST(IndexAlgorithms, AreTheFormulaOverTheBandsThatTheSceneNames) {
    const Drawing scene(std::string(RELIEF_DATA_FOLDER "/orihuela_s2_b2_3_4_8_11_12.tif"));
    auto order = tile({.zoom = 12, .column = 2039, .row = 1578});
    const Words look{{"colormap", "rdbu"}, {"rescale", "-1,1"}};
    const auto with = [&](const char* name, const char* value) {
        Words words = look;
        words.emplace_back(name, value);
        return scene.pixels(order, words);
    };

    const auto by_name = with("algorithm", "mndwi");
    const auto by_formula = with("expression", "(b2-b5)/(b2+b5)");

    ASSERT_EQ(by_name.size, (PixelSize{256, 256}));
    int apart = 0;
    for (std::size_t i = 0; i < by_name.bytes.size(); i += 4)
        apart += by_name.bytes[i + 3] != by_formula.bytes[i + 3] ? 1 : 0;
    EXPECT_EQ(apart, 0);
    // Between cells the algorithm does not round to whole numbers, the formula over cells does.
    EXPECT_NEAR(by_name.bytes[128 * 1024 + 512], by_formula.bytes[128 * 1024 + 512], 2);
}

}  // namespace
}  // namespace relief::pipeline
