#pragma once
// Shapes as fields of distances: images that stay sharp at other sizes, and glyphs for browsers.

#include "tiler/canvas/images.hpp"
#include "tiler/canvas/plane.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace relief::canvas {

/// What rings cover, row by row: 0 to 255.
std::vector<std::uint8_t> coverage_of(std::span<const std::vector<Point>> rings, PixelSize size);

/// Distances of pixel centres from the edge of a shape, for drawing it at any size.
/// Units: pixels of the sheet, negative inside.
struct DistanceSheet {
    PixelSize size;
    int margin = 0;  ///< pixels around the shape
    std::vector<float> distances;
};

/// The sheet of a shape that is drawn `finer` times as large.
/// Shape:  as for distance_field().
DistanceSheet distance_sheet(const std::vector<std::uint8_t>& coverage, PixelSize size, int finer);

/// What counts where shapes lie upon each other.
enum class Meeting : std::uint8_t {
    sum,        ///< both, up to all: shapes that share an edge close up along it
    over,       ///< both, by "source over"
    strongest,  ///< the stronger
};

/// How far a shape is grown, and over how much its edge then fades to both sides by "smoothstep".
/// Units: pixels of what is drawn on.
struct GrownEdge {
    float grown = 0;
    float soft = 0.5F;
    Meeting meeting = Meeting::sum;
};

/// What the shape covers, grown no further than its sheet's margin reaches.
void cover_distances(Coverage& coverage,
                     const DistanceSheet& sheet,
                     const Placement& placement,
                     const GrownEdge& edge) noexcept;

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
