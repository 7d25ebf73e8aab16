#pragma once
// The TileJSON that a source of a style refers to.

#include "tiler/core/result.hpp"
#include "tiler/stylesheet/source.hpp"

#include <string_view>

namespace relief::atlas {

/// Fills up what the style leaves to the TileJSON: tiles, zooms, bounds and scheme, each checked as
/// in a style. Errors: bad_request.
Result<void> fill_up(stylesheet::Source& source, std::string_view text);

}  // namespace relief::atlas
