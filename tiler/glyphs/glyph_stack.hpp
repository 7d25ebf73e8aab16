#pragma once
// Glyphs as fields of distances, and their message for browsers.

#include "tiler/core/bytes.hpp"
#include "tiler/text/outline.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relief::glyphs {

/// Units: pixels at 24 to the em.
struct DistanceGlyph {
    std::uint32_t character = 0;
    std::uint32_t width = 0;   ///< without the buffer
    std::uint32_t height = 0;  ///< without the buffer
    std::int32_t left = 0;     ///< of the glyph's left edge from the pen
    std::int32_t top = 0;      ///< of its upper edge above the line's top: mostly negative
    std::uint32_t advance = 0;
    std::vector<std::uint8_t> field;  ///< (width + 6) × (height + 6) bytes; none of a blank
};

/// Pixels to the em, and those around each glyph: what browsers take as given.
/// Source: the glyphs of MapLibre GL (`ONE_EM` and `GLYPH_PBF_BORDER` of its sources).
inline constexpr int em_pixels = 24;
inline constexpr int glyph_buffer = 3;

/// A field goes from none to all over 8 pixels, a quarter of it inside the letter.
/// Mask: a glyph wider or higher than ten ems is a blank of its advance.
DistanceGlyph distance_glyph(char32_t character, const text::OutlinedGlyph& outlined);

struct GlyphStack {
    std::string name;   ///< the fonts that it is drawn from, with commas between
    std::string range;  ///< "0-255"
    std::vector<DistanceGlyph> glyphs;
};

/// Source: glyphs.proto of node-fontnik, which MapLibre's font addresses answer.
Bytes encode_glyphs(const GlyphStack& stack);

}  // namespace relief::glyphs
