#pragma once
// Where along lines symbols stand.

#include "tiler/canvas/plane.hpp"

#include <vector>

namespace relief::symbology {

/// Units: those of a tile.
struct LineAnchor {
    canvas::Point at;
    std::size_t segment = 0;  ///< from this point of the line to the next
};

/// Units: those of a tile; angles in radians.
struct AnchorWish {
    float side = 4096;      ///< of the tile; anchors lie inside
    float spacing = 0;      ///< from one anchor to the next; 0: one, in the middle
    float length = 0;       ///< of the symbol
    float margin = 0;       ///< kept free at a line's beginning
    float bend_window = 0;  ///< how much of a line may turn by `most_bend`; 0: any bends will do
    float most_bend = 0.785F;
};

/// Anchors as the reference renderer spreads them: the first where a whole symbol and a margin fit,
/// or, where the line only goes on from another tile, half a spacing from the edge.
std::vector<LineAnchor> line_anchors(canvas::Points line, const AnchorWish& wish);

/// The pieces of a line that lie in the square from (0, 0) to (side, side).
std::vector<std::vector<canvas::Point>> pieces_within(canvas::Points line, float side);

}  // namespace relief::symbology
