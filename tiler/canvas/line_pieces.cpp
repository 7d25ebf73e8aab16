#include "tiler/canvas/line_pieces.hpp"

#include <array>
#include <cmath>

namespace relief::canvas {
namespace {

/// Shorter patterns would be a grey that costs without end.
constexpr float least_pattern = 0.25F;

Point direction(Point from, Point to) noexcept {
    const Point way = to - from;
    return way * (1 / std::hypot(way.x, way.y));
}

Point right_of(Point along) noexcept {
    return {-along.y, along.x};
}

/// A corner of the line beside: one point, or two where it would lie too far out.
void add_corner(Point at, std::array<Point, 2> ways, float by, std::vector<Point>& beside) {
    const Point first = right_of(ways[0]);
    const Point second = right_of(ways[1]);
    const Point sum = first + second;
    const float square = dot(sum, sum);
    // |sum| is twice the cosine of half the turn, and a corner lies by / cosine away.
    if (square > 0.25F) return beside.push_back(at + sum * (2 * by / square));
    beside.push_back(at + first * by);
    beside.push_back(at + second * by);
}

}  // namespace

DashCutter::DashCutter(std::span<const float> pattern) : pattern_(pattern) {
    for (const float length : pattern) {
        if (!(length >= 0) || !std::isfinite(length)) return;
    }
    float total = 0;
    for (const float length : pattern) total += length;
    if (total > least_pattern) total_ = total;
}

void DashCutter::start(Points line) {
    place_ = 0;
    rest_ = pattern_[0];
    at_ = line[0];
    dash_.assign(1, at_);
}

bool DashCutter::step(Point to) {
    const Point way = to - at_;
    const float length = std::hypot(way.x, way.y);
    if (length < rest_) {
        rest_ -= length;
        at_ = to;
        if (drawing()) dash_.push_back(to);
        return false;
    }
    if (length > 0) at_ = at_ + way * (rest_ / length);
    rest_ = 0;
    if (drawing()) dash_.push_back(at_);
    return true;
}

void DashCutter::turn() {
    // An odd pattern's last dash runs into its first.
    const std::size_t places = pattern_.size();
    if (place_ + 1 == places && places % 2 == 1) {
        place_ = 0;
        rest_ = pattern_[0];
    } else {
        place_ = (place_ + 1) % places;
        rest_ = pattern_[place_];
    }
    dash_.clear();
    if (drawing()) dash_.push_back(at_);
}

void offset_line(Points line, bool closed, float by, std::vector<Point>& beside) {
    std::vector<Point> stations;
    for (const Point& point : line)
        if (stations.empty() || !(stations.back() == point)) stations.push_back(point);
    if (closed && stations.size() > 1 && stations.back() == stations.front()) stations.pop_back();
    beside.clear();
    const std::size_t count = stations.size();
    if (count < 2) return;
    const auto way = [&](std::size_t i) {
        return direction(stations[i % count], stations[(i + 1) % count]);
    };
    for (std::size_t i = 0; i < count; ++i) {
        if (!closed && i == 0)
            beside.push_back(stations[0] + right_of(way(0)) * by);
        else if (!closed && i + 1 == count)
            beside.push_back(stations[i] + right_of(way(i - 1)) * by);
        else
            add_corner(stations[i], {way(i + count - 1), way(i)}, by, beside);
    }
}

}  // namespace relief::canvas
