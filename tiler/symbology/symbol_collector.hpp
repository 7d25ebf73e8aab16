#pragma once
// All symbols of a layer that a view may show, before it is known which have room.

#include "tiler/symbology/brush.hpp"
#include "tiler/symbology/line_anchors.hpp"
#include "tiler/symbology/symbol_reader.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace relief::symbology {

class SymbolCollector {
public:
    SymbolCollector(const Brush& brush, const SymbolRules& rules);

    /// Shape: in the order in which they are to be placed.
    std::vector<Symbol> collect();

private:
    /// A symbol's look and the piece that it comes from.
    struct Origin {
        const FeaturePiece& piece;
        const TileFeature& feature;
        std::shared_ptr<const SymbolLook> look;
        std::string words;
    };

    void collect(const FeaturePiece& piece);
    void add_points(const Origin& origin);
    void add_middle(const Origin& origin, std::uint32_t first, std::uint32_t end);
    void add_along(const Origin& origin);
    void add_along(const Origin& origin, canvas::Points line);
    AnchorWish wish_of(const SymbolLook& look) const;
    void add_point(const Origin& origin, canvas::Point at);
    bool is_repeated(const Origin& origin, canvas::Point at, float nearest);
    static std::vector<canvas::Point> line_of(const FeaturePiece& piece, const TilePath& path);

    const Brush& brush_;
    SymbolRules rules_;
    SymbolReader reader_;
    std::vector<Symbol> symbols_;
    canvas::Placement placement_;  ///< of the piece at hand
    float units_ = 1;              ///< of the tile, a style pixel at the whole zoom
    std::map<std::string, std::vector<canvas::Point>, std::less<>> said_;  ///< in the piece at hand
};

}  // namespace relief::symbology
