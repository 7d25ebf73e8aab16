#include "tiler/expression/plane.hpp"

#include <algorithm>

namespace relief::expression {
namespace {

/// Twice the area of the triangle; its sign says on which side of the segment the position is.
double turn(const Segment& segment, const Position& position) {
    return (position.x - segment.from.x) * (segment.to.y - segment.from.y) -
           (segment.to.x - segment.from.x) * (position.y - segment.from.y);
}

bool parts_ends_of(const Segment& line, const Segment& other) {
    const double first = turn(line, other.from);
    const double second = turn(line, other.to);
    return (first > 0 && second < 0) || (first < 0 && second > 0);
}

bool is_on(const Segment& edge, const Position& position) {
    const double x1 = position.x - edge.from.x;
    const double y1 = position.y - edge.from.y;
    const double x2 = position.x - edge.to.x;
    const double y2 = position.y - edge.to.y;
    return x1 * y2 == x2 * y1 && x1 * x2 <= 0 && y1 * y2 <= 0;
}

/// Whether a ray to the east meets the edge.
bool meets_ray(const Segment& edge, const Position& position) {
    if ((edge.from.y > position.y) == (edge.to.y > position.y)) return false;
    const double along = (position.y - edge.from.y) / (edge.to.y - edge.from.y);
    return position.x < edge.from.x + along * (edge.to.x - edge.from.x);
}

}  // namespace

bool cross(const Segment& one, const Segment& other) {
    // NOLINTNEXTLINE(readability-suspicious-call-argument): both ways round
    return parts_ends_of(one, other) && parts_ends_of(other, one);
}

Side side_of(const Position& position, const Rings& rings) {
    bool inside = false;
    for (const Line& ring : rings) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Segment edge{ring[i], ring[i + 1]};
            if (is_on(edge, position)) return Side::boundary;
            if (meets_ray(edge, position)) inside = !inside;
        }
    }
    return inside ? Side::inside : Side::outside;
}

void Extent::add(const Position& position) {
    left = std::min(left, position.x);
    top = std::min(top, position.y);
    right = std::max(right, position.x);
    bottom = std::max(bottom, position.y);
}

void Extent::add(const Line& line) {
    for (const Position& position : line) add(position);
}

void Extent::add(const Rings& rings) {
    for (const Line& ring : rings) add(ring);
}

bool Extent::lies_in(const Extent& other) const noexcept {
    return left > other.left && right < other.right && top > other.top && bottom < other.bottom;
}

}  // namespace relief::expression
