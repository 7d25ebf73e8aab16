#pragma once
// Heights with a margin, and the ground they stand on.

#include "tiler/core/grid.hpp"
#include "tiler/style/raster_style.hpp"

#include <span>
#include <vector>

namespace relief::render {

/// Heights of a picture and of `margin` further pixels on each side, so that what depends on
/// neighbours is the same on both sides of a tile's edge.
/// Units: metres. Mask: NaN where there is no height.
struct Surface {
    PixelSize size;  ///< with the margin
    int margin = 0;
    bool whole = false;  ///< no height is missing
    std::vector<float> heights;

    PixelSize inner() const noexcept { return {size.width - 2 * margin, size.height - 2 * margin}; }
    /// From the first height of a row; rows count from the margin's first.
    std::span<const float> row(int number) const noexcept {
        return std::span(heights).subspan(
            static_cast<std::size_t>(number) * static_cast<std::size_t>(size.width),
            static_cast<std::size_t>(size.width));
    }
};

/// Distances on the ground between neighbouring pixel centres, for each row of the picture without
/// its margin. Units: metres.
struct Ground {
    std::vector<double> east;
    std::vector<double> north;
};

/// Shape: the grid has one band and the margin.
/// Mask:  a cell of any weight has a height.
Surface surface_of(const Grid& grid, const style::Heights& heights, int margin);

/// The weights of a grid without its margin, as a grid without bands.
Grid without_margin(const Grid& grid, int margin);

}  // namespace relief::render
