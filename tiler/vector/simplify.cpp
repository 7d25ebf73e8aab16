#include "tiler/vector/simplify.hpp"

#include <cmath>
#include <span>
#include <utility>

namespace relief::vector {
namespace {

using Points = std::span<const WorldPoint>;

double squared_distance(const WorldPoint& point,
                        const WorldPoint& a,
                        const WorldPoint& b) noexcept {
    const auto dx = static_cast<double>(b.x - a.x);
    const auto dy = static_cast<double>(b.y - a.y);
    auto px = static_cast<double>(point.x - a.x);
    auto py = static_cast<double>(point.y - a.y);
    const double length = dx * dx + dy * dy;
    if (length > 0) {
        const double share = std::clamp((px * dx + py * dy) / length, 0.0, 1.0);
        px -= share * dx;
        py -= share * dy;
    }
    return px * px + py * py;
}

/// Marks the points that stay between two that do. A list of its own in place of recursion: a
/// coast has a million points.
class Thinner {
public:
    Thinner(Points points, double tolerance)
        : points_(points), limit_(tolerance * tolerance), stays_(points.size(), false) {}

    void keep(std::size_t index) { stays_[index] = true; }
    void thin(std::size_t first, std::size_t last) {
        spans_.emplace_back(first, last);
        while (!spans_.empty()) {
            const auto [from, to] = spans_.back();
            spans_.pop_back();
            split(from, to);
        }
    }
    bool stays(std::size_t index) const { return stays_[index]; }

private:
    void split(std::size_t from, std::size_t to) {
        double worst = limit_;
        std::size_t furthest = from;
        for (std::size_t i = from + 1; i < to; ++i) {
            const double distance = squared_distance(points_[i], points_[from], points_[to]);
            if (distance > worst) {
                worst = distance;
                furthest = i;
            }
        }
        if (furthest == from) return;
        keep(furthest);
        spans_.emplace_back(from, furthest);
        spans_.emplace_back(furthest, to);
    }

