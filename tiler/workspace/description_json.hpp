#pragma once
// RasterDescription and Layer as JSON: in relief.db, from the inspecting child process, and for
// `--json`.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"

#include <string>
#include <string_view>

namespace relief::workspace {

/// NaN and infinite nodata are the texts "NaN", "Infinity", "-Infinity".
std::string to_json(const RasterDescription& raster);

/// Errors: source_broken naming the member that is missing or of the wrong type.
Result<RasterDescription> raster_description_from_json(std::string_view text);

}  // namespace relief::workspace
