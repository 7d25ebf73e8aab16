#include "tiler/canvas/area_filler.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace relief::canvas {
namespace {

/// Of a ring, its upper end first.
struct Edge {
    Point from;
    Point to;
    float slope = 0;  ///< columns a row

    Point at(float x) const noexcept { return {x, from.y + (x - from.x) / slope}; }
    bool crosses(float x) const noexcept {
        return std::min(from.x, to.x) < x && x < std::max(from.x, to.x);
    }
};

/// The part of the edge that lies neither above the plane nor below it.
Edge within_rows(Edge edge, float height) noexcept {
    auto& [from, to, slope] = edge;
    if (from.y < 0) from = {from.x - from.y * slope, 0};
    if (to.y > height) to = {to.x - (to.y - height) * slope, height};
    return edge;
}

/// The edge's ends, and between them where it comes into the plane's columns and leaves them; in
/// place of what it does not do, the end that is nearer.
std::array<Point, 4> stations_of(const Edge& edge, float width) noexcept {
    const bool rightwards = edge.from.x < edge.to.x;
    const float near = rightwards ? 0 : width;
    const float far = rightwards ? width : 0;
    return {edge.from,
            edge.crosses(near) ? edge.at(near) : edge.from,
            edge.crosses(far) ? edge.at(far) : edge.to,
            edge.to};
}

}  // namespace

AreaFiller::AreaFiller(PixelSize size)
    : size_(size),
      // An edge in the last column puts a share into the column behind it.
      stride_(static_cast<std::size_t>(size.width) + 2),
      sums_(stride_ * static_cast<std::size_t>(size.height)),
      reaches_(static_cast<std::size_t>(size.height), Reach{size.width, 0}),
      top_(size.height) {}

void AreaFiller::add(Points ring) {
    if (ring.size() < 3) return;
    float sum = 0;
    for (const Point& point : ring) sum += std::abs(point.x) + std::abs(point.y);
    if (!std::isfinite(sum)) return;
    for (std::size_t i = 0; i < ring.size(); ++i)
        add_edge(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]);
}

void AreaFiller::add_edge(Point from, Point to) {
    // Lower than this it covers nothing that shows, and its slope would have no end.
    if (std::abs(from.y - to.y) < 1e-6F) return;
    const float direction = from.y < to.y ? 1.0F : -1.0F;
    if (direction < 0) std::swap(from, to);
    const auto height = static_cast<float>(size_.height);
    if (to.y <= 0 || from.y >= height) return;
    const Edge edge = within_rows({from, to, (to.x - from.x) / (to.y - from.y)}, height);

    // Left of the plane an edge covers from the first column on, right of it nothing.
    const auto width = static_cast<float>(size_.width);
    const auto stations = stations_of(edge, width);
    for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
        Point begin = stations.at(i);
        Point end = stations.at(i + 1);
        if (end.y <= begin.y) continue;
        begin.x = std::clamp(begin.x, 0.0F, width);
        end.x = std::clamp(end.x, 0.0F, width);
        add_inside(begin, end, direction);
    }
}

void AreaFiller::add_inside(Point from, Point to, float direction) {
    const int first = std::clamp(static_cast<int>(from.y), 0, size_.height - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(to.y)) - 1, first, size_.height - 1);
    top_ = std::min(top_, first);
    bottom_ = std::max(bottom_, last + 1);
    const float slope = (to.x - from.x) / (to.y - from.y);
    const float low = std::min(from.x, to.x);
    const float high = std::max(from.x, to.x);
    Point begin = from;
    for (int row = first; row <= last; ++row) {
        const float y = std::min(static_cast<float>(row + 1), to.y);
        const Point end{row == last ? to.x : std::clamp(from.x + (y - from.y) * slope, low, high),
                        y};
        add_row(row, begin, end, direction);
        begin = end;
    }
}

void AreaFiller::add_row(int row, Point from, Point to, float direction) {
    const float height = (to.y - from.y) * direction;
    const float left = std::min(from.x, to.x);
    const float right = std::max(from.x, to.x);
    const int first = static_cast<int>(left);
    const int last = static_cast<int>(right);
    Reach& reach = reaches_[static_cast<std::size_t>(row)];
    reach.from = std::min(reach.from, first);
    reach.to = std::max(reach.to, last + 2);
    if (first == last) {
        const float share = 1 - (left + right) / 2 + static_cast<float>(first);
        put(row, first, height * share);
        put(row, first + 1, height * (1 - share));
        return;
    }
    // The edge crosses columns: what lies right of it within each is a triangle or a trapezium.
    const float per_column = height / (right - left);
    const float in_first = static_cast<float>(first + 1) - left;
    float covered = per_column * in_first * in_first / 2;
    float before = covered;
    put(row, first, covered);
    for (int column = first + 1; column < last; ++column) {
        covered = per_column * (static_cast<float>(column) + 0.5F - left);
        put(row, column, covered - before);
        before = covered;
    }
    const float in_last = right - static_cast<float>(last);
    covered = height - per_column * in_last * in_last / 2;
    put(row, last, covered - before);
    put(row, last + 1, height - covered);
}

void AreaFiller::cover_row(int row, Coverage& coverage) {
    Reach& reach = reaches_[static_cast<std::size_t>(row)];
    const int end = std::min(reach.to, size_.width);
    float* const sums = sums_.data() + static_cast<std::size_t>(row) * stride_;
    float winding = 0;
    if (reach.from < end) {
        std::uint8_t* const bytes = coverage.touch(row, {reach.from, end});
        for (int x = reach.from; x < end; ++x) {
            winding += sums[x];
            const float share = std::min(std::abs(winding), 1.0F);
            const int sum = bytes[x] + rounded_byte(share * 255.0F);
            bytes[x] = static_cast<std::uint8_t>(std::min(sum, 255));
        }
    }
    // Edges to the right of the plane were left out: the area goes on to the plane's edge.
    const int rest = rounded_byte(std::min(std::abs(winding), 1.0F) * 255.0F);
    if (rest > 0 && end < size_.width) {
        std::uint8_t* const bytes = coverage.touch(row, {end, size_.width});
        for (int x = end; x < size_.width; ++x)
            bytes[x] = static_cast<std::uint8_t>(std::min(bytes[x] + rest, 255));
    }
    std::fill(sums + reach.from, sums + std::max(reach.from, reach.to), 0.0F);
    reach = {size_.width, 0};
}

void AreaFiller::cover(Coverage& coverage) {
    for (int row = top_; row < bottom_; ++row) cover_row(row, coverage);
    top_ = size_.height;
    bottom_ = 0;
}

}  // namespace relief::canvas
