#pragma once
// An image stretched between four corners.

#include "tiler/canvas/surface.hpp"

#include <array>

namespace relief::canvas {

/// What becomes of a pixel's straight colour, 0 to 1: rows of red, green and blue, each with what
/// is added last. Held within 0 to 1 afterwards.
struct ColourChange {
    std::array<std::array<float, 4>, 3> rows{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};
    float opacity = 1;
    bool changes_colour = false;  ///< false: the rows are not looked at
};

struct Sampling {
    bool nearest = false;  ///< else bilinear
};

/// Draws the pixels whose centres lie between the corners: images that share an edge leave no gap
/// and do not overlap. At its edges the image goes on as its last pixels do.
///
/// Shape: corners of the image from the upper left clockwise, of a convex area; else nothing is
///        drawn. Between them straight lines stay straight (a projective map).
void draw_quad_image(Surface& surface,
                     const Surface& image,
                     const std::array<Point, 4>& corners,
                     const ColourChange& change,
                     Sampling sampling);

/// Half the size, each pixel the mean of four (of two or one at an odd edge).
Surface halved(const Surface& image);

}  // namespace relief::canvas
