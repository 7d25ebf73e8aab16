#pragma once
// Coordinates that cannot be what their reference system counts: degrees for metres and the
// reverse.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"

#include <array>
#include <string>

namespace relief::source {

struct Georeference {
    PixelSize size;
    std::array<double, 6> transform{};  ///< as GDAL's geotransform
    std::string crs;                    ///< "EPSG:n" or WKT2
    bool degrees = false;               ///< the system counts degrees
};

/// Errors: source_broken naming the numbers and a remedy: degrees beyond the poles or one and a
/// half turns; coordinates no larger than degrees in Web Mercator or UTM, whose first metres lie in
/// the open sea or outside the zone.
Result<void> check_coordinates(const Georeference& place);

/// The same numbers in another system of metres, where they may be right: a doubt to tell people.
/// Empty: none.
std::string doubt_about(const RasterDescription& raster);

}  // namespace relief::source
