#pragma once
// The part of a plane that belongs to something, by pixel centres.

#include "tiler/canvas/plane.hpp"

#include <array>
#include <vector>

namespace relief::canvas {

/// Every pixel belongs to the side of an edge that its centre lies on: areas that share edges
/// divide the plane without a gap and without overlap, however they are turned.
class Clip {
public:
    /// Shape: corners of a convex area in order, either way round. Empty if they have no area.
    static Clip inside(const std::array<Point, 4>& corners, PixelSize size);

    bool empty() const noexcept { return rows_.empty(); }
    /// Nothing stays covered outside.
    void cut(Coverage& coverage) const noexcept;
    bool holds(Point point) const noexcept;

    /// Rows [top, bottom) have something inside, in the columns of their extent.
    int top() const noexcept { return top_; }
    int bottom() const noexcept { return top_ + static_cast<int>(rows_.size()); }
    Coverage::Extent extent(int row) const noexcept {
        return rows_[static_cast<std::size_t>(row - top_)];
    }

private:
    int top_ = 0;
    std::vector<Coverage::Extent> rows_;  ///< from top_ on
};

}  // namespace relief::canvas
