#pragma once
// A raster of any kind to Relief's own form: a cloud-optimised GeoTIFF with overviews right for its
// kind.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"

#include <functional>
#include <optional>
#include <string>

namespace relief::ingest {

struct ConvertOrder {
    std::string source;              ///< path of any file of the operator list, or a part's name
    std::string target;              ///< path to write; a view may be left beside it
    std::optional<RasterKind> kind;  ///< what the operator says it is
    std::string stem;                ///< of the file's own name: a hint (…_dem.tif)
    /// Told the share done, 0 to 1; false stops the work.
    std::function<bool(double)> progress;
    int band = 0;  ///< the only one that counts; 0: all
};

/// Form: Zstandard, predictor, 256 px blocks, lossless; masks become 0 to 65534 with a scale of
/// 1/65534, so
///       that averaged overviews hold the covered fraction; classes are thinned by mode, quantities
///       by mean.
/// Gives the description of the written file with exact statistics.
/// Errors: source_broken in plain words.
Result<RasterDescription> convert(const ConvertOrder& order);

}  // namespace relief::ingest
