#include "server/service/style_sheet_cells.hpp"

#include <gtest/gtest.h>

namespace relief::service {
namespace {

TileId sheet_tile(std::uint32_t zoom, std::uint32_t column, std::uint32_t row) {
    return *TileId::make({.zoom = zoom, .column = column, .row = row});
}

TEST(SheetCells, StandOnAGridThatIsTheSameForAllTheirTiles) {
    const SheetCells one(sheet_tile(5, 9, 14), 4);
    const SheetCells other(sheet_tile(5, 11, 12), 4);

    EXPECT_EQ(one.tile_of(0), sheet_tile(5, 8, 12));
    EXPECT_EQ(other.tile_of(0), sheet_tile(5, 8, 12));
    EXPECT_EQ(one.cell_of(sheet_tile(5, 9, 14)), 9U);
    EXPECT_EQ(one.tile_of(9), sheet_tile(5, 9, 14));
}

TEST(SheetCells, AreAsManyAsTheWorldHasTiles) {
    const SheetCells world(sheet_tile(0, 0, 0), 4);
    const SheetCells quarter(sheet_tile(1, 1, 0), 4);

    EXPECT_EQ(world.cells_of(world.whole()).size(), 1U);
    EXPECT_EQ(quarter.cells_of(quarter.whole()).size(), 4U);
    EXPECT_EQ(quarter.cell_of(sheet_tile(1, 1, 0)), 1U);
}

TEST(SheetCells, AreDrawnWithWhatLiesBetweenThoseWanted) {
    const SheetCells cells(sheet_tile(5, 8, 12), 4);

    const CellBlock block = cells.around({5, 11});

    EXPECT_EQ(cells.cells_of(block), (std::vector<std::size_t>{5, 6, 7, 9, 10, 11}));
    const auto part = cells.part_of(10, block, 256);
    EXPECT_EQ(part.left, 256);
    EXPECT_EQ(part.top, 256);
    EXPECT_EQ(part.size, (PixelSize{256, 256}));
}

TEST(SheetCells, SeeTheWorldAsATileOf256PixelsAtTheZoomBefore) {
    const SheetCells cells(sheet_tile(1, 1, 0), 4);

    const auto north_east = cells.view_of(cells.around({1}), 256);
    const auto dense = cells.view_of(cells.whole(), 512);

    // MapLibre's world is 512 · 2^zoom style pixels wide; at zoom 0 a tile of zoom 1 is 256 of
    // them.
    EXPECT_EQ(north_east.zoom, 0);
    EXPECT_EQ(north_east.ratio, 1);
    EXPECT_EQ(north_east.centre.x, 0.75);
    EXPECT_EQ(north_east.centre.y, 0.25);
    EXPECT_EQ(dense.ratio, 2);
    EXPECT_EQ(dense.size, (PixelSize{1024, 1024}));
    EXPECT_EQ(dense.centre.x, 0.5);
}

}  // namespace
}  // namespace relief::service
