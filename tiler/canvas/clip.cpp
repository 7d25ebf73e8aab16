#include "tiler/canvas/clip.hpp"

#include <cmath>

namespace relief::canvas {
namespace {

int held(double value, int end) noexcept {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(end)));
}

/// Where the edge lies at a height, the same for both areas that share it.
double crossing(Point a, Point b, double y) noexcept {
    if (b.y < a.y) std::swap(a, b);
    const double share =
        (y - static_cast<double>(a.y)) / (static_cast<double>(b.y) - static_cast<double>(a.y));
    return static_cast<double>(a.x) + share * (static_cast<double>(b.x) - static_cast<double>(a.x));
}

Coverage::Extent row_within(const std::array<Point, 4>& corners, PixelSize size, int row) noexcept {
    const double y = row + 0.5;
    double low = size.width;
    double high = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point a = corners.at(i);
        const Point b = corners.at((i + 1) % corners.size());
        // A corner at the height belongs to the edge that leads down from it.
        if ((static_cast<double>(a.y) <= y) == (static_cast<double>(b.y) <= y)) continue;
        const double x = crossing(a, b, y);
        low = std::min(low, x);
        high = std::max(high, x);
    }
    // Pixels whose centre lies in [low, high).
    return {held(std::ceil(low - 0.5), size.width), held(std::ceil(high - 0.5), size.width)};
}

}  // namespace

Clip Clip::inside(const std::array<Point, 4>& corners, PixelSize size) {
    Clip clip;
    const auto [highest, lowest] = std::minmax_element(
        corners.begin(), corners.end(), [](Point a, Point b) { return a.y < b.y; });
    clip.top_ = held(std::floor(static_cast<double>(highest->y)), size.height);
    const int bottom = held(std::ceil(static_cast<double>(lowest->y)), size.height);
    for (int row = clip.top_; row < bottom; ++row)
        clip.rows_.push_back(row_within(corners, size, row));
    return clip;
}

void Clip::cut(Coverage& coverage) const noexcept {
    for (int y = coverage.top(); y < coverage.bottom(); ++y) {
        const auto number = static_cast<std::size_t>(y - top_);
        const bool outside = y < top_ || number >= rows_.size();
        coverage.keep(y, outside ? Coverage::Extent{} : rows_[number]);
    }
}

bool Clip::holds(Point point) const noexcept {
    const float row = std::floor(point.y) - static_cast<float>(top_);
    if (!(row >= 0) || row >= static_cast<float>(rows_.size())) return false;
    const Coverage::Extent extent = rows_[static_cast<std::size_t>(row)];
    return point.x >= static_cast<float>(extent.from) && point.x < static_cast<float>(extent.to);
}

}  // namespace relief::canvas
