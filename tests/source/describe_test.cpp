#include "tiler/source/describe.hpp"

#include "tests/support/raster_fixture.hpp"
#include "tiler/source/band_statistics.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace relief::source {
namespace {

using relief::testing::RasterRecipe;

class DescribeTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { start_gdal(); }
    Result<RasterDescription> described(const RasterRecipe& recipe) const {
        return describe(
            {relief::testing::write_raster(folder_, "a.tif", recipe), {"a"}, Trust::workspace},
            {.effort = StatisticsEffort::exact, .progress = {}});
    }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(DescribeTest, CountsEveryCellButNodata) {
    RasterRecipe recipe;
    recipe.type = GDT_UInt16;
    recipe.nodata = 65535;
    recipe.value = [](int, int column, int row) { return row == 0 ? 65535 : column * 10; };

    const auto raster = described(recipe);

    ASSERT_TRUE(raster);
    const BandStatistics& band = *raster->bands[0].statistics;
    EXPECT_EQ(band.minimum, 0);
    EXPECT_EQ(band.maximum, 630);
    EXPECT_NEAR(band.mean, 315, 1e-9);
    EXPECT_NEAR(band.valid_percent, 100 * 63.0 / 64, 1e-9);
    EXPECT_EQ(band.percentiles[50], 310);
    EXPECT_FALSE(band.approximate);
}

TEST_F(DescribeTest, TellsWhereARasterLiesAndHowDeepItGoes) {
    const auto raster = described({});

    ASSERT_TRUE(raster);
    EXPECT_EQ(raster->crs, "EPSG:32636");
    EXPECT_NEAR(raster->bounds.west, 35.16, 0.02);
    EXPECT_EQ(raster->maximum_zoom, 14U);
    EXPECT_LE(raster->minimum_zoom, raster->maximum_zoom);
}

TEST_F(DescribeTest, KnowsAYesNoRasterForAMask) {
    RasterRecipe recipe;
    recipe.value = [](int, int column, int) { return column % 7 == 0 ? 1 : 0; };
    EXPECT_EQ(described(recipe)->kind, RasterKind::mask);

    recipe.value = [](int, int column, int) { return column; };
    EXPECT_NE(described(recipe)->kind, RasterKind::mask);
}

TEST_F(DescribeTest, RefusesInPlainWords) {
    RasterRecipe complex;
    complex.type = GDT_CInt16;
    EXPECT_NE(described(complex).error().what.find("complex"), std::string::npos);

    RasterRecipe nowhere;
    nowhere.crs = "LOCAL_CS[\"x\"]";
    EXPECT_NE(described(nowhere).error().what.find("CRS"), std::string::npos);

    const std::string path = (folder_.path() / "b.tif").string();
    std::ofstream(path) << "II*";
    EXPECT_EQ(describe({path, {"b"}, Trust::workspace}, {}).error().fault, Fault::source_broken);
}

TEST(StatisticsCollector, FindsPercentilesOfAnyRangeInOnePass) {
    StatisticsCollector collector(ValueType::f64);
    for (int i = 0; i <= 100000; ++i) collector.add((i * 7919 % 100001) * 1e6 - 3e10);

    const auto band = collector.result(false);

    ASSERT_TRUE(band);
    EXPECT_EQ(band->minimum, -3e10);
    EXPECT_EQ(band->maximum, 7e10);
    EXPECT_NEAR(band->percentiles[2], -2.8e10, 1e8);
    EXPECT_NEAR(band->percentiles[98], 6.8e10, 1e8);
    std::uint64_t total = 0;
    for (const auto count : band->counts) total += count;
    EXPECT_EQ(total, 100001U);
}

TEST(StatisticsCollector, HasNothingToSayOfNoData) {
    StatisticsCollector collector(ValueType::u8);
    collector.skip();

    EXPECT_FALSE(collector.result(false));
}

}  // namespace
}  // namespace relief::source
