#include "tiler/vector/clip.hpp"

#include "tiler/vector/clip_areas.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace relief::vector {
namespace {

/// The part of the way from a to b inside, as shares of it (Liang and Barsky 1984).
bool trim(const WorldPoint& a,
          const WorldPoint& b,
          const WorldBox& box,
          std::pair<double, double>& part) {
    part = {0, 1};
    const auto dx = static_cast<double>(b.x - a.x);
    const auto dy = static_cast<double>(b.y - a.y);
    const auto limit = [&](double direction, double distance) {
        if (direction == 0) return distance >= 0;
        const double share = distance / direction;
        if (direction < 0) {
            if (share > part.second) return false;
            part.first = std::max(part.first, share);
        } else {
            if (share < part.first) return false;
            part.second = std::min(part.second, share);
        }
        return true;
    };
    return limit(-dx, static_cast<double>(a.x - box.left)) &&
           limit(dx, static_cast<double>(box.right - a.x)) &&
           limit(-dy, static_cast<double>(a.y - box.top)) &&
           limit(dy, static_cast<double>(box.bottom - a.y));
}

struct Part {
    WorldPoint begin, end;
    bool begins_late = false;  ///< the way came from outside
    bool ends_early = false;
};

/// What of the way from a to b lies inside; rounding never leads over the edge it was cut at.
std::optional<Part> part_inside(const WorldPoint& a, const WorldPoint& b, const WorldBox& box) {
    std::pair<double, double> part;
    if (!trim(a, b, box, part)) return std::nullopt;
    const auto between = [](std::int64_t from, std::int64_t to, double share) {
        return from + std::llround(share * static_cast<double>(to - from));
    };
    const auto at = [&](double share) {
        return WorldPoint{std::clamp<std::int64_t>(between(a.x, b.x, share), box.left, box.right),
                          std::clamp<std::int64_t>(between(a.y, b.y, share), box.top, box.bottom)};
    };
    const bool late = part.first > 0;
    const bool early = part.second < 1;
    return Part{late ? at(part.first) : a, early ? at(part.second) : b, late, early};
}

Shape clipped_lines(const Shape& shape, const WorldBox& box) {
    Shape result;
    result.kind = shape.kind;
    for (const Path& path : shape.paths) {
        bool running = false;
        for (std::uint32_t i = 1; i < path.count; ++i) {
            const WorldPoint& a = shape.points[path.first + i - 1];
            const WorldPoint& b = shape.points[path.first + i];
            const auto part = part_inside(a, b, box);
            if (part && (!running || part->begins_late)) {
                result.begin_path();
                result.add(part->begin);
            }
            if (part) result.add(part->end);
            running = part && !part->ends_early;
        }
    }
    return result;
}

Shape clipped_points(const Shape& shape, const WorldBox& box) {
    Shape result;
    result.kind = shape.kind;
    for (const WorldPoint& point : shape.points) {
        if (!box.holds({point.x, point.y, point.x, point.y})) continue;
        if (result.paths.empty()) result.begin_path();
        result.add(point);
    }
    return result;
}

}  // namespace

Shape clipped(const Shape& shape, const WorldBox& box) {
    switch (shape.kind) {
        case GeometryKind::point: return clipped_points(shape, box);
        case GeometryKind::line: return clipped_lines(shape, box);
        case GeometryKind::area: return clipped_areas(shape, box);
    }
    return shape;
}

void wind(Shape& shape) {
    if (shape.kind != GeometryKind::area) return;
    for (const Path& path : shape.paths) {
        WorldPoint* ring = shape.points.data() + path.first;
        const double area = twice_area(ring, path.count);
        if (area != 0 && (area > 0) == path.hole) std::reverse(ring, ring + path.count);
    }
}

}  // namespace relief::vector
