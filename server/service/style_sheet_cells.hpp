#pragma once
// A block of tiles that are drawn as one picture, and where each lies in it.

#include "server/service/surface_picture.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/symbology/view.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relief::service {

/// Columns and rows of a sheet, both ends inside.
struct CellBlock {
    std::uint32_t left = 0;
    std::uint32_t top = 0;
    std::uint32_t right = 0;
    std::uint32_t bottom = 0;
};

/// Cells are numbered row by row. Where the world has fewer tiles a side, the sheet has too.
class SheetCells {
public:
    /// The sheet of `side` × `side` tiles, a power of two, that holds the tile.
    SheetCells(const TileId& tile, std::uint32_t side);

    std::size_t cell_of(const TileId& tile) const;
    TileId tile_of(std::size_t cell) const;

    CellBlock whole() const noexcept { return {0, 0, side_ - 1, side_ - 1}; }
    /// The smallest block with all of them, of which there is one at least.
    CellBlock around(const std::vector<std::size_t>& cells) const;
    std::vector<std::size_t> cells_of(const CellBlock& block) const;

    /// Units: `pixels` of a tile's side; 256 are drawn at ratio 1.
    symbology::View view_of(const CellBlock& block, int pixels) const;
    SurfacePart part_of(std::size_t cell, const CellBlock& block, int pixels) const;

private:
    std::uint32_t zoom_;
    std::uint32_t side_;
    std::uint32_t column_;  ///< of the first cell
    std::uint32_t row_;
};

}  // namespace relief::service
