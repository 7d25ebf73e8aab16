#pragma once
// Symbols to pixels, and the boxes that they take.

#include "tiler/canvas/distance_field.hpp"
#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/symbol.hpp"
#include "tiler/symbology/symbol_rules.hpp"

#include <optional>
#include <vector>

namespace relief::symbology {

/// A letter's place in the picture. Units: pixels.
struct LetterPlace {
    const Label::Glyph* glyph = nullptr;
    canvas::Point at;      ///< the middle of its width, on its baseline
    canvas::Point across;  ///< one em of the text to the letter's right
};

/// How symbols of a layer lie in a picture.
class SymbolGeometry {
public:
    SymbolGeometry(const ViewFrame& frame, const SymbolRules& rules);

    float icon_angle(const Symbol& symbol) const;
    float text_angle(const TextLook& text) const;
    /// Units: pixels. Empty where the text does not fit on its line.
    std::vector<LetterPlace> letters(const Symbol& symbol, const TextLook& text) const;

    void icon_boxes(const Symbol& symbol, std::vector<Box>& boxes) const;
    /// False where the text has no room on its line.
    bool text_boxes(const Symbol& symbol, const TextLook& text, std::vector<Box>& boxes) const;
    float ratio() const noexcept { return ratio_; }
    const SymbolRules& rules() const noexcept { return rules_; }

private:
    std::vector<LetterPlace> letters_along(const Symbol& symbol, const TextLook& text) const;

    SymbolRules rules_;
    float ratio_;
    float north_;  ///< radians clockwise from up
};

class SymbolPainter {
public:
    SymbolPainter(const Brush& brush, const SymbolGeometry& geometry);

    void draw_icon(const Symbol& symbol);
    void draw_text(const Symbol& symbol);

private:
    /// Letters of one part, or of all.
    void cover_letters(const std::vector<LetterPlace>& places,
                       float em,
                       const canvas::GrownEdge& edge,
                       std::optional<std::size_t> part = std::nullopt);
    void draw_part(const TextLook& text, const std::vector<LetterPlace>& places, std::size_t part);
    void draw_picture(const IconLook& icon, canvas::Placement placement);
    void draw_marks(const IconLook& icon, const canvas::Placement& placement);

    const Brush& brush_;
    const SymbolGeometry& geometry_;
    canvas::Point icon_shift_;
    canvas::Point text_shift_;
    canvas::Coverage coverage_;
};

}  // namespace relief::symbology
