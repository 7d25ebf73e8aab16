// A file of which one block cannot be decoded.

#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/raster_reader.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

namespace relief::source {
namespace {

using PlainDataset = std::unique_ptr<GDALDataset>;

class DamagedBlocks : public ::testing::Test {
protected:
    static void SetUpTestSuite() { start_gdal(); }

    /// 512 × 512 cells of noise in compressed blocks of 256, with one overview of 256 × 256.
    std::string compressed() const {
        testing::RasterRecipe recipe;
        recipe.width = 512;
        recipe.height = 512;
        recipe.value = [](int, int column, int row) {
            return (column * 7919 + row * 104729) % 251;
        };
        const PlainDataset plain(GDALDataset::Open(
            testing::write_raster(folder_, "plain.tif", recipe).c_str(), GDAL_OF_RASTER));
        std::string file = (folder_.path() / "compressed.tif").string();
        std::array<const char*, 5> options{
            "TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", nullptr};
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
        const PlainDataset copy(
            driver->CreateCopy(file.c_str(),
                               plain.get(),
                               0,
                               const_cast<char**>(options.data()),  // NOLINT: GDAL's
                               nullptr,
                               nullptr));
        std::array<int, 1> factors{2};
        EXPECT_EQ(copy->BuildOverviews("AVERAGE", 1, factors.data(), 0, nullptr, nullptr, nullptr),
                  CE_None);
        return file;
    }
    /// Overwrites the first block of the full resolution, or of the overview.
    static void damage(const std::string& file, bool overview) {
        std::uint64_t offset = 0;
        {
            const PlainDataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
            GDALRasterBand* band = dataset->GetRasterBand(1);
            if (overview) band = band->GetOverview(0);
            offset = std::stoull(band->GetMetadataItem("BLOCK_OFFSET_0_0", "TIFF"));
        }
        std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
        bytes.seekp(static_cast<std::streamoff>(offset));
        bytes << std::string(64, '\xAA');
    }
    /// The north-west quarter, at the full resolution.
    Result<Grid> read(const std::string& file) const {
        ReadRequest request;
        request.box = geo::mercator_box_of(geo::tile_at({35.17, 33.77}, 17));
        request.size = {256, 256};
        request.bands = {1};
        return reader_.read({file, {file}, Trust::workspace}, request);
    }

    testing::TemporaryFolder folder_;
    RasterReader reader_{{}};
};

TEST_F(DamagedBlocks, AreReadFromTheNextOverview) {
    const std::string file = compressed();
    damage(file, false);

    const auto grid = read(file);

    ASSERT_TRUE(grid) << grid.error().what;
    EXPECT_TRUE(grid->coarser);
    EXPECT_EQ(grid->coverage, Grid::Coverage::full);
}

TEST_F(DamagedBlocks, WithoutAWholeOverviewAreAnError) {
    const std::string file = compressed();
    damage(file, false);
    damage(file, true);

    const auto grid = read(file);

    ASSERT_FALSE(grid);
    EXPECT_EQ(grid.error().fault, Fault::source_broken);
}

TEST_F(DamagedBlocks, AreDescribedByTheNextOverview) {
    const std::string file = compressed();
    damage(file, false);

    const auto raster = describe({file, {file}, Trust::operated}, {});

    ASSERT_TRUE(raster) << raster.error().what;
    ASSERT_TRUE(raster->bands[0].statistics);
    EXPECT_TRUE(raster->bands[0].statistics->approximate);
    EXPECT_NEAR(raster->bands[0].statistics->mean, 125, 5) << "remainders of 251, all as frequent";
    EXPECT_FALSE(describe({file, {file}, Trust::operated},
                          {.effort = StatisticsEffort::exact, .progress = {}}))
        << "what is to be added must be whole";
    damage(file, true);
    EXPECT_FALSE(describe({file, {file}, Trust::operated}, {}));
}

TEST_F(DamagedBlocks, ElsewhereCostNothing) {
    const std::string file = compressed();
    damage(file, true);

    const auto grid = read(file);

    ASSERT_TRUE(grid);
    EXPECT_FALSE(grid->coarser);
}

}  // namespace
}  // namespace relief::source
