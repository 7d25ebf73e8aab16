#pragma once
// The fonts of this machine, 256 characters at a time, as browsers ask for them.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/text/text.hpp"

#include <string_view>

namespace relief::glyphs {

/// Glyphs as fields of distances, 24 pixels to the em with 3 around, in the message of MapLibre's
/// font addresses.
///
/// Shape:  `fontstack` is the names of fonts with commas between, best first; `range` is "0-255",
///         "256-511" and so on to "65280-65535". A character comes from the first font that has it,
///         else from Noto Sans Regular, else from whichever font of the machine has it; a name that
///         the machine does not know is passed over, and characters that no font has are not in the
///         answer.
/// Errors: bad_request naming the range or the font stack and what is allowed.
Result<Bytes> glyph_range(const text::Fonts& fonts,
                          std::string_view fontstack,
                          std::string_view range);

}  // namespace relief::glyphs
