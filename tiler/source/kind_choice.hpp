#pragma once
// What the numbers of a raster mean.

#include "tiler/core/raster_description.hpp"

#include <cstdint>

namespace relief::source {

/// As far as the file itself tells; `relief add --kind` overrules it. `distinct` values were met in
/// the first band; 0: nobody counted.
RasterKind kind_of(const RasterDescription& raster, std::uint64_t distinct);

}  // namespace relief::source
