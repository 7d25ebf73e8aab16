#pragma once
// Cells of one size all over the world, and what lies in those that a tile needs.

#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace relief::vector {

struct CellPlace {
    std::int64_t column = 0;
    std::int64_t row = 0;
    bool operator==(const CellPlace&) const = default;
};

/// Of a cell: beside the numbers that sources give their features, and exact as a double.
std::uint64_t id_of(const CellPlace& place) noexcept;

/// Squares from the world's corner on; or hexagons, one corner up, whose rows lie half a cell aside
/// by turns. A whole number of either goes round the world.
class CellLattice {
public:
    /// `side`: of a square, or from side to side of a hexagon; steps of the world.
    CellLattice(bool hexagons, std::int64_t side) : hexagons_(hexagons), side_(side) {}

    std::int64_t side() const noexcept { return side_; }
    CellPlace place_of(const WorldPoint& point) const noexcept;
    Shape outline_of(const CellPlace& place) const;
    /// Holds the cell.
    WorldBox box_of(const CellPlace& place) const noexcept;

private:
    WorldPoint centre_of(const CellPlace& place) const noexcept;

    bool hexagons_;
    std::int64_t side_;
};

/// What lies in a cell, or in several together.
struct CellSum {
    std::uint64_t count = 0;
    std::uint64_t x =
        0;  ///< of all, steps of the world: sums of integers are the same in any order
    std::uint64_t y = 0;
    std::uint32_t first = 0;  ///< the lowest number of a feature
    double sum = 0;
    std::map<std::uint32_t, std::uint64_t> tally;  ///< of numbers of values

    void add(const CellSum& other);
    /// Of a cell with something in it.
    WorldPoint middle() const noexcept {
        return {static_cast<std::int64_t>(x / count), static_cast<std::int64_t>(y / count)};
    }
};

/// The cells from one to another, row by row.
class CellGrid {
public:
    CellGrid(CellPlace first, CellPlace last);

    std::size_t columns() const noexcept { return columns_; }
    std::size_t rows() const noexcept { return cells_.size() / columns_; }
    std::size_t size() const noexcept { return cells_.size(); }
    CellPlace place(std::size_t number) const noexcept {
        return {first_.column + static_cast<std::int64_t>(number % columns_),
                first_.row + static_cast<std::int64_t>(number / columns_)};
    }
    const CellSum& operator[](std::size_t number) const noexcept { return cells_[number]; }
    /// Null for one outside.
    CellSum* at(const CellPlace& place) noexcept;

private:
    CellPlace first_;
    std::size_t columns_;
    std::vector<CellSum> cells_;
};

/// Which cells become one: lists of numbers of cells with something in them, the one that the
/// others join first. What comes of a cell depends on no other that is further away than
/// `joining_reach` cells, so it is the same in every grid that holds these.
std::vector<std::vector<std::size_t>> joined_cells(const CellGrid& grid, std::int64_t side);
inline constexpr std::int64_t joining_reach = 5;

}  // namespace relief::vector
