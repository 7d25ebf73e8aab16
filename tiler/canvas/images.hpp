#pragma once
// Images on a surface: placed, turned and scaled; repeated as a pattern; as a field of distances.

#include "tiler/canvas/placement.hpp"
#include "tiler/canvas/surface.hpp"

namespace relief::canvas {

/// Bilinear; outside of the image is transparent, so that its edges are smooth when it is turned.
/// A placement that makes the image flat draws nothing.
void draw_image(Surface& surface,
                const Surface& image,
                const Placement& placement,
                float opacity) noexcept;

/// What is covered shows the image, repeated to all sides; bilinear.
void paint_pattern(Surface& surface,
                   const Coverage& coverage,
                   const Surface& image,
                   const Placement& placement,
                   float opacity) noexcept;

/// How a field of distances becomes an edge: coverage goes from none to all between `edge` - `soft`
/// and `edge` + `soft` of the field's 0 to 1.
struct DistanceEdge {
    float edge = 0.75F;
    float soft = 0.1F;
};

/// One byte of distance a pixel: 0 far outside, 1 (255) far inside.
struct DistanceField {
    PixelSize size;
    std::vector<std::uint8_t> values;
};

/// Bilinear between the field's values, "smoothstep" over the edge.
void draw_distances(Surface& surface,
                    const DistanceField& field,
                    const Placement& placement,
                    DistanceEdge edge,
                    Ink ink) noexcept;

}  // namespace relief::canvas
