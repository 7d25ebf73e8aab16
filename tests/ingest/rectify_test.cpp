// Rasters that lie where ground control points say.

#include "tests/ingest/cog.hpp"
#include "tests/ingest/converting.hpp"
#include "tiler/source/describe.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace relief::ingest {
namespace {

using ::testing::HasSubstr;

class Rectify : public Convert {
protected:
    /// A raster without a geotransform and with `side` × `side` points of the plane that
    /// 10 m cells from 700000, 3740000 lie in.
    std::string with_points(int side) const {
        testing::RasterRecipe recipe = large();
        std::string path = testing::write_raster(folder(), "plain.tif", recipe);
        const std::unique_ptr<GDALDataset> plain(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
        path = file("points.tif");
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
        const std::unique_ptr<GDALDataset> dataset(
            driver->Create(path.c_str(), recipe.width, recipe.height, 1, GDT_Byte, nullptr));
        std::vector<std::uint8_t> cells(static_cast<std::size_t>(recipe.width * recipe.height));
        for (const auto access : {GF_Read, GF_Write}) {
            auto& from = access == GF_Read ? *plain : *dataset;
            EXPECT_EQ(from.GetRasterBand(1)->RasterIO(access,
                                                      0,
                                                      0,
                                                      recipe.width,
                                                      recipe.height,
                                                      cells.data(),
                                                      recipe.width,
                                                      recipe.height,
                                                      GDT_Byte,
                                                      0,
                                                      0,
                                                      nullptr),
                      CE_None);
        }
        std::vector<GDAL_GCP> points(static_cast<std::size_t>(side * side));
        GDALInitGCPs(side * side, points.data());
        for (int i = 0; i < side * side; ++i) {
            GDAL_GCP& point = points[static_cast<std::size_t>(i)];
            point.dfGCPPixel = (i % side) * recipe.width / (side - 1.0);
            point.dfGCPLine = (i / side) * recipe.height / (side - 1.0);
            point.dfGCPX = 700000 + 10 * point.dfGCPPixel;
            point.dfGCPY = 3740000 - 10 * point.dfGCPLine;
        }
        OGRSpatialReference crs;
        crs.importFromEPSG(32636);
        dataset->SetGCPs(side * side, points.data(), &crs);
        GDALDeinitGCPs(side * side, points.data());
        return path;
    }
};

TEST_F(Rectify, PutsTheRasterWhereItsPointsSay) {
    for (const int side : {2, 4}) {  // polynomial, splines
        const auto raster = convert_file(with_points(side));

        ASSERT_TRUE(raster) << raster.error().what << raster.error().detail;
        EXPECT_EQ(raster->crs, "EPSG:32636");
        EXPECT_NEAR(raster->transform[0], 700000, 5);
        EXPECT_NEAR(raster->transform[3], 3740000, 5);
        EXPECT_NEAR(raster->transform[1], 10, 0.1);
        EXPECT_NEAR(raster->size.width, 700, 2);
        const Cog cog(target());
        EXPECT_NEAR(cog.cells()[0], 0, 2) << "column + row of the corner";
        std::filesystem::remove(target());
    }
}

TEST_F(Rectify, CellsOutsideTheRasterAreNoData) {
    const auto raster = convert_file(with_points(2));

    ASSERT_TRUE(raster);
    EXPECT_TRUE(raster->has_mask);
}

TEST_F(Rectify, ARasterThatLiesNowhereIsRefused) {
    testing::RasterRecipe recipe;
    recipe.crs = "";

    EXPECT_FALSE(convert_raster(recipe));
}

TEST_F(Rectify, ServedInPlaceItSaysWhatToDo) {
    const auto raster = source::describe({with_points(4), {"points"}, source::Trust::operated}, {});

    ASSERT_FALSE(raster);
    EXPECT_THAT(raster.error().what, HasSubstr("relief add"));
}

}  // namespace
}  // namespace relief::ingest
