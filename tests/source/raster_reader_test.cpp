#include "tiler/source/raster_reader.hpp"

#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/geo/projector.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

namespace relief::source {
namespace {

using relief::testing::RasterRecipe;
using relief::testing::write_raster;

class RasterReaderTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { start_gdal(); }

    SourceFile file(const std::string& name, const RasterRecipe& recipe) const {
        return {write_raster(folder_, name, recipe), {name}, Trust::workspace};
    }
    static ReadRequest request_for(TileId::Numbers tile, Resampling method = Resampling::nearest) {
        return {.box = geo::mercator_box_of(*TileId::make(tile)),
                .size = {256, 256},
                .bands = {1},
                .resampling = method,
                .nodata = {},
                .any_band = true,
                .deadline = {}};
    }
    Grid read(const SourceFile& source,
              TileId::Numbers tile,
              Resampling method = Resampling::nearest) const {
        auto grid = reader_.read(source, request_for(tile, method));
        EXPECT_TRUE(grid) << grid.error().what << grid.error().detail;
        return *grid;
    }
    static double value(const Grid& grid, std::size_t cell) {
        return std::visit([&](const auto& cells) { return static_cast<double>(cells[cell]); },
                          grid.bands[0]);
    }

    relief::testing::TemporaryFolder folder_;
    RasterReader reader_{{}};
};

TileId::Numbers tile_over(double easting, double northing, std::uint32_t zoom) {
    const auto projector = geo::Projector::make("EPSG:32636", "OGC:CRS84");
    projector->forward({&easting, 1}, {&northing, 1});
    const TileId tile = geo::tile_at({easting, northing}, zoom);
    return {tile.zoom(), tile.column(), tile.row()};
}

TEST_F(RasterReaderTest, PutsEachCellWhereItsCoordinatesSay) {
    RasterRecipe recipe;
    recipe.value = [](int, int column, int row) { return column * 3 + row; };
    const SourceFile source = file("place.tif", recipe);
    const TileId::Numbers tile = tile_over(700320, 3739680, 17);
    const MercatorBox box = geo::mercator_box_of(*TileId::make(tile));
    const auto projector = geo::Projector::make("EPSG:3857", "EPSG:32636");

    const Grid grid = read(source, tile);

    int seen = 0;
    for (int pixel = 0; pixel < 256 * 256; pixel += 37) {
        double x = box.left + (pixel % 256 + 0.5) * (box.right - box.left) / 256;
        const int line = pixel / 256;
        double y = box.top - (line + 0.5) * (box.top - box.bottom) / 256;
        projector->forward({&x, 1}, {&y, 1});
        const double column = (x - 700000) / 10;
        const double row = (3740000 - y) / 10;
        const bool inside = column > 0.2 && row > 0.2 && column < 63.8 && row < 63.8;
        const bool near_edge =
            std::abs(column - std::round(column)) < 0.15 || std::abs(row - std::round(row)) < 0.15;
        if (!inside || near_edge) continue;
        ++seen;
        ASSERT_EQ(value(grid, static_cast<std::size_t>(pixel)),
                  std::floor(column) * 3 + std::floor(row))
            << pixel;
    }
    EXPECT_GT(seen, 100);
}

TEST_F(RasterReaderTest, NeverMixesNodataIntoValues) {
    RasterRecipe recipe;
    recipe.type = GDT_Float32;
    recipe.nodata = -9999;
    recipe.value = [](int, int column, int row) {
        return (column + row) % 5 == 0 ? -9999.0 : 100.0;
    };
    const SourceFile source = file("holes.tif", recipe);

    for (const Resampling method :
         {Resampling::bilinear, Resampling::cubic, Resampling::average, Resampling::nearest}) {
        const Grid grid = read(source, tile_over(700320, 3739680, 15), method);
        ASSERT_EQ(grid.coverage, Grid::Coverage::partial);
        std::size_t data = 0;
        for (std::size_t i = 0; i < grid.cells(); ++i) {
            if (grid.weight[i] <= 0) continue;
            ++data;
            ASSERT_NEAR(value(grid, i), 100, 1e-3) << to_text(method);
        }
        EXPECT_GT(data, 1000U);
    }
}

TEST_F(RasterReaderTest, TakesNaNForNoDataWithoutBeingTold) {
    RasterRecipe recipe;
    recipe.type = GDT_Float64;
    recipe.value = [](int, int column, int) {
        return column < 32 ? std::numeric_limits<double>::quiet_NaN() : 7.0;
    };
    const Grid grid =
        read(file("nan.tif", recipe), tile_over(700320, 3739680, 16), Resampling::bilinear);

    for (std::size_t i = 0; i < grid.cells(); ++i) {
        if (grid.weight[i] > 0) {
            ASSERT_EQ(value(grid, i), 7.0);
        }
    }
}

TEST_F(RasterReaderTest, IsEmptyOutsideAndWhereAllIsNodata) {
    RasterRecipe recipe;
    recipe.nodata = 1;
    const SourceFile source = file("void.tif", recipe);

    EXPECT_EQ(read(source, {10, 0, 0}).coverage, Grid::Coverage::none);
    EXPECT_EQ(read(source, tile_over(700320, 3739680, 16)).coverage, Grid::Coverage::none);
}

TEST_F(RasterReaderTest, JoinsNeighbouringTilesAsOnePicture) {
    RasterRecipe recipe;
    recipe.width = recipe.height = 256;
    recipe.type = GDT_Float32;
    recipe.value = [](int, int column, int row) { return std::sin(column / 9.0) * 50 + row; };
    recipe.overviews = {2, 4};
    const SourceFile source = file("seam.tif", recipe);

    for (const Resampling method : {Resampling::bilinear, Resampling::cubic, Resampling::average}) {
        const TileId::Numbers left = tile_over(701280, 3738720, 15);
        const MercatorBox a = geo::mercator_box_of(*TileId::make(left));
        const MercatorBox b = geo::mercator_box_of(
            *TileId::make({.zoom = left.zoom, .column = left.column + 1, .row = left.row}));
        const Grid west = read(source, left, method);
        const Grid east = read(source, {left.zoom, left.column + 1, left.row}, method);
        ReadRequest wide = request_for(left, method);
        wide.box = {a.left, a.bottom, b.right, a.top};
        wide.size = {512, 256};
        const auto both = reader_.read(source, wide);
        ASSERT_TRUE(both);
        for (std::size_t row = 0; row < 256; ++row) {
            for (const std::size_t column : {std::size_t{255}, std::size_t{256}}) {
                const Grid& part = column < 256 ? west : east;
                const std::size_t cell = row * 256 + column % 256;
                const std::size_t whole = row * 512 + column;
                // Two lattices over the same place differ by at most the transform's tolerance: 1/8
                // of a cell of this slope.
                ASSERT_NEAR(part.weight_at(cell), both->weight_at(whole), 0.05);
                if (part.weight_at(cell) > 0.5F) {
                    ASSERT_NEAR(value(part, cell), value(*both, whole), 1.0);
                }
            }
        }
    }
}

TEST_F(RasterReaderTest, HasNoSeamAtTheAntimeridianOfAWorldRaster) {
    RasterRecipe recipe;
    recipe.width = 360;
    recipe.height = 180;
    recipe.crs = "EPSG:4326";
    recipe.type = GDT_Float32;
    recipe.value = [](int, int, int row) { return row; };
    for (const double west : {-180.0, 0.0}) {
        recipe.transform = {west, 1, 0, 90, 0, -1};
        const SourceFile source =
            file("world" + std::to_string(static_cast<int>(west)) + ".tif", recipe);
        for (const TileId::Numbers tile : {TileId::Numbers{0, 0, 0},
                                           TileId::Numbers{3, 0, 3},
                                           TileId::Numbers{3, 7, 3},
                                           TileId::Numbers{3, 4, 3}}) {
            EXPECT_EQ(read(source, tile, Resampling::bilinear).coverage, Grid::Coverage::full)
                << west << ' ' << tile.zoom << ' ' << tile.column;
        }
    }
}

TEST_F(RasterReaderTest, ReducesRastersWithoutOverviews) {
    RasterRecipe recipe;
    recipe.width = recipe.height = 1024;
    recipe.value = [](int, int column, int row) { return (column + row) % 2 == 0 ? 0 : 200; };
    const Grid grid =
        read(file("bare.tif", recipe), tile_over(705000, 3735000, 10), Resampling::average);

    int data = 0;
    for (std::size_t i = 0; i < grid.cells(); ++i) {
        if (grid.weight_at(i) < 0.99F) continue;
        ++data;
        EXPECT_NEAR(value(grid, i), 100, 2);  // a checkerboard of 0 and 200 averages to 100
    }
    EXPECT_GT(data, 1000);
}

TEST_F(RasterReaderTest, SaysThatADamagedFileIsBroken) {
    RasterRecipe recipe;
    recipe.width = recipe.height = 512;
    recipe.tiled = true;
    const SourceFile whole = file("whole.tif", recipe);
    const std::string cut = (folder_.path() / "cut.tif").string();
    std::filesystem::copy(whole.name, cut);
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);

