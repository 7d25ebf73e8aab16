#pragma once
// Which symbols of all layers have room, and drawing those.

#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/symbol.hpp"
#include "tiler/symbology/symbol_reader.hpp"

#include <map>
#include <vector>

namespace relief::symbology {

/// The symbols of all layers of a picture. A layer further up has its place before those below.
class SymbolPlacement {
public:
    /// Places the layer's symbols where none placed before stands; called from the uppermost layer
    /// down. Units: pixels.
    void place(const Brush& brush);
    void draw(const Brush& brush) const;

private:
    struct LayerSymbols {
        SymbolRules rules;
        std::vector<Symbol> shown;
    };

    PlacedBoxes placed_;
    std::map<const stylesheet::Layer*, LayerSymbols> layers_;
};

}  // namespace relief::symbology
