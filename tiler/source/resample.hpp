#pragma once
// From a window's cells to a picture's cells: value × weight and weight, each on its own.

#include "tiler/core/grid.hpp"
#include "tiler/core/resampling.hpp"
#include "tiler/source/transform_grid.hpp"
#include "tiler/source/window.hpp"

#include <span>
#include <vector>

namespace relief::source {

/// How a window's cells lie under the transform grid.
struct WindowScale {
    double columns = 1;  ///< window cells in one pixel of the full resolution
    double rows = 1;
    PixelPoint footprint{1, 1};  ///< window cells that one picture pixel spans (average and mode)
};

struct ResampleOrder {
    const TransformGrid& transform;
    WindowScale scale;
    Resampling method = Resampling::nearest;
};

/// Fills the grid's cells inside transform.rect(); the others stay as they are (weight 0).
/// Shape: grid.bands match window.bands in number and type; grid.weight has a value for each cell.
/// Gives whether every cell of the rectangle got the full weight.
bool resample(const Window& window, const ResampleOrder& order, Grid& grid);

}  // namespace relief::source
