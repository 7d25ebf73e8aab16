#pragma once
// Rasters converted in a folder of the test.

#include "tests/support/raster_fixture.hpp"
#include "tiler/ingest/convert.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

namespace relief::ingest {

class Convert : public ::testing::Test {
protected:
    Convert() { source::start_gdal(); }

    Result<RasterDescription> convert_file(const std::string& source,
                                           std::optional<RasterKind> kind = {}) const {
        return convert(
            {source, target(), kind, std::filesystem::path(source).stem().string(), [](double) {
                 return true;
             }});
    }
    Result<RasterDescription> convert_raster(const testing::RasterRecipe& recipe,
                                             std::optional<RasterKind> kind = {}) const {
        return convert_file(testing::write_raster(folder_, "source.tif", recipe), kind);
    }
    std::string target() const { return (folder_.path() / "target.tif").string(); }
    std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }

private:
    testing::TemporaryFolder folder_;
};

inline testing::RasterRecipe large(GDALDataType type = GDT_Byte) {
    testing::RasterRecipe recipe;
    recipe.width = 700;
    recipe.height = 600;
    recipe.type = type;
    recipe.value = [](int band, int column, int row) { return (column + row * band) % 251; };
    return recipe;
}

}  // namespace relief::ingest
