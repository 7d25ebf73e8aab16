#pragma once
// What is known of a dataset of either kind.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/vector_description.hpp"

#include <variant>

namespace relief {

using DatasetDescription = std::variant<RasterDescription, VectorDescription>;

}  // namespace relief
