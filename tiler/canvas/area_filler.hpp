#pragma once
// Areas to coverage, exact to the pixel's share.

#include "tiler/canvas/plane.hpp"

#include <vector>

namespace relief::canvas {

/// Collects the rings of an area, then tells how much of each pixel lies inside. Each edge adds its
/// signed share to the pixels it passes through; the sum from the left is the winding number times
/// the share covered. So two areas that share an edge cover together exactly what one of both
/// would.
///
/// A pixel is inside where the winding number is not zero: exteriors and holes run opposite ways.
class AreaFiller {
public:
    explicit AreaFiller(PixelSize size);

    /// Shape: a ring without its closing point; fewer than three points cover nothing. Points may
    /// lie outside of the plane, and those that are no numbers make the ring cover nothing.
    void add(Points ring);

    /// The coverage of all rings added since the last call, added to what is covered (no pixel more
    /// than whole); the filler is empty again.
    void cover(Coverage& coverage);

private:
    struct Reach {
        int from = 0;  ///< column
        int to = 0;    ///< column behind the last
    };

    void add_edge(Point from, Point to);
    void add_inside(Point from, Point to, float direction);
    void add_row(int row, Point from, Point to, float direction);
    void put(int row, int column, float share) noexcept {
        sums_[static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(column)] += share;
    }
    void cover_row(int row, Coverage& coverage);

    PixelSize size_;
    std::size_t stride_;
    std::vector<float> sums_;
    std::vector<Reach> reaches_;
    int top_;
    int bottom_ = 0;
};

}  // namespace relief::canvas
