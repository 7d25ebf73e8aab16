#pragma once
// The words of a symbol, broken into lines and set.

#include "tiler/canvas/plane.hpp"
#include "tiler/text/outline.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// Units: ems.
struct LabelForm {
    float max_width = 10;  ///< 0: never broken
    float line_height = 1.2F;
    float letter_spacing = 0;
    float justify = 0.5F;  ///< 0: left, 1: right
    bool column = false;   ///< set to be turned by a quarter, so that it runs downwards
};

/// Words in one font and size, or a picture among them.
struct LabelPart {
    std::string text;  ///< `picture_character` for a picture
    text::OutlinedText::Font font{};
    float scale = 1;  ///< of the label's size
    float drop = 1;   ///< share of the room of larger ones that is above it: 1: it stands low
    canvas::Point picture{};  ///< width and height, ems of the label
};

/// Shares of the block that lie left of and above the point it belongs to.
struct Anchor {
    float across = 0.5F;
    float down = 0.5F;
};

/// "center", "top-left" and the like.
Anchor anchor_named(std::string_view name);

/// Units: ems, x to the right and y down from the anchor of a block.
struct Label {
    struct Glyph {
        const text::GlyphOutline* outline = nullptr;  ///< null: a picture
        canvas::Point middle;  ///< of its width, on its baseline; of a picture its lower edge
        float width = 0;
        std::size_t part = 0;
        float scale = 1;
        bool upright = false;  ///< turned back by a quarter within its column
    };

    std::vector<Glyph> glyphs;
    canvas::Point low;  ///< of the block
    canvas::Point high;

    bool empty() const noexcept { return glyphs.empty(); }
};

/// How far below the middle of its line a baseline lies, so that capitals look centred: where a
/// browser sets it, 17/24 em above it by MapLibre GL's shaping and 26/24 below by the ascender of
/// Open Sans and Noto Sans.
inline constexpr float baseline_drop = 9.0F / 24;

/// Breaks at spaces, between ideographs and around pictures, so that lines are about equally long;
/// at line feeds always. The block's anchor lies at (0, 0).
Label set_label(text::OutlinedText& fonts,
                std::span<const LabelPart> parts,
                const LabelForm& form,
                Anchor anchor);

}  // namespace relief::symbology
