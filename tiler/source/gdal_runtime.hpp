#pragma once
// GDAL as this house uses it: few drivers, no network, no code in data, fixed memory.

#include "tiler/source/source_file.hpp"

#include <string>

namespace relief::source {

/// Registers the drivers of the allow-lists, fixes GDAL's settings and keeps its messages, of every
/// thread, from the terminal; called once, before other threads.
void start_gdal();

/// Null-terminated list of driver names that may open a file of this trust, for GDALOpenEx.
const char* const* allowed_drivers(Trust trust) noexcept;

/// Likewise, of those that read features from a file that the operator named.
const char* const* feature_drivers() noexcept;
/// Of files whose name ends in .kmz.
const char* const* kmz_drivers() noexcept;

/// Why a file that no driver takes is refused.
inline constexpr const char* not_read_here =
    "it is damaged or not one of the formats read here: GeoTIFF, JPEG 2000, NetCDF, GRIB, HDF, PNG "
    "or JPEG with a place, GeoPackage, VRT; of features GeoJSON, GeoPackage, Shapefile, "
    "FlatGeobuf, TopoJSON, KML, KMZ, GPX, OSM PBF, File Geodatabase, CSV";

/// Collects GDAL's messages of this thread while it lives: the last one is for the log.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;
    GdalMessages(GdalMessages&&) = delete;
    GdalMessages& operator=(GdalMessages&&) = delete;

    const std::string& last() const noexcept { return last_; }

private:
    std::string last_;
};

}  // namespace relief::source
