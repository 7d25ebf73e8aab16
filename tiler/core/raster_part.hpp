#pragma once
// Which raster of a file is meant, when it holds several.

#include "tiler/core/version.hpp"

#include <string>

namespace relief {

/// By default the file is one raster.
struct RasterPart {
    std::string dataset;  ///< the name under which GDAL opens it; empty: the file's own
    int band = 0;         ///< the only band that counts, from 1; 0: all bands
    Version whole;        ///< of the file, when the part has a version of its own
    bool operator==(const RasterPart&) const = default;
};

}  // namespace relief
