#pragma once
// What an open data set of GDAL says of itself: bands, overviews, place, and why it cannot be read.

#include "tiler/core/error.hpp"
#include "tiler/core/grid.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/raster_placement.hpp"

#include <optional>
#include <string>
#include <vector>

class GDALDataset;

namespace relief::source {

/// A resolution of the raster: level 0 is the raster itself, the others its overviews, finest
/// first.
struct RasterLevel {
    PixelSize size;
    PixelSize block;
};

struct BandFacts {
    ValueType type = ValueType::u8;
    std::optional<double> nodata;
    bool alpha = false;
};

/// Frozen facts of an open raster, shared with readers that hold no handle.
struct RasterFacts {
    RasterPlacement placement;
    std::vector<RasterLevel> levels;  ///< never empty
    std::vector<BandFacts> bands;     ///< bands[0] is band 1
    bool has_mask = false;
};

/// `pool`: where the projector that places it comes from; none: it has its own. Errors:
/// source_broken with the reason in plain words and what would mend it.
Result<RasterFacts> facts_of(GDALDataset& dataset, geo::ProjectorPool* pool);

/// The text GDAL's CRS object becomes: "EPSG:n" where the code says it all, else WKT2; empty when
/// there is none. Longitudes and latitudes of a NetCDF file that names no datum are WGS 84.
std::string crs_text(GDALDataset& dataset);

/// No value for complex and unknown types.
std::optional<ValueType> value_type_of(int gdal_type) noexcept;

int gdal_type_of(ValueType type) noexcept;

/// source_broken: "the file cannot be read: " and why.
Error unreadable(const char* why, const std::string& detail);

}  // namespace relief::source
