#pragma once
// Rings around the cells of a small grid that hold data.

#include "tiler/core/boxes.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relief::ingest {

/// Shape: size.width × size.height cells, row by row; not 0: data.
struct DataCells {
    PixelSize size;
    std::vector<std::uint8_t> cells;
};

using CellRing = std::vector<PixelPoint>;

/// Rings without holes that hold every cell with data and reach at most `margin` cells beyond; in
/// cells from the north-western corner, clamped to the grid and half a cell around it. Empty when
/// there are no data.
std::vector<CellRing> outline(const DataCells& data, int margin);

/// Leaves out points that lie within `tolerance` of the line between those that stay.
/// Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required
/// to represent a digitized line or its caricature", Cartographica 10 (2), 1973.
CellRing simplified(const CellRing& ring, double tolerance);

}  // namespace relief::ingest
