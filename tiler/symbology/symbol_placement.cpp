#include "tiler/symbology/symbol_placement.hpp"

#include "tiler/symbology/symbol_collector.hpp"
#include "tiler/symbology/symbol_painter.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

/// Blocks of the world, 512 style pixels wide at the whole zoom, come in four turns, so that no two
/// of one turn touch: what stands in a block depends on blocks near by and not on where a picture
/// ends, and pictures side by side agree.
///     0 1 0 1
///     2 3 2 3
int turn_of(const Symbol& symbol, const ViewFrame& frame) {
    const WorldPlace place = frame.place_of(symbol.at);
    const double blocks = std::exp2(std::floor(frame.view().zoom));
    const auto odd = [&](double share) { return static_cast<int>(std::floor(share * blocks)) & 1; };
    return odd(place.x) + 2 * odd(place.y);
}

void take_turns(std::vector<Symbol>& symbols, const ViewFrame& frame) {
    std::vector<Symbol> ordered;
    ordered.reserve(symbols.size());
    std::vector<int> turns;
    turns.reserve(symbols.size());
    for (const Symbol& symbol : symbols) turns.push_back(turn_of(symbol, frame));
    for (int turn = 0; turn < 4; ++turn)
        for (std::size_t i = 0; i < symbols.size(); ++i)
            if (turns[i] == turn) ordered.push_back(std::move(symbols[i]));
    symbols = std::move(ordered);
}

/// Tries one symbol after the other.
class Placer {
public:
    Placer(const SymbolGeometry& geometry, PlacedBoxes& placed)
        : geometry_(geometry), placed_(placed) {}

    /// Says in the symbol what of it is shown.
    void place(Symbol& symbol) {
        const SymbolRules& rules = geometry_.rules();
        const SymbolLook& look = *symbol.look;
        icon_boxes_.clear();
        const bool has_icon = look.icon.image != nullptr;
        bool icon = has_icon;
        if (has_icon) {
            geometry_.icon_boxes(symbol, icon_boxes_);
            icon = rules.icon_overlaps || placed_.are_free(icon_boxes_);
        }
        const std::size_t count = look.texts.size();
        const bool has_text = count > 0;
        symbol.text = choose_text(symbol);
        bool text = symbol.text < count;
        // Each may need the other.
        if (has_icon && has_text) {
            const bool both = icon && text;
            if (!rules.text_optional) icon = both;
            if (!rules.icon_optional) text = both;
        }
        if (!text) symbol.text = count;
        symbol.shows_icon = icon;
        if (icon && !rules.icon_ignored) placed_.keep(icon_boxes_);
        if (text && !rules.text_ignored) placed_.keep(text_boxes_);
    }

private:
    /// The first that has room; its boxes are kept at hand.
    std::size_t choose_text(const Symbol& symbol) {
        const auto& texts = symbol.look->texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            text_boxes_.clear();
            if (!geometry_.text_boxes(symbol, texts[i], text_boxes_)) continue;
            if (geometry_.rules().text_overlaps || placed_.are_free(text_boxes_)) return i;
        }
        return texts.size();
    }

    const SymbolGeometry& geometry_;
    PlacedBoxes& placed_;
    std::vector<Box> icon_boxes_;
    std::vector<Box> text_boxes_;
};

}  // namespace

void SymbolPlacement::place(const Brush& brush) {
    const SymbolRules rules = symbol_rules(brush.layer, brush.evaluation);
    std::vector<Symbol> symbols = SymbolCollector(brush, rules).collect();
    take_turns(symbols, brush.frame);
    const SymbolGeometry geometry(brush.frame, rules);
    Placer placer(geometry, placed_);
    for (Symbol& symbol : symbols) placer.place(symbol);
    std::erase_if(symbols, [](const Symbol& symbol) {
        return !symbol.shows_icon && symbol.text >= symbol.look->texts.size();
    });
    if (rules.by_height)
        std::stable_sort(symbols.begin(), symbols.end(), [](const auto& a, const auto& b) {
            return a.at.y < b.at.y;
        });
    layers_[&brush.layer] = {rules, std::move(symbols)};
}

void SymbolPlacement::draw(const Brush& brush) const {
    const auto found = layers_.find(&brush.layer);
    if (found == layers_.end()) return;
    const SymbolGeometry geometry(brush.frame, found->second.rules);
    SymbolPainter painter(brush, geometry);
    for (const Symbol& symbol : found->second.shown)
        if (symbol.shows_icon) painter.draw_icon(symbol);
    for (const Symbol& symbol : found->second.shown) painter.draw_text(symbol);
}

}  // namespace relief::symbology
