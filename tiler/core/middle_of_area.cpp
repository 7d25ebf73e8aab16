#include "tiler/core/middle_of_area.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>

namespace relief {
namespace {

using Rings = std::span<const PlaneRing>;

/// A square of which it is known how far from the edges its best point can lie at most.
struct Cell {
    PlanePoint middle;
    double half;
    double distance;  ///< of the middle from the nearest edge; negative outside
    double most() const noexcept { return distance + half * std::numbers::sqrt2; }
    bool operator<(const Cell& other) const noexcept { return most() < other.most(); }
};

double squared_distance(PlanePoint at, PlanePoint from, PlanePoint to) noexcept {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    double px = at.x - from.x;
    double py = at.y - from.y;
    const double square = dx * dx + dy * dy;
    if (square > 0) {
        const double share = std::clamp((px * dx + py * dy) / square, 0.0, 1.0);
        px -= share * dx;
        py -= share * dy;
    }
    return px * px + py * py;
}

double inner_distance(Rings rings, PlanePoint at) noexcept {
    bool inside = false;
    double nearest = std::numeric_limits<double>::infinity();
    for (const PlaneRing ring : rings) {
        PlanePoint a = ring.back();
        for (const PlanePoint b : ring) {
            if ((a.y > at.y) != (b.y > at.y) &&
                at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
                inside = !inside;
            nearest = std::min(nearest, squared_distance(at, a, b));
            a = b;
        }
    }
    return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
}

PlanePoint centroid(PlaneRing ring) noexcept {
    // From the first point: the products stay small, and little of them is rounded away.
    const PlanePoint origin = ring[0];
    PlanePoint sum{};
    double area = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint next = ring[i + 1 == ring.size() ? 0 : i + 1];
        const PlanePoint a{ring[i].x - origin.x, ring[i].y - origin.y};
        const PlanePoint b{next.x - origin.x, next.y - origin.y};
        const double part = a.x * b.y - a.y * b.x;
        sum = {sum.x + (a.x + b.x) * part, sum.y + (a.y + b.y) * part};
        area += part * 3;
    }
    return area == 0 ? origin : PlanePoint{origin.x + sum.x / area, origin.y + sum.y / area};
}

Cell cell_at(Rings rings, PlanePoint middle, double half) noexcept {
    return {middle, half, inner_distance(rings, middle)};
}

/// The smallest numbers of a ring and the largest.
std::array<PlanePoint, 2> bounds_of(PlaneRing ring) noexcept {
    PlanePoint low = ring[0];
    PlanePoint high = ring[0];
    for (const PlanePoint& point : ring) {
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    return {low, high};
}

/// Squares side by side over an area.
std::priority_queue<Cell> cells_over(Rings rings, const std::array<PlanePoint, 2>& bounds) {
    const auto& [low, high] = bounds;
    const double width = high.x - low.x;
    const double height = high.y - low.y;
    // Narrow areas would be cut into squares without end.
    const double step = std::max(std::min(width, height), std::max(width, height) / 64);
    const int columns = static_cast<int>(std::ceil(width / step));
    const int rows = static_cast<int>(std::ceil(height / step));
    std::priority_queue<Cell> cells;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            cells.push(cell_at(
                rings, {low.x + (column + 0.5) * step, low.y + (row + 0.5) * step}, step / 2));
    return cells;
}

}  // namespace

PlanePoint middle_of_area(Rings rings, double precision) {
    const auto bounds = bounds_of(rings.front());
    const double width = bounds[1].x - bounds[0].x;
    const double height = bounds[1].y - bounds[0].y;
    if (!(std::min(width, height) > 0)) return bounds[0];
    auto cells = cells_over(rings, bounds);
    Cell best = cell_at(rings, centroid(rings.front()), 0);
    for (int looked = 0; !cells.empty() && looked < 2000; ++looked) {
        const Cell next = cells.top();
        cells.pop();
        if (next.distance > best.distance) best = next;
        if (next.most() - best.distance <= precision) break;
        const double half = next.half / 2;
        for (const double x : {next.middle.x - half, next.middle.x + half})
            for (const double y : {next.middle.y - half, next.middle.y + half})
                cells.push(cell_at(rings, {x, y}, half));
    }
    return best.middle;
}

}  // namespace relief
