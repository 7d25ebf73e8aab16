#pragma once
// Which overview a picture is read from, and how many cells around it.

#include "tiler/core/resampling.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/window.hpp"

namespace relief::source {

struct LevelChoice {
    int level = 0;
    int reduce = 1;
};

/// The overview whose cell is nearest below the picture's pixel; where even the coarsest is much
/// finer, its cells are taken together. Units: cells of the full resolution.
LevelChoice choose_level(const RasterFacts& facts, double cells_per_pixel) noexcept;

/// Cells around a window that the method's kernel looks at; `footprint` is in window cells.
int margin_of(Resampling method, PixelPoint footprint) noexcept;

Reduction reduction_of(Resampling method) noexcept;

}  // namespace relief::source
