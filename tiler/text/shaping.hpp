#pragma once
// A line of text as glyphs in the order in which they stand, each with its place.

#include "tiler/text/font_library.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace relief::text {

/// Units: 1/64 pixel; y grows upwards from the baseline.
struct PlacedGlyph {
    std::size_t font = 0;
    std::uint32_t glyph = 0;
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t advance = 0;
};

struct ShapedLine {
    std::vector<PlacedGlyph> glyphs;
    std::int32_t advance = 0;  ///< 1/64 pixel
};

/// How closely letters stand.
enum class Setting : std::uint8_t {
    typographic,  ///< with the kerning and the ligatures of the font
    /// Without either, but for the ligatures that a script is wrong without. A label of a style is
    /// to break, collide and stand as it does in MapLibre GL, which sets one glyph after another,
    /// each by its own advance.
    letter_by_letter,
};

/// Bidirectional order by ICU (UAX #9), then for each stretch of one script and font its glyphs by
/// HarfBuzz. Fonts are chosen a character at a time; marks and neutral characters stay in the font
/// of what stands before them if it has them.
ShapedLine shape(const Fonts::Library::Lease& fonts, std::string_view utf8, Setting setting);

}  // namespace relief::text
