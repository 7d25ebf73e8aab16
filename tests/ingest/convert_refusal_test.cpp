// What `convert` refuses.

#include "tests/ingest/converting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace relief::ingest {
namespace {

using ::testing::HasSubstr;

TEST_F(Convert, RefusesComplexNumbers) {
    testing::RasterRecipe recipe;
    recipe.type = GDT_CFloat32;

    EXPECT_THAT(convert_raster(recipe).error().what, HasSubstr("complex"));
}

TEST_F(Convert, RefusesARasterWithoutACoordinateReferenceSystem) {
    testing::RasterRecipe recipe;
    recipe.crs = "";

    EXPECT_THAT(convert_raster(recipe).error().what, HasSubstr("coordinate reference system"));
}

TEST_F(Convert, RefusesATruncatedFile) {
    auto recipe = large();
    recipe.tiled = true;
    const auto source = testing::write_raster(folder(), "source.tif", recipe);
    std::filesystem::resize_file(source, std::filesystem::file_size(source) / 2);

    const auto raster = convert_file(source);

    ASSERT_FALSE(raster);
    EXPECT_EQ(raster.error().fault, Fault::source_broken);
    EXPECT_FALSE(raster.error().what.empty());
}

TEST_F(Convert, RefusesWhatIsNoRaster) {
    for (const char* content : {"", "II*", "<xml>no raster</xml>", "P5 9 9 255"}) {
        std::ofstream(file("source.tif"), std::ios::binary | std::ios::trunc) << content;

        const auto raster = convert_file(file("source.tif"));

        ASSERT_FALSE(raster) << content;
        EXPECT_EQ(raster.error().fault, Fault::source_broken);
    }
}

/// A header that promises what nobody could hold.
TEST_F(Convert, RefusesAFileThatPromisesMoreThanItHolds) {
    std::ofstream(file("huge.vrt"))
        << R"(<VRTDataset rasterXSize="2000000000" rasterYSize="2000000000">
              <SRS>EPSG:4326</SRS><GeoTransform>0,1e-9,0,0,0,-1e-9</GeoTransform>
              <VRTRasterBand dataType="Float64" band="1"/></VRTDataset>)";

    EXPECT_FALSE(convert_file(file("huge.vrt"))) << "VRT may name any file of the machine";
}

}  // namespace
}  // namespace relief::ingest
