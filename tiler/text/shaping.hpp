#pragma once
// A line of text as glyphs in the order in which they stand, each with its place.

#include "tiler/text/font_library.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace relief::text {

/// Some of a line's words, which may have a font and a size of their own.
struct TextPart {
    std::string_view utf8;
    std::optional<std::size_t> font{};  ///< comes before all others, for the characters it has
    float scale = 1;
};

/// Units: 1/64 pixel; y grows upwards from the baseline.
struct PlacedGlyph {
    std::size_t font = 0;
    std::uint32_t glyph = 0;
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t advance = 0;  ///< of the pen
    std::int32_t width = 0;    ///< the glyph's own advance; the pen's but for upright glyphs
    std::size_t part = 0;      ///< of the line, from 0
    bool upright = false;      ///< of a column: it stands while the line runs downwards
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
    /// The same for a line that will be turned to run downwards: what stands upright in a column
    /// (UAX #50) is told, takes an em each, and has its vertical form.
    column,
};

/// Bidirectional order by ICU (UAX #9), then for each stretch of one script and font its glyphs by
/// HarfBuzz. Fonts are chosen a character at a time; marks and neutral characters stay in the font
/// of what stands before them if it has them.
ShapedLine shape(const Fonts::Library::Lease& fonts,
                 std::span<const TextPart> parts,
                 Setting setting);

}  // namespace relief::text
