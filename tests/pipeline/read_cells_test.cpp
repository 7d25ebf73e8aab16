#include "tiler/pipeline/read_cells.hpp"

#include "tests/pipeline/mosaic_scenes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::pipeline {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The promise of a mosaic: cut into scenes, a field is drawn as it was before it was cut. Where a
// picture's pixel lies over a seam, each scene gives its share.
TEST_F(ReadMosaic, OfNeighboursIsTheFieldThatTheyWereCutFrom) {
    const auto whole = observation({scene(part_of_field(0, 100))});
    const auto parts = observation(
        {scene(part_of_field(0, 37)), scene(part_of_field(37, 30)), scene(part_of_field(67, 33))});
    for (const auto method : {Resampling::nearest, Resampling::bilinear, Resampling::average}) {
        for (const int side : {8, 61, 256, 900}) {
            auto request = request_of({10.1, 10.1, 10.9, 10.9}, {side, side});
            request.resampling = method;
            const Grid one = read(whole, request).grid;
            const Grid many = read(parts, request).grid;
            ASSERT_EQ(many.coverage, Grid::Coverage::full) << to_text(method) << ' ' << side;
            double worst = 0;
            for (std::size_t i = 0; i < one.cells(); ++i) {
                worst = std::max(worst,
                                 std::abs(static_cast<double>(floats(one)[i]) - floats(many)[i]));
            }
            // At 8 pixels each has ten columns, and a scene is read reduced: by blocks of several
            // columns that begin where it does. Its places are known to half a pixel.
            const double coarse = method == Resampling::nearest ? 5 : 1.1;
            EXPECT_LT(worst, side == 8 ? coarse : 0.05) << to_text(method) << ' ' << side;
        }
    }
}

TEST_F(ReadMosaic, AtItsOuterEdgeHasNoHalo) {
    auto recipe = part_of_field(0, 50);
    recipe.value = [](int, int, int) { return 1000.0; };
    const auto cells = read(observation({scene(recipe), scene(recipe)}),
                            request_of({9.9, 9.9, 11.1, 11.1}, {333, 333}));

    ASSERT_EQ(cells.grid.coverage, Grid::Coverage::partial);
    for (std::size_t i = 0; i < cells.grid.cells(); ++i) {
        if (cells.grid.weight[i] == 0) continue;
        ASSERT_NEAR(floats(cells.grid)[i], 1000, 0.01);
    }
}

TEST_F(ReadMosaic, ShowsTheNewestAndBeneathItWhereItHasNoData) {
    auto older = part_of_field(0, 100);
    older.value = [](int, int, int) { return 1.0; };
    auto newer = part_of_field(0, 100);
    newer.nodata = -9;
    newer.value = [](int, int column, int) { return column < 50 ? 2.0 : -9.0; };
    const auto both = observation({scene(older, "2024-05-01"), scene(newer, "2024-05-02")});
    auto request = request_of({10.2, 10.4, 10.8, 10.6}, {2, 1});
    request.resampling = Resampling::nearest;

    EXPECT_THAT(floats(read(both, request).grid), ElementsAre(2, 1));
    EXPECT_THAT(floats(read(both, request, {Pick::max, {}}).grid), ElementsAre(2, 1));
    EXPECT_THAT(floats(read(both, request, {Pick::mean, {}}).grid), ElementsAre(1.5F, 1));
    const auto day = *parse_instant("2024-05-01");
    EXPECT_THAT(floats(read(both, request, {Pick::first, day}).grid), ElementsAre(1, 1));
    const Grid counted = read(both, request, {Pick::count, {}}).grid;
    EXPECT_THAT(std::get<std::vector<std::uint16_t>>(counted.bands[0]), ElementsAre(2, 1));
}

TEST_F(ReadMosaic, StopsWhenThePictureIsFull) {
    std::vector<workspace::Scene> scenes{scene(part_of_field(0, 100), "2024-05-02")};
    scenes.push_back(scene(part_of_field(0, 100), "2024-05-01"));
    fs::remove(folder().path() / (scenes[1].version.text + ".tif"));

    const auto cells = read(observation(scenes), request_of({10.2, 10.2, 10.8, 10.8}));

    EXPECT_THAT(cells.skipped, IsEmpty()) << "the older scene was not even looked for";
}

