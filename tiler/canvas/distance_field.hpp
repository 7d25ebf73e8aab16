#pragma once
// Shapes as fields of distances: images that stay sharp at other sizes, and glyphs for browsers.

#include "tiler/canvas/images.hpp"
#include "tiler/canvas/plane.hpp"

#include <cstdint>
#include <vector>

namespace relief::canvas {

/// Units: pixels of the field.
struct FieldForm {
    int finer = 4;         ///< pixels of the coverage along each pixel of the field
    float radius = 8;      ///< distance over which the field goes from all to none
    float cutoff = 0.25F;  ///< share of the radius that lies inside of the shape
};

/// The field of a shape that is drawn `form.finer` times as large: 255 · (1 - cutoff - d / radius)
/// where d is the distance of a pixel's centre from the shape's edge, negative inside.
/// Shape:  `coverage` row by row, its sides multiples of `form.finer`; the field's are that much
///         shorter.
/// Source: P. Felzenszwalb, D. Huttenlocher, "Distance Transforms of Sampled Functions", Theory of
///         Computing 8, 2012: exact between pixels, in time linear in their number. Where in its
///         pixel the edge runs is known to half a pixel of the coverage: so true are distances.
DistanceField distance_field(const std::vector<std::uint8_t>& coverage,
                             PixelSize size,
                             const FieldForm& form);

}  // namespace relief::canvas
