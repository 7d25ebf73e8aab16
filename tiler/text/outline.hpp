#pragma once
// Words as outlines: for text of any size, turned any way.

#include "tiler/text/shaping.hpp"
#include "tiler/text/text.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace relief::text {

/// Units: ems; x to the right, y down from the baseline.
struct OutlinePoint {
    float x = 0;
    float y = 0;
};

/// Closed contours, each up to its end; curves are cut into straight parts of 1/200 em or finer.
struct GlyphOutline {
    std::vector<OutlinePoint> points;
    std::vector<std::size_t> ends;
};

/// Where a glyph stands. Units: ems, from the pen's start.
struct OutlinedGlyph {
    const GlyphOutline* outline = nullptr;
    OutlinePoint at;
    float advance = 0;     ///< of the pen
    float width = 0;       ///< its own advance
    std::size_t part = 0;  ///< of the line, from 0; it has that part's scale
    bool upright = false;  ///< stands while its line, a column, runs downwards
};

struct OutlinedLine {
    std::vector<OutlinedGlyph> glyphs;  ///< in the order in which they stand
    float advance = 0;
};

/// Shapes lines and keeps the last of them and the outlines of the glyphs that it met, until they
/// are forgotten. Belongs to one thread.
class OutlinedText {
public:
    explicit OutlinedText(Fonts fonts) : fonts_(std::move(fonts)) {}

    using Font = std::optional<std::size_t>;

    /// The font of the name; nothing when the machine has none: then its usual ones are taken.
    Font font_named(std::string_view name) const;
    /// Set letter by letter, as labels of styles are, along a row or down a column. What the line
    /// points to lives until it is forgotten.
    OutlinedLine line(std::span<const TextPart> parts, Setting setting = Setting::letter_by_letter);
    /// A character's own glyph, unshaped, at the pen's start: from the first of the fonts that has
    /// it, else from the machine's usual ones; nothing when none has it. What it points to lives
    /// until it is forgotten.
    std::optional<OutlinedGlyph> glyph(char32_t character, std::span<const std::size_t> fonts);

    /// Forgets all outlines, and the lines that point to them, when they take more than so many
    /// bytes: for whoever sets one picture after the other, between two of them. True when they are
    /// forgotten.
    bool forget_beyond(std::size_t bytes);

private:
    const GlyphOutline& outline(const OpenFont* open, std::size_t font, std::uint32_t glyph);
    OutlinedLine shaped(std::span<const TextPart> parts, Setting setting);

    Fonts fonts_;
    /// Neighbouring tiles set the same names.
    std::unordered_map<std::string, OutlinedLine> lines_;
    std::map<std::pair<std::size_t, std::uint32_t>, GlyphOutline> glyphs_;
    std::size_t bytes_ = 0;  ///< of the outlines
};

}  // namespace relief::text
