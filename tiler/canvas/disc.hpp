#pragma once
// A disc with a rim, the mark of a point.

#include "tiler/canvas/surface.hpp"

namespace relief::canvas {

/// Units: pixels.
struct Disc {
    float radius = 5;  ///< without the rim
    float rim = 0;     ///< width, outside of the radius
    float blur = 0;    ///< share of the whole radius over which the edge fades; at least a pixel
    Ink fill{};
    Ink rim_ink{};
};

/// The edges fade inwards, over one pixel at least, by "smoothstep", as the reference renderer's
/// do. Nothing is drawn of a disc without size, or whose place or size is no number.
void draw_disc(Surface& surface, Point middle, const Disc& disc) noexcept;

}  // namespace relief::canvas