    const auto grid =
        reader_.read({cut, {"cut"}, Trust::workspace}, request_for(tile_over(702560, 3737440, 14)));

    ASSERT_FALSE(grid);
    EXPECT_EQ(grid.error().fault, Fault::source_broken);
    EXPECT_EQ(grid.error().what.find(folder_.path().string()), std::string::npos);
}

TEST_F(RasterReaderTest, StopsWhenTheDeadlineHasPassed) {
    const SourceFile source = file("late.tif", {});
    ReadRequest request = request_for(tile_over(700320, 3739680, 16));
    request.deadline = Deadline(Deadline::Clock::now() - std::chrono::seconds(1));

    EXPECT_EQ(reader_.read(source, request).error().fault, Fault::out_of_time);
}

TEST_F(RasterReaderTest, GivesTheSameCellsToManyThreadsWithinItsBudget) {
    RasterRecipe recipe;
    recipe.width = recipe.height = 512;
    recipe.tiled = true;
    recipe.value = [](int, int column, int row) { return (column * 7 + row * 13) % 251; };
    const SourceFile source = file("shared.tif", recipe);
    const RasterReader small{{.block_bytes = 64 << 10U, .open_files = 2}};
    const ReadRequest request = request_for(tile_over(702560, 3737440, 14), Resampling::bilinear);
    const auto expected = reader_.read(source, request);
    ASSERT_TRUE(expected);

    std::vector<std::thread> threads;
    threads.reserve(8);
    std::atomic<int> equal = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto grid = small.read(source, request);
            equal += grid && grid->bands == expected->bands ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(equal, 8);
    EXPECT_LE(small.memory_use().block_bytes, 64U << 10U);
    EXPECT_LE(small.memory_use().open_files, 2U);
}

TEST_F(RasterReaderTest, TellsTheRawValueAtAPlace) {
    RasterRecipe recipe;
    recipe.type = GDT_Int16;
    recipe.nodata = -1;
    recipe.value = [](int, int column, int row) { return column == 0 ? -1 : column * 100 + row; };
    const SourceFile source = file("point.tif", recipe);
    const auto at = [&](double easting, double northing) {
        const auto projector = geo::Projector::make("EPSG:32636", "OGC:CRS84");
        projector->forward({&easting, 1}, {&northing, 1});
        return *reader_.values_at(
            source, {.place = {easting, northing}, .bands = {1}, .nodata = {}, .deadline = {}});
    };

    EXPECT_EQ(at(700055, 3739925)[0], 507);
    EXPECT_EQ(at(700005, 3739925)[0], std::nullopt);
    EXPECT_EQ(at(699000, 3739925)[0], std::nullopt);
}

}  // namespace
}  // namespace relief::source
