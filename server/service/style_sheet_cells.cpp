#include "server/service/style_sheet_cells.hpp"

#include <algorithm>
#include <cmath>

namespace relief::service {

SheetCells::SheetCells(const TileId& tile, std::uint32_t side)
    : zoom_(tile.zoom()),
      side_(std::min(side, std::uint32_t{1} << tile.zoom())),
      column_(tile.column() / side_ * side_),
      row_(tile.row() / side_ * side_) {}

std::size_t SheetCells::cell_of(const TileId& tile) const {
    return std::size_t{tile.row() - row_} * side_ + (tile.column() - column_);
}

TileId SheetCells::tile_of(std::size_t cell) const {
    const auto number = static_cast<std::uint32_t>(cell);
    return *TileId::make(
        {.zoom = zoom_, .column = column_ + number % side_, .row = row_ + number / side_});
}

CellBlock SheetCells::around(const std::vector<std::size_t>& cells) const {
    CellBlock block{side_, side_, 0, 0};
    for (const std::size_t cell : cells) {
        const auto column = static_cast<std::uint32_t>(cell) % side_;
        const auto row = static_cast<std::uint32_t>(cell) / side_;
        block.left = std::min(block.left, column);
        block.top = std::min(block.top, row);
        block.right = std::max(block.right, column);
        block.bottom = std::max(block.bottom, row);
    }
    return block;
}

std::vector<std::size_t> SheetCells::cells_of(const CellBlock& block) const {
    std::vector<std::size_t> cells;
    for (std::uint32_t row = block.top; row <= block.bottom; ++row)
        for (std::uint32_t column = block.left; column <= block.right; ++column)
            cells.push_back(std::size_t{row} * side_ + column);
    return cells;
}

symbology::View SheetCells::view_of(const CellBlock& block, int pixels) const {
    const double tiles = std::exp2(static_cast<double>(zoom_));
    const auto middle = [&](std::uint32_t first, std::uint32_t low, std::uint32_t high) {
        return (first + (low + high + 1) / 2.0) / tiles;
    };
    const auto length = [&](std::uint32_t low, std::uint32_t high) {
        return static_cast<int>(high - low + 1) * pixels;
    };
    symbology::View view;
    view.centre = {middle(column_, block.left, block.right), middle(row_, block.top, block.bottom)};
    // A tile of 256 style pixels is half as wide as one of the zoom's own.
    view.zoom = zoom_ - 1.0;
    view.ratio = pixels / 256.0;
    view.size = {length(block.left, block.right), length(block.top, block.bottom)};
    return view;
}

SurfacePart SheetCells::part_of(std::size_t cell, const CellBlock& block, int pixels) const {
    const auto column = static_cast<std::uint32_t>(cell) % side_;
    const auto row = static_cast<std::uint32_t>(cell) / side_;
    return {static_cast<int>(column - block.left) * pixels,
            static_cast<int>(row - block.top) * pixels,
            {pixels, pixels}};
}

}  // namespace relief::service
