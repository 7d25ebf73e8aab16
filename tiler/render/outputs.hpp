#pragma once
// The numbers that are painted: the bands themselves, or what an expression makes of them.

#include "tiler/core/grid.hpp"
#include "tiler/style/raster_style.hpp"

#include <vector>

namespace relief::render {

/// Evaluates the style's expression over the grid's bands: in float64 when a band that it reads is
/// of 32-bit integers or doubles, in float32 else.
/// Shape: one band for each output, of the grid's cells.
std::vector<BandValues> evaluated(const Grid& grid, const style::RasterStyle& style);

}  // namespace relief::render
