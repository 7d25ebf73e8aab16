#pragma once
// Geometry on the world's lattice: Web Mercator cut into 2^32 × 2^32 steps of 9.3 mm.

#include "tiler/core/vector_description.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relief::vector {

/// The world's side is 2^32 steps: at zoom 20 one step is one unit of a tile.
inline constexpr unsigned world_bits = 32;
inline constexpr unsigned unit_zoom = 20;
inline constexpr std::int64_t world_side = std::int64_t{1} << world_bits;

/// Units: steps from the north-western corner of the Web Mercator square, y down. Signed and wide:
/// buffers reach over the edge.
struct WorldPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;
    bool operator==(const WorldPoint&) const = default;
};

/// All four edges are inside.
struct WorldBox {
    std::int64_t left = 0;
    std::int64_t top = 0;
    std::int64_t right = 0;
    std::int64_t bottom = 0;
    bool operator==(const WorldBox&) const = default;

    bool meets(const WorldBox& other) const noexcept {
        return left <= other.right && other.left <= right && top <= other.bottom &&
               other.top <= bottom;
    }
    bool holds(const WorldBox& other) const noexcept {
        return left <= other.left && other.right <= right && top <= other.top &&
               other.bottom <= bottom;
    }
    WorldBox grown(std::int64_t by) const noexcept {
        return {left - by, top - by, right + by, bottom + by};
    }
    void join(const WorldBox& other) noexcept {
        left = std::min(left, other.left);
        top = std::min(top, other.top);
        right = std::max(right, other.right);
        bottom = std::max(bottom, other.bottom);
    }
};

/// One run of points. Rings are not closed by a repeated point; `hole` belongs to the exterior
/// before it.
struct Path {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool hole = false;
};

/// A (multi)point has one path, lines have one each, areas one for each ring.
struct Shape {
    GeometryKind kind = GeometryKind::point;
    std::vector<Path> paths;
    std::vector<WorldPoint> points;

    bool empty() const noexcept { return points.empty(); }
    void clear() {
        paths.clear();
        points.clear();
    }
    void begin_path(bool hole = false) {
        paths.push_back({static_cast<std::uint32_t>(points.size()), 0, hole});
    }
    /// To the path begun last.
    void add(WorldPoint point) {
        points.push_back(point);
        ++paths.back().count;
    }
};

/// Of a shape with points.
inline WorldBox box_of(const Shape& shape) noexcept {
    WorldBox box{shape.points[0].x, shape.points[0].y, shape.points[0].x, shape.points[0].y};
    for (const WorldPoint& point : shape.points) box.join({point.x, point.y, point.x, point.y});
    return box;
}

/// Twice the area of a ring, positive for an exterior of MVT (clockwise as seen, y down).
inline double twice_area(const WorldPoint* ring, std::size_t count) noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const WorldPoint& a = ring[i];
        const WorldPoint& b = ring[i + 1 == count ? 0 : i + 1];
        // From the first point: the products stay small, and little of them is rounded away.
        sum += static_cast<double>(a.x - ring[0].x) * static_cast<double>(b.y - ring[0].y) -
               static_cast<double>(b.x - ring[0].x) * static_cast<double>(a.y - ring[0].y);
    }
    return sum;
}

}  // namespace relief::vector
