#include "tiler/source/gdal_runtime.hpp"

#include "tiler/source/remote_files.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace relief::source {
namespace {

constexpr std::array<const char*, 2> workspace_drivers{"GTiff", nullptr};
constexpr std::array<const char*, 12> operated_drivers{"GTiff",
                                                       "JP2OpenJPEG",
                                                       "netCDF",
                                                       "GRIB",
                                                       "HDF4",
                                                       "HDF4Image",
                                                       "HDF5",
                                                       "HDF5Image",
                                                       "PNG",
                                                       "JPEG",
                                                       "GPKG",
                                                       nullptr};
constexpr std::array<const char*, 2> own_view_drivers{"VRT", nullptr};
constexpr std::array<const char*, 12> feature_driver_names{"GPKG",
                                                           "ESRI Shapefile",
                                                           "FlatGeobuf",
                                                           "GeoJSON",
                                                           "GeoJSONSeq",
                                                           "TopoJSON",
                                                           "KML",
                                                           "GPX",
                                                           "OSM",
                                                           "OpenFileGDB",
                                                           "CSV",
                                                           nullptr};
// MEM and COG are for conversion: no file is opened by them; by VRT only one that it wrote.
// Reads what KML does too, with other attributes: it is for KMZ alone.
constexpr std::array<const char*, 2> zipped_kml_drivers{"LIBKML", nullptr};
constexpr std::array<std::string_view, 14> registered{"GTiff",
                                                      "LIBKML",
                                                      "COG",
                                                      "JP2OpenJPEG",
                                                      "netCDF",
                                                      "GRIB",
                                                      "HDF4",
                                                      "HDF4Image",
                                                      "HDF5",
                                                      "HDF5Image",
                                                      "PNG",
                                                      "JPEG",
                                                      "MEM",
                                                      "VRT"};

bool is_wanted(std::string_view name) {
    const auto is_name = [&](const char* one) { return one != nullptr && name == one; };
    return std::find(registered.begin(), registered.end(), name) != registered.end() ||
           std::any_of(feature_driver_names.begin(), feature_driver_names.end(), is_name);
}

void drop_other_drivers() {
    GDALDriverManager* manager = GetGDALDriverManager();
    std::vector<GDALDriver*> unwanted;
    for (int i = 0; i < manager->GetDriverCount(); ++i) {
        GDALDriver* driver = manager->GetDriver(i);
        if (!is_wanted(driver->GetDescription())) unwanted.push_back(driver);
    }
    for (GDALDriver* driver : unwanted) {
        manager->DeregisterDriver(driver);
        GDALDestroyDriver(driver);
    }
}

struct Option {
    const char* name;
    const char* value;
};

// Our own block cache holds what is used again; GDAL's keeps only the bands of pixel-interleaved
// blocks between two calls. The rest closes doors: see the GDAL security page.
constexpr std::array<Option, 9> settings{{{"GDAL_CACHEMAX", "64"},
                                          {"GDAL_NUM_THREADS", "1"},
                                          {"GDAL_VRT_ENABLE_PYTHON", "NO"},
                                          {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"},
                                          {"CPL_VSIL_CURL_HEADER_FILE_KVP_ENABLED", "NO"},
                                          {"GTIFF_IGNORE_READ_ERRORS", "NO"},
                                          {"OGR_SQLITE_LOAD_EXTENSIONS", nullptr},
                                          {"OGR_GEOJSON_MAX_OBJ_SIZE", "200"},
                                          {"GDAL_PAM_ENABLED", "YES"}}};

void keep_last(CPLErr severity, CPLErrorNum, const char* message) {
    if (severity == CE_None || severity == CE_Debug) return;
    *static_cast<std::string*>(CPLGetErrorHandlerUserData()) = message;
}

}  // namespace

void start_gdal() {
    // Nobody collects the messages of the threads that GDAL makes for itself.
    CPLSetErrorHandler(CPLQuietErrorHandler);
    for (const auto& [name, value] : settings) CPLSetConfigOption(name, value);
    OSRSetPROJEnableNetwork(0);
    GDALAllRegister();
    drop_other_drivers();
    install_remote_files();
}

const char* const* allowed_drivers(Trust trust) noexcept {
    switch (trust) {
        case Trust::workspace:
        case Trust::remote: return workspace_drivers.data();
        case Trust::operated: return operated_drivers.data();
        case Trust::operated_view:
        case Trust::own_view: return own_view_drivers.data();
    }
    return workspace_drivers.data();
}

Trust trust_of_operated(std::string_view name) noexcept {
    constexpr std::string_view ending = ".vrt";
    if (name.size() < ending.size()) return Trust::operated;
    name.remove_prefix(name.size() - ending.size());
    const bool view = std::equal(name.begin(), name.end(), ending.begin(), [](char c, char wanted) {
        return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == wanted;
    });
    return view ? Trust::operated_view : Trust::operated;
}

const char* const* feature_drivers() noexcept {
    return feature_driver_names.data();
}

const char* const* kmz_drivers() noexcept {
    return zipped_kml_drivers.data();
}

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(keep_last, &last_);
}

GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
}

}  // namespace relief::source
