#pragma once
// From the points of an index to the sums of cells.

#include "tiler/core/result.hpp"
#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/cell_grid.hpp"

namespace relief::vector {

struct CountWish {
    const VectorIndex& index;
    const TileWish& wish;
    const AggregateRule& rule;
};

/// Fills the grid. Where all points of squares are asked for and nothing of them but their number
/// and place, from the counts that the index keeps; else from the points.
/// Errors: source_broken when the index is damaged; out_of_time.
Result<void> count_cells(const CountWish& wish, const CellLattice& lattice, CellGrid& grid);

}  // namespace relief::vector
