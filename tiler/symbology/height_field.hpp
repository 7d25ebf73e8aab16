#pragma once
// Heights of one tile, with a border of its neighbours'.

#include "tiler/core/boxes.hpp"

#include <cstddef>
#include <vector>

namespace relief::symbology {

/// Shape: `size` cells and one more to each side, row by row. Units: metres.
/// Mask: a cell without height is not-a-number.
struct HeightField {
    PixelSize size;
    std::vector<float> metres;

    /// From -1 to the size.
    float at(int column, int row) const noexcept {
        const std::ptrdiff_t stride = std::ptrdiff_t{size.width} + 2;
        return metres[static_cast<std::size_t>((row + 1) * stride + column + 1)];
    }
};

}  // namespace relief::symbology
