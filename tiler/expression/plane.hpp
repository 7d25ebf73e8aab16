#pragma once
// Positions against rings and segments, in a plane.

#include "tiler/expression/geojson_shape.hpp"

#include <limits>

namespace relief::expression {

struct Segment {
    Position from;
    Position to;
};

/// Whether the inner of one crosses the inner of the other; parallel ones never do.
bool cross(const Segment& one, const Segment& other);

enum class Side : std::uint8_t { outside, boundary, inside };
/// By the even-odd rule over all rings.
Side side_of(const Position& position, const Rings& rings);

/// A box around positions.
struct Extent {
    double left = std::numeric_limits<double>::infinity();
    double top = std::numeric_limits<double>::infinity();
    double right = -std::numeric_limits<double>::infinity();
    double bottom = -std::numeric_limits<double>::infinity();

    void add(const Position& position);
    void add(const Line& line);
    void add(const Rings& rings);
    bool empty() const noexcept { return left > right; }
    /// Without touching its border.
    bool lies_in(const Extent& other) const noexcept;
};

}  // namespace relief::expression
