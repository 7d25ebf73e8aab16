#pragma once
// Small GRIB2 files of several messages, made for one test.

#include "tests/support/temporary_folder.hpp"

#include <gdal_frmts.h>
#include <gdal_priv.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace relief::testing {

/// One forecast field of the run of 2024-01-01T00:00Z.
/// Source: WMO 306, code tables 4.1 and 4.2: category 0, number 0 is temperature (TMP); category 1,
/// number 1 is relative humidity (RH), number 8 total precipitation (APCP). Surface 100 is one of
/// equal pressure.
struct GribMessage {
    int category = 0;
    int number = 0;
    int hours = 0;     ///< after the run
    int pascals = 0;   ///< of its level
    double value = 0;  ///< of the first cell; each further one is one more
    int lasting = 0;   ///< hours that it is summed over, from `hours` on; 0: of a point in time
};

/// GDAL's words for product definition template 4.0, an analysis or forecast at a point in time, or
/// 4.8, a sum over a continuous interval, whose end follows the surfaces.
inline std::string product_of(const GribMessage& message) {
    const int end = message.hours + message.lasting;
    const std::string interval = " 2024 1 " + std::to_string(1 + end / 24) + " " +
                                 std::to_string(end % 24) + " 0 0 1 0 1 2 1 " +
                                 std::to_string(message.lasting) + " 255 0";
    return std::to_string(message.category) + " " + std::to_string(message.number) +
           " 2 0 96 0 0 1 " + std::to_string(message.hours) + " 100 0 " +
           std::to_string(message.pascals) + " 255 0 0" + (message.lasting > 0 ? interval : "");
}

inline char** grib_options(const std::vector<GribMessage>& messages) {
    char** options = CSLAddString(nullptr, "DATA_ENCODING=IEEE_FLOATING_POINT");
    options = CSLAddString(options, "IDS_REF_TIME=2024-01-01T00:00:00Z");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string band = "BAND_" + std::to_string(i + 1) + "_";
        const char* product = messages[i].lasting > 0 ? "PDS_PDTN=8" : "PDS_PDTN=0";
        options = CSLAddString(options, (band + product).c_str());
        options = CSLAddString(
            options, (band + "PDS_TEMPLATE_ASSEMBLED_VALUES=" + product_of(messages[i])).c_str());
    }
    return options;
}

/// 8 x 6 cells of half a degree from 8 E, 46.5 N; gives the path.
inline std::string write_grib(const TemporaryFolder& folder,
                              const std::string& name,
                              const std::vector<GribMessage>& messages) {
    constexpr int width = 8;
    constexpr int height = 6;
    GDALRegister_MEM();
    GDALRegister_GRIB();
    GDALDriverManager* drivers = GetGDALDriverManager();
    const std::unique_ptr<GDALDataset> fields(drivers->GetDriverByName("MEM")->Create(
        "", width, height, static_cast<int>(messages.size()), GDT_Float32, nullptr));
    std::array<double, 6> transform{8, 0.5, 0, 46.5, 0, -0.5};
    fields->SetGeoTransform(transform.data());
    OGRSpatialReference crs;
    crs.SetFromUserInput("EPSG:4326");
    fields->SetSpatialRef(&crs);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        std::array<double, std::size_t{width} * height> cells{};
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            cells[cell] = messages[i].value + static_cast<double>(cell);
        if (fields->GetRasterBand(static_cast<int>(i) + 1)
                ->RasterIO(GF_Write,
                           0,
                           0,
                           width,
                           height,
                           cells.data(),
                           width,
                           height,
                           GDT_Float64,
                           0,
                           0,
                           nullptr) != CE_None)
            return {};
    }
    std::string path = (folder.path() / name).string();
    char** options = grib_options(messages);
    const std::unique_ptr<GDALDataset> written(drivers->GetDriverByName("GRIB")->CreateCopy(
        path.c_str(), fields.get(), 0, options, nullptr, nullptr));
    CSLDestroy(options);
    return written ? path : std::string();
}

}  // namespace relief::testing