TEST_F(ReadMosaic, LeavesOutAndNamesASceneThatCannotBeRead) {
    std::vector<workspace::Scene> scenes{scene(part_of_field(0, 100), "2024-05-01"),
                                         scene(part_of_field(0, 100), "2024-05-02")};
    std::ofstream(folder().path() / (scenes[1].version.text + ".tif"), std::ios::trunc) << "no";

    const auto cells = read(observation(scenes), request_of({10.2, 10.2, 10.8, 10.8}));

    EXPECT_EQ(cells.grid.coverage, Grid::Coverage::full);
    ASSERT_THAT(cells.skipped, SizeIs(1));
    EXPECT_EQ(cells.skipped[0].name, "scene-2");
    EXPECT_TRUE(cells.incomplete());
}

TEST_F(ReadMosaic, OfNothingReadableHasNoDataAndSaysWhy) {
    std::vector<workspace::Scene> scenes{scene(part_of_field(0, 100))};
    fs::remove(folder().path() / (scenes[0].version.text + ".tif"));

    const auto cells = read(observation(scenes), request_of({10.2, 10.2, 10.8, 10.8}));

    EXPECT_EQ(cells.grid.coverage, Grid::Coverage::none);
    EXPECT_TRUE(cells.incomplete());
}

TEST_F(ReadMosaic, LeavesOutAndNamesASceneThatLacksABand) {
    auto colour = part_of_field(0, 50);
    colour.bands = 3;
    const auto both = observation({scene(colour, "2024-05-01"), scene(part_of_field(50, 50))});
    auto request = request_of({10.1, 10.2, 10.9, 10.8});
    request.bands = {3};

    const auto cells = read(both, request);

    EXPECT_EQ(cells.grid.coverage, Grid::Coverage::partial);
    ASSERT_THAT(cells.skipped, SizeIs(1));
    EXPECT_EQ(cells.skipped[0].name, "scene-2");
    EXPECT_FALSE(cells.incomplete()) << "it will lack the band for ever";
    request.bands = {4};
    EXPECT_EQ(read_cells(reader(), both, request, {}).error().fault, Fault::bad_request);
}

TEST_F(ReadMosaic, MixesProjectionsResolutionsAndTypes) {
    auto bytes = part_of_field(0, 50);
    bytes.type = GDT_Byte;
    testing::RasterRecipe utm;  // UTM 32N around 10.5 to 11 E, cells of 300 m
    utm.width = 200;
    utm.height = 400;
    utm.crs = "EPSG:32632";
    utm.transform = {664000, 300, 0, 1225000, 0, -300};
    utm.type = GDT_Float32;
    utm.value = [](int, int, int) { return 77.5; };
    auto both = observation({scene(utm, "2024-05-01"), scene(bytes, "2024-05-02")});
    both.raster().bands[0].type = ValueType::f32;
    auto request = request_of({10.25, 10.4, 10.75, 10.6}, {2, 1});
    request.resampling = Resampling::nearest;

    const auto cells = read(both, request);

    ASSERT_EQ(cells.grid.coverage, Grid::Coverage::full);
    EXPECT_FLOAT_EQ(floats(cells.grid)[0], 47) << "column 37 of the bytes, 10 + 37";
    EXPECT_FLOAT_EQ(floats(cells.grid)[1], 77.5);
}

TEST_F(ReadMosaic, NeverMixesClasses) {
    all_are(RasterKind::categorical);
    auto west = part_of_field(0, 50);
    west.value = [](int, int, int) { return 1.0; };
    auto east = part_of_field(50, 50);
    east.value = [](int, int, int) { return 9.0; };
    const auto both = observation({scene(west), scene(east)});
    auto request = request_of({10.4, 10.4, 10.6, 10.6}, {333, 7});
    request.resampling = Resampling::mode;

    const auto cells = read(both, request);

    EXPECT_EQ(cells.grid.coverage, Grid::Coverage::full);
    for (const float cell : floats(cells.grid)) EXPECT_TRUE(cell == 1 || cell == 9) << cell;
    const auto mean = read_cells(reader(), both, request, {Pick::mean, {}});
    ASSERT_FALSE(mean);
    EXPECT_THAT(mean.error().what, HasSubstr("pick=mean"));
}

