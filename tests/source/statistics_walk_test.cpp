#include "tiler/source/statistics_walk.hpp"

#include "tests/support/raster_fixture.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace relief::source {
namespace {

std::vector<RasterLevel> one_level(PixelSize size, PixelSize block) {
    RasterLevel level{};
    level.size = size;
    level.block = block;
    return {level};
}

/// How many cells are read of a level.
double cells_read(const Sampling& sampling, PixelSize size) {
    const auto count = [](int length, int patch, int one_in) {
        return std::ceil(std::ceil(static_cast<double>(length) / patch) / one_in);
    };
    return count(size.width, sampling.patch.width, sampling.one_column_in) *
           count(size.height, sampling.patch.height, sampling.one_row_in) *
           std::min(sampling.patch.width, size.width) *
           std::min(sampling.patch.height, size.height);
}

TEST(Sampling, TakesEveryCellOfARasterThatIsSoonRead) {
    const Sampling sampling =
        sampling_of(one_level({5000, 5000}, {256, 256}), StatisticsEffort::sampled);

    EXPECT_EQ(sampling.one_row_in, 1);
    EXPECT_EQ(sampling.one_column_in, 1);
    EXPECT_FALSE(sampling.approximate);
}

TEST(Sampling, ReadsBoundedManyCellsOfARasterOfAnySize) {
    for (const PixelSize size : {PixelSize{20'000, 20'000},
                                 PixelSize{1'000'000, 1'000'000},
                                 PixelSize{2'000'000'000, 2'000'000'000},
                                 PixelSize{2'000'000'000, 1},
                                 PixelSize{1, 2'000'000'000}}) {
        for (const auto effort : {StatisticsEffort::sampled, StatisticsEffort::sparing}) {
            const Sampling sampling = sampling_of(one_level(size, {128, 128}), effort);

            EXPECT_TRUE(sampling.approximate) << size.width << " × " << size.height;
            EXPECT_LE(cells_read(sampling, size), 80e6) << size.width << " × " << size.height;
            EXPECT_LE(sampling.patch.width * static_cast<double>(sampling.patch.height), 1 << 24);
        }
    }
}

TEST(Sampling, LooksAtSeveralRowsBeforeItLeavesOutColumns) {
    const PixelSize size{1'000'000, 1'000'000};

    const Sampling sampling = sampling_of(one_level(size, {128, 128}), StatisticsEffort::sampled);

    const int rows = 1 + (size.height - 1) / sampling.patch.height;
    EXPECT_GE(rows / sampling.one_row_in, 10);
    EXPECT_GT(sampling.one_column_in, 1);
}

TEST(Sampling, TakesAnOverviewThatIsLargeEnough) {
    auto levels = one_level({40'000, 40'000}, {256, 256});
    for (const int side : {20'000, 10'000, 1'200, 600}) {
        levels.push_back(levels.front());
        levels.back().size = {side, side};
    }

    const Sampling sampling = sampling_of(levels, StatisticsEffort::sampled);

    EXPECT_EQ(sampling.level, 3);
    EXPECT_EQ(sampling.one_row_in, 1);
    EXPECT_TRUE(sampling.approximate);
}

TEST(Sampling, OfAnExactOneLeavesNothingOut) {
    const Sampling sampling =
        sampling_of(one_level({100'000, 100'000}, {256, 256}), StatisticsEffort::exact);

    EXPECT_EQ(sampling.one_row_in, 1);
    EXPECT_EQ(sampling.one_column_in, 1);
    EXPECT_FALSE(sampling.approximate);
}

/// Wider than a patch: each cell is counted once.
TEST(StatisticsWalk, CountsEveryCellOfAWideRasterOnce) {
    start_gdal();
    const relief::testing::TemporaryFolder folder;
    relief::testing::RasterRecipe recipe;
    recipe.type = GDT_UInt16;
    recipe.width = 40'000;
    recipe.height = 3;
    recipe.transform = {300000, 10, 0, 3740000, 0, -10};
    recipe.value = [](int, int column, int) { return column; };
    const auto file = relief::testing::write_raster(folder, "wide.tif", recipe);
    const auto raster = OpenRaster::open({file, {"a"}, Trust::workspace});
    ASSERT_TRUE(raster);
    const std::vector<int> bands{1};
    const DescribeOptions options{.effort = StatisticsEffort::exact, .progress = {}};

    StatisticsWalk walk(**raster, bands, options);

    ASSERT_TRUE(walk.run());
    EXPECT_EQ(walk.distinct(), 40'000U);
    EXPECT_EQ(walk.result(0)->maximum, 39'999);
    EXPECT_NEAR(walk.result(0)->mean, 19'999.5, 1e-6);
    EXPECT_EQ(walk.result(0)->valid_percent, 100);
}

}  // namespace
}  // namespace relief::source
