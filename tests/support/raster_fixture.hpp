#pragma once
// Small GeoTIFFs made for one test, in a folder that goes with it.

#include "tests/support/temporary_folder.hpp"

#include <gdal_frmts.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::testing {

struct RasterRecipe {
    int width = 64;
    int height = 64;
    int bands = 1;
    GDALDataType type = GDT_Byte;
    std::string crs = "EPSG:32636";
    std::array<double, 6> transform{700000, 10, 0, 3740000, 0, -10};
    std::optional<double> nodata;
    std::vector<int> overviews;
    bool tiled = false;
    bool alpha = false;               ///< the last band is opacity
    std::vector<std::string> titles;  ///< of the bands
    /// Value of a cell: band (from 1), column, row.
    std::function<double(int, int, int)> value = [](int, int, int) { return 1.0; };
};

/// False when a row cannot be written.
inline bool write_band(GDALDataset& dataset, int number, const RasterRecipe& recipe) {
    GDALRasterBand* target = dataset.GetRasterBand(number);
    const auto index = static_cast<std::size_t>(number) - 1;
    if (recipe.alpha && number == recipe.bands) target->SetColorInterpretation(GCI_AlphaBand);
    if (index < recipe.titles.size()) target->SetDescription(recipe.titles[index].c_str());
    if (recipe.nodata) target->SetNoDataValue(*recipe.nodata);
    std::vector<double> line(static_cast<std::size_t>(recipe.width));
    for (int row = 0; row < recipe.height; ++row) {
        for (int column = 0; column < recipe.width; ++column)
            line[static_cast<std::size_t>(column)] = recipe.value(number, column, row);
        if (target->RasterIO(GF_Write,
                             0,
                             row,
                             recipe.width,
                             1,
                             line.data(),
                             recipe.width,
                             1,
                             GDT_Float64,
                             0,
                             0,
                             nullptr) != CE_None)
            return false;
    }
    return true;
}

/// Writes the recipe as `name` into the folder and gives the path.
inline std::string write_raster(const TemporaryFolder& folder,
                                const std::string& name,
                                const RasterRecipe& recipe) {
    // No other driver: what the program lacks must not come from its tests.
    GDALRegister_GTiff();
    std::string path = (folder.path() / name).string();
    char** options = nullptr;
    if (recipe.tiled) {
        for (const char* option : {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"})
            options = CSLAddString(options, option);
    }
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const std::unique_ptr<GDALDataset> dataset(driver->Create(
        path.c_str(), recipe.width, recipe.height, recipe.bands, recipe.type, options));
    CSLDestroy(options);
    OGRSpatialReference crs;
    crs.SetFromUserInput(recipe.crs.c_str());
    dataset->SetSpatialRef(&crs);
    std::array<double, 6> transform = recipe.transform;
    dataset->SetGeoTransform(transform.data());
    for (int band = 1; band <= recipe.bands; ++band) {
        if (!write_band(*dataset, band, recipe)) return {};
    }
    if (!recipe.overviews.empty()) {
        std::vector<int> factors = recipe.overviews;
        dataset->BuildOverviews("AVERAGE",
                                static_cast<int>(factors.size()),
                                factors.data(),
                                0,
                                nullptr,
                                nullptr,
                                nullptr);
    }
    return path;
}

}  // namespace relief::testing
