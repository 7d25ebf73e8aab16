#pragma once
// A symbol: what it looks like, and where it stands.

#include "tiler/canvas/images.hpp"
#include "tiler/symbology/label.hpp"
#include "tiler/symbology/placed_boxes.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace relief::symbology {

/// Units: style pixels where nothing else is said; angles in radians, clockwise.
struct IconLook {
    const StyleImage* image = nullptr;  ///< null: no icon
    canvas::Point low;                  ///< corner of the icon, from its anchor, already scaled
    canvas::Point high;
    float size = 1;
    float turn = 0;
    canvas::Ink ink{};
    canvas::Ink halo_ink{};
    float halo_width = 0;
    float halo_blur = 0;
    float opacity = 1;
    float padding = 2;
};

/// Of some of a text's words, or of a picture among them.
struct TextPartLook {
    canvas::Ink ink{};
    IconLook picture{};  ///< without an image: words
};

struct TextLook {
    Label label;
    Label column;  ///< the same for a line that runs down the picture; empty where rows do
    std::vector<TextPartLook> parts;
    float size = 16;
    canvas::Point offset;  ///< ems, as the label lies before it is turned
    float turn = 0;
    canvas::Ink halo_ink{};
    float halo_width = 0;
    float halo_blur = 0;
    float padding = 2;
};

/// Of one feature; shared by all its symbols.
struct SymbolLook {
    IconLook icon;
    /// The first that fits is taken; more than one only where the anchor may vary.
    std::vector<TextLook> texts;
    double sort_key = 0;
    float em = 16;  ///< of the layer's text, also where there is none: what spreads icons on lines
};

/// One symbol. Units: pixels.
struct Symbol {
    std::shared_ptr<const SymbolLook> look;
    canvas::Point at;
    float angle = 0;  ///< of the line there, as it lies in the picture
    /// Of a text that follows its line: the line, and where on it the symbol stands.
    std::shared_ptr<const std::vector<canvas::Point>> line;
    std::size_t segment = 0;
    bool shows_icon = false;
    std::size_t text = 0;  ///< number of the text that is shown; none beyond the last
};

}  // namespace relief::symbology