TEST_F(ReadMosaic, IsDrawnFromItsOverviewWhereCellsAreCoarse) {
    auto coarse = part_of_field(0, 100);
    coarse.value = [](int, int, int) { return 5000.0; };  // tells it from the scenes
    const auto file = testing::write_raster(folder(), "overview.tif", coarse);
    const double cell = 2000;  // metres
    const auto both = observation({scene(part_of_field(0, 50)), scene(part_of_field(50, 50))},
                                  {file, {"overview"}, cell, 1});
    const auto value = [&](PixelSize size, const workspace::MosaicChoice& choice) {
        return floats(read(both, request_of({10.2, 10.2, 10.8, 10.8}, size), choice).grid)[0];
    };

    EXPECT_EQ(value({16, 16}, {}), 5000) << "pixels of 4 km";
    EXPECT_LT(value({128, 128}, {}), 1000) << "pixels of 500 m";
    EXPECT_LT(value({16, 16}, {Pick::mean, {}}), 1000) << "the overview knows one pick only";
    EXPECT_LT(value({16, 16}, {Pick::first, *parse_instant("2024-05-01")}), 1000)
        << "and all times only";
}

TEST_F(ReadMosaic, IsDrawnFromItsScenesWhenItsOverviewIsBroken) {
    const auto both = observation({scene(part_of_field(0, 100))},
                                  {(folder().path() / "gone.tif").string(), {"gone"}, 1e6, 1});

    const auto cells = read(both, request_of({10.2, 10.2, 10.8, 10.8}, {1, 1}));

    EXPECT_EQ(cells.grid.coverage, Grid::Coverage::full);
}

TEST_F(ReadMosaic, EndsAtItsDeadlineBetweenTwoScenes) {
    auto request = request_of({10.2, 10.2, 10.8, 10.8});
    request.deadline = Deadline(Deadline::Clock::now() - std::chrono::seconds(1));

    const auto cells =
        read_cells(reader(), observation({scene(part_of_field(0, 100))}), request, {});

    ASSERT_FALSE(cells);
    EXPECT_EQ(cells.error().fault, Fault::out_of_time);
}

TEST_F(ReadMosaic, TellsThePlacesValueAndItsScene) {
    auto newer = part_of_field(0, 50);
    newer.value = [](int, int, int) { return 7.0; };
    const auto both =
        observation({scene(part_of_field(0, 100), "2024-05-01"), scene(newer, "2024-05-02")});
    const auto at = [&](double longitude, Pick pick) {
        return *mosaic_values_at(
            reader(), both, {{longitude, 10.505}, {1}, {}, Deadline()}, {pick, {}});
    };

    EXPECT_EQ(at(10.205, Pick::first).values[0], 7);
    EXPECT_EQ(both.mosaic->scenes()[at(10.205, Pick::first).scenes[0]].name, "scene-2");
    EXPECT_EQ(at(10.705, Pick::first).values[0], 80) << "column 70: 10 + 70";
    EXPECT_EQ(at(10.205, Pick::mean).values[0], (7 + 30) / 2.0);
    EXPECT_EQ(at(10.205, Pick::count).values[0], 2);
    EXPECT_EQ(at(10.205, Pick::max).values[0], 30);
    EXPECT_FALSE(at(20, Pick::first).values[0]);
    EXPECT_THAT(at(20, Pick::first).scenes, IsEmpty());
}

TEST_F(ReadMosaic, CountsFromOneToItsDepth) {
    const auto description = counted(observation({scene(part_of_field(0, 10))}));

    ASSERT_THAT(description.bands, SizeIs(1));
    EXPECT_EQ(description.bands[0].statistics->minimum, 1);
    EXPECT_EQ(description.bands[0].statistics->maximum, 2);
}

}  // namespace
}  // namespace relief::pipeline