    Points points_;
    double limit_;
    std::vector<bool> stays_;
    std::vector<std::pair<std::size_t, std::size_t>> spans_;
};

std::vector<WorldPoint> thinned_line(Points points, double tolerance) {
    Thinner thinner(points, tolerance);
    thinner.keep(0);
    thinner.keep(points.size() - 1);
    thinner.thin(0, points.size() - 1);
    std::vector<WorldPoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (thinner.stays(i)) kept.push_back(points[i]);
    return kept;
}

std::size_t north_westernmost(Points ring) {
    std::size_t found = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        if (std::pair(ring[i].x, ring[i].y) < std::pair(ring[found].x, ring[found].y)) found = i;
    return found;
}

std::vector<WorldPoint> thinned_ring(Points ring, double tolerance) {
    // From the cut around to the cut again.
    std::vector<WorldPoint> closed;
    closed.reserve(ring.size() + 1);
    const std::size_t start = north_westernmost(ring);
    for (std::size_t i = 0; i <= ring.size(); ++i)
        closed.push_back(ring[(start + i) % ring.size()]);
    std::size_t furthest = 0;
    double most = 0;
    for (std::size_t i = 1; i + 1 < closed.size(); ++i) {
        const double distance = squared_distance(closed[i], closed[0], closed[0]);
        if (distance > most) {
            most = distance;
            furthest = i;
        }
    }
    Thinner thinner(closed, tolerance);
    thinner.keep(0);
    thinner.keep(furthest);
    thinner.thin(0, furthest);
    thinner.thin(furthest, closed.size() - 1);
    std::vector<WorldPoint> kept;
    for (std::size_t i = 0; i + 1 < closed.size(); ++i)
        if (thinner.stays(i)) kept.push_back(closed[i]);
    return kept;
}

void append_path(Shape& shape, const std::vector<WorldPoint>& points, bool hole) {
    shape.begin_path(hole);
    for (const WorldPoint& point : points) shape.add(point);
}

/// `change` gives the new points of each path; those with fewer than `least` go, and the holes of
/// an exterior that went.
template <typename Change>
Shape rebuilt(const Shape& shape, std::size_t least, const Change& change) {
    Shape result;
    result.kind = shape.kind;
    result.points.reserve(shape.points.size());
    bool exterior_gone = false;
    for (const Path& path : shape.paths) {
        if (path.hole && exterior_gone) continue;
        std::vector<WorldPoint> points =
            change(Points(shape.points).subspan(path.first, path.count));
        const bool gone = points.size() < least;
        if (!path.hole) exterior_gone = gone;
        if (!gone) append_path(result, points, path.hole);
    }
    return result;
}

constexpr std::size_t least_points(GeometryKind kind) noexcept {
    return kind == GeometryKind::area ? 3 : kind == GeometryKind::line ? 2 : 1;
}

/// b lies on the way from a to c or beyond: going there and back again shows nothing.
bool is_idle(const WorldPoint& a, const WorldPoint& b, const WorldPoint& c) noexcept {
    const auto cross = static_cast<double>(b.x - a.x) * static_cast<double>(c.y - b.y) -
                       static_cast<double>(b.y - a.y) * static_cast<double>(c.x - b.x);
    return cross == 0;
}

void push_without_idle(std::vector<WorldPoint>& kept, const WorldPoint& point) {
    if (!kept.empty() && kept.back() == point) return;
    while (kept.size() >= 2 && is_idle(kept[kept.size() - 2], kept.back(), point)) {
        kept.pop_back();
        if (kept.back() == point) return;
    }
    kept.push_back(point);
}

/// The ends of the list meet too.
void close_ring(std::vector<WorldPoint>& ring) {
    bool changed = true;
    while (changed && ring.size() >= 3) {
        changed = false;
        if (ring.front() == ring.back() ||
            is_idle(ring[ring.size() - 2], ring.back(), ring.front())) {
            ring.pop_back();
            changed = true;
        } else if (is_idle(ring.back(), ring.front(), ring[1])) {
            ring.erase(ring.begin());
            changed = true;
        }
    }
}

}  // namespace

Shape simplified(const Shape& shape, double tolerance) {
    if (shape.kind == GeometryKind::point) return shape;
    const bool rings = shape.kind == GeometryKind::area;
    return rebuilt(shape, least_points(shape.kind), [&](Points points) {
        if (points.size() <= least_points(shape.kind))
            return std::vector<WorldPoint>(points.begin(), points.end());
        return rings ? thinned_ring(points, tolerance) : thinned_line(points, tolerance);
    });
}

Shape snapped(const Shape& shape, unsigned bits) {
    const std::int64_t half = bits == 0 ? 0 : std::int64_t{1} << (bits - 1);
    const auto snap = [&](const WorldPoint& point) {
        const std::int64_t cell = std::int64_t{1} << bits;
        return WorldPoint{((point.x + half) >> bits) * cell, ((point.y + half) >> bits) * cell};
    };
    const bool ring = shape.kind == GeometryKind::area;
    return rebuilt(shape, least_points(shape.kind), [&](Points points) {
        std::vector<WorldPoint> kept;
        kept.reserve(points.size());
        for (const WorldPoint& point : points) {
            const WorldPoint place = snap(point);
            if (ring)
                push_without_idle(kept, place);
            else if (kept.empty() || !(kept.back() == place))
                kept.push_back(place);
        }
        if (ring) close_ring(kept);
        return kept;
    });
}

double size_of(const Shape& shape) noexcept {
    double size = 0;
    if (shape.kind == GeometryKind::point) return size;
    for (const Path& path : shape.paths) {
        const WorldPoint* points = shape.points.data() + path.first;
        if (shape.kind == GeometryKind::area) {
            const double area = std::abs(twice_area(points, path.count)) / 2;
            size += path.hole ? -area : area;
            continue;
        }
        for (std::uint32_t i = 1; i < path.count; ++i)
            size += std::hypot(static_cast<double>(points[i].x - points[i - 1].x),
                               static_cast<double>(points[i].y - points[i - 1].y));
    }
    return std::max(size, 0.0);
}

}  // namespace relief::vector
