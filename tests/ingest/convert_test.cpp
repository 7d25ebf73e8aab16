#include "tests/ingest/cog.hpp"
#include "tests/ingest/converting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <set>
#include <string>

namespace relief::ingest {
namespace {

TEST_F(Convert, WritesACloudOptimisedFileWithOverviewsAndBlocksOf256) {
    const auto raster = convert_raster(large());

    ASSERT_TRUE(raster);
    const Cog cog(target());
    ASSERT_TRUE(cog);
    EXPECT_EQ(cog.layout(), "COG");
    EXPECT_EQ(cog.block_side(), 256);
    // 700 → 350 → 175: until one block holds all.
    ASSERT_EQ(cog.band().GetOverviewCount(), 2);
    EXPECT_EQ(cog.band().GetOverview(1)->GetXSize(), 175);
}

TEST_F(Convert, KeepsEveryCell) {
    for (const auto type :
         {GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Int32, GDT_Float32, GDT_Float64}) {
        auto recipe = large(type);
        recipe.bands = 2;
        ASSERT_TRUE(convert_raster(recipe)) << GDALGetDataTypeName(type);

        const Cog before(file("source.tif"));
        const Cog after(target());
        EXPECT_EQ(after.band().GetRasterDataType(), type);
        EXPECT_EQ(after.cells(-1, 1), before.cells(-1, 1));
        EXPECT_EQ(after.cells(-1, 2), before.cells(-1, 2));
        std::filesystem::remove(target());
    }
}

/// Every third column of 600 is flooded.
testing::RasterRecipe stripes(double yes) {
    testing::RasterRecipe recipe;
    recipe.width = 600;
    recipe.height = 600;
    recipe.value = [yes](int, int column, int) { return column % 3 == 0 ? yes : 0; };
    return recipe;
}

TEST_F(Convert, MakesAMaskOfZeroAndOneOneOfFractionsThatSaysSo) {
    const auto raster = convert_raster(stripes(1));

    ASSERT_TRUE(raster);
    EXPECT_EQ(raster->kind, RasterKind::mask);
    const Cog cog(target());
    const auto cells = cog.cells();
    EXPECT_EQ(std::set<double>(cells.begin(), cells.end()), (std::set<double>{0, 65534}));
    EXPECT_DOUBLE_EQ(cog.band().GetScale(), 1.0 / 65534);
    EXPECT_DOUBLE_EQ(raster->bands[0].scale, 1.0 / 65534);
}

TEST_F(Convert, OverviewsOfAMaskHoldTheCoveredFraction) {
    ASSERT_TRUE(convert_raster(stripes(1)));

    const Cog cog(target());
    ASSERT_GE(cog.band().GetOverviewCount(), 2);
    EXPECT_NEAR(cog.mean(0) / 65534, 1.0 / 3, 1e-4);
    EXPECT_NEAR(cog.mean(1) / 65534, 1.0 / 3, 1e-4);
}

TEST_F(Convert, NoOverviewOfAMaskLosesASmallPlace) {
    testing::RasterRecipe recipe;
    recipe.width = 4096;
    recipe.height = 4096;
    recipe.value = [](int, int column, int row) {
        return column / 3 == 700 && row / 3 == 500 ? 1 : 0;
    };

    ASSERT_TRUE(convert_raster(recipe));

    const Cog cog(target());
    const auto coarsest = cog.cells(cog.band().GetOverviewCount() - 1);
    EXPECT_GT(*std::max_element(coarsest.begin(), coarsest.end()), 0);
}

TEST_F(Convert, OverviewsOfAMaskWithNoDataHoldTheCoveredFractionOfTheRest) {
    auto recipe = stripes(1);
    recipe.nodata = 255;
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the recipe's signature
    recipe.value = [](int, int column, int row) {
        if (row < 300) return 255.0;
        return column % 3 == 0 ? 1.0 : 0.0;
    };

    const auto raster = convert_raster(recipe);

    ASSERT_TRUE(raster);
    ASSERT_EQ(raster->kind, RasterKind::mask);
    EXPECT_NEAR(raster->bands[0].statistics->valid_percent, 50, 0.01);
    const Cog cog(target());
    int has_nodata = 0;
    EXPECT_EQ(cog.band().GetNoDataValue(&has_nodata), 65535);
    const auto overview = cog.cells(0);
    double sum = 0;
    double count = 0;
    for (const double cell : overview) {
        if (cell == 65535) continue;
        sum += cell * cog.band().GetScale();
        ++count;
    }
    EXPECT_NEAR(count / static_cast<double>(overview.size()), 0.5, 0.01);
    EXPECT_NEAR(sum / count, 1.0 / 3, 0.01);
}

TEST_F(Convert, LeavesAMaskThatSays255AsItIs) {
    const auto raster = convert_raster(stripes(255), RasterKind::mask);

    ASSERT_TRUE(raster);
    EXPECT_EQ(Cog(target()).cells(), Cog(file("source.tif")).cells());
    EXPECT_EQ(raster->bands[0].scale, 1);
}

TEST_F(Convert, ThinsClassesByModeNeverInventingOne) {
    testing::RasterRecipe recipe;
    recipe.width = 600;
    recipe.height = 600;
    recipe.value = [](int, int column, int row) {
        return (column / 5 + row / 5) % 2 == 0 ? 10 : 40;
    };

    const auto raster = convert_raster(recipe, RasterKind::categorical);

    ASSERT_TRUE(raster);
    EXPECT_EQ(raster->kind, RasterKind::categorical);
    const Cog cog(target());
    const auto cells = cog.cells(0);
    EXPECT_EQ(std::set<double>(cells.begin(), cells.end()), (std::set<double>{10, 40}));
}

TEST_F(Convert, AveragesQuantities) {
    auto recipe = large(GDT_Float32);
    recipe.value = [](int, int column, int) { return column % 2 == 0 ? 10 : 40; };

    ASSERT_TRUE(convert_raster(recipe, RasterKind::continuous));

    EXPECT_NEAR(Cog(target()).mean(0), 25, 0.01);
    EXPECT_NEAR(Cog(target()).cells(0)[0], 25, 0.01);
}

TEST_F(Convert, KeepsANoDataOfNaNAndLeavesItOutOfMeans) {
    auto recipe = large(GDT_Float32);
    recipe.nodata = std::numeric_limits<double>::quiet_NaN();
    recipe.value = [](int, int column, int) {
        return column < 350 ? std::numeric_limits<double>::quiet_NaN() : 8;
    };

    const auto raster = convert_raster(recipe);

    ASSERT_TRUE(raster);
    ASSERT_TRUE(raster->bands[0].nodata);
    EXPECT_TRUE(std::isnan(*raster->bands[0].nodata));
    EXPECT_EQ(raster->bands[0].statistics->minimum, 8);
    EXPECT_EQ(raster->bands[0].statistics->mean, 8);
    EXPECT_NEAR(raster->bands[0].statistics->valid_percent, 50, 0.01);
    EXPECT_FALSE(raster->bands[0].statistics->approximate);
    const auto cells = Cog(target()).cells(0);
    EXPECT_TRUE(std::isnan(cells.front()));
    EXPECT_EQ(cells.back(), 8);
}

TEST_F(Convert, OfNothingButNoDataSucceedsAndKnowsNoStatistics) {
    auto recipe = large();
    recipe.nodata = 3;
    recipe.value = [](int, int, int) { return 3; };

    const auto raster = convert_raster(recipe);

    ASSERT_TRUE(raster);
    EXPECT_FALSE(raster->bands[0].statistics);
}

TEST_F(Convert, KeepsARotatedGrid) {
    auto recipe = large();
    // 10 m cells turned by 30°: cos 30° = 0.8660, sin 30° = 0.5.
    recipe.transform = {700000, 8.660254, 5, 3740000, 5, -8.660254};

    const auto raster = convert_raster(recipe);

    ASSERT_TRUE(raster);
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(raster->transform[i], recipe.transform[i], 1e-6) << i;
}

TEST_F(Convert, KeepsDataOverTheAntimeridianTogether) {
    testing::RasterRecipe recipe;
    recipe.crs = "EPSG:32760";  // UTM zone 60S ends at 180°
    recipe.transform = {790000, 1000, 0, 8100000, 0, -1000};

    const auto raster = convert_raster(recipe);

    ASSERT_TRUE(raster);
    EXPECT_GT(raster->bounds.west, 179);
    EXPECT_LT(raster->bounds.east, -179);
    EXPECT_LT(raster->bounds.south, raster->bounds.north);
}

TEST_F(Convert, TakesHeightsByTheFilesOwnName) {
    auto recipe = large(GDT_Float32);
    const auto named = testing::write_raster(folder(), "Valley_DEM.tif", recipe);

    EXPECT_EQ(convert_file(named)->kind, RasterKind::elevation);
    EXPECT_EQ(convert_raster(recipe)->kind, RasterKind::continuous);
}

TEST_F(Convert, StopsWhenTold) {
    const auto source = testing::write_raster(folder(), "source.tif", large());

    const auto raster =
        convert({source, target(), {}, "source", [](double share) { return share < 0.3; }});

    EXPECT_FALSE(raster);
}

TEST_F(Convert, ToldSharesGrowFromZeroToOne) {
    const auto source = testing::write_raster(folder(), "source.tif", large());
    double last = 0;
    bool growing = true;

    ASSERT_TRUE(convert({source, target(), {}, "source", [&](double share) {
                             growing = growing && share >= last - 1e-9;
                             last = share;
                             return true;
                         }}));

    EXPECT_TRUE(growing);
    EXPECT_NEAR(last, 1, 1e-9);
}

}  // namespace
}  // namespace relief::ingest
