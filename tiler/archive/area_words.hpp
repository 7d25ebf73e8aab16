#pragma once
// A box and a range of zooms as people write them.

#include "tiler/archive/tile_area.hpp"
#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"

#include <string>
#include <string_view>

namespace relief::archive {

/// "W,S,E,N" in degrees: longitudes -180 to 180, latitudes -90 to 90, south < north; west > east
/// crosses the antimeridian. Errors: bad_request naming the text and what is allowed.
Result<LonLatBox> parse_box(std::string_view text);

/// "A-B" or one zoom "A", 0 to deepest_zoom, A <= B. Errors: as parse_box().
Result<ZoomRange> parse_zooms(std::string_view text);

/// The same for people: a tenth of a metre is enough, six decimals.
std::string in_words(const LonLatBox& box);

/// "35.46,33.87,35.53,33.93": reads back as the same box.
std::string to_text(const LonLatBox& box);

}  // namespace relief::archive
