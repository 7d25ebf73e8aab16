#pragma once
// The fonts of this machine, 256 characters at a time, as browsers ask for them.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/text/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relief::glyphs {

/// Fonts as they are drawn from, best first, each once.
struct FontStack {
    std::vector<std::size_t> fonts;  ///< places in the machine's library
    std::string name;                ///< their names with commas between
};

/// `names` are names of fonts with commas between, best first. A name that the machine does not
/// know is passed over; Noto Sans Regular is the last of every stack.
/// Errors: bad_request naming the stack and what is allowed.
Result<FontStack> font_stack(const text::Fonts& fonts, std::string_view names);

/// Glyphs as fields of distances, 24 pixels to the em with 3 around, in the message of MapLibre's
/// font addresses.
///
/// Shape:  `range` is "0-255", "256-511" and so on to "65280-65535". A character comes from the
///         first font that has it, else from whichever font of the machine has it; characters that
///         no font has are not in the answer.
/// Errors: bad_request naming the range and what is allowed.
Result<Bytes> glyph_range(const text::Fonts& fonts, const FontStack& stack, std::string_view range);

}  // namespace relief::glyphs
