#pragma once
// Cells of the Web Mercator quadtree: what a place is told by where the place itself may not be.

#include "tiler/core/boxes.hpp"
#include "tiler/report/report.hpp"

#include <compare>
#include <cstdint>

namespace relief::report {

/// A place on the lattice of 2^32 × 2^32 steps of the Web Mercator square, from its north-western
/// corner, y down: 9.3 mm at the equator. Beyond 85.0511° places fall on its edge.
struct Spot {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    bool operator==(const Spot&) const = default;
};

/// Every second bit, from the lowest on.
inline std::uint32_t gathered(std::uint64_t bits) noexcept {
    bits &= 0x5555555555555555U;
    bits = (bits | (bits >> 1U)) & 0x3333333333333333U;
    bits = (bits | (bits >> 2U)) & 0x0F0F0F0F0F0F0F0FU;
    bits = (bits | (bits >> 4U)) & 0x00FF00FF00FF00FFU;
    bits = (bits | (bits >> 8U)) & 0x0000FFFF0000FFFFU;
    return static_cast<std::uint32_t>(bits | (bits >> 16U));
}

/// Errors: none; `place` is within its bounds.
Spot spot_of(const Place& place) noexcept;
Place place_of(const Spot& spot) noexcept;

/// The bits of x and y by turns, those of y first: spots of a cell are a run of keys.
/// Source: G. M. Morton, 1966.
std::uint64_t key_of(const Spot& spot) noexcept;
inline Spot spot_of(std::uint64_t key) noexcept {
    return {gathered(key), gathered(key >> 1U)};
}

/// Cells are nested: each lies in one of the zoom before, and so do all that it holds.
struct Cell {
    std::uint8_t zoom = 0;   ///< 0 to 32
    std::uint64_t path = 0;  ///< the first 2 × zoom bits of the keys inside
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 reads the comparison with 0 as a pointer
    auto operator<=>(const Cell&) const = default;

    /// The first key inside; all others follow it.
    std::uint64_t first_key() const noexcept { return zoom == 0 ? 0 : path << (64U - 2U * zoom); }
    std::uint64_t last_key() const noexcept {
        return zoom == 0 ? ~std::uint64_t{0} : first_key() | (~std::uint64_t{0} >> (2U * zoom));
    }
    /// The cell around it of a zoom that is not deeper.
    Cell ancestor(std::uint8_t of_zoom) const noexcept {
        return {of_zoom, of_zoom == 0 ? 0 : path >> (2U * (zoom - of_zoom))};
    }
    bool holds(const Cell& other) const noexcept {
        return other.zoom >= zoom && other.ancestor(zoom) == *this;
    }
    bool overlaps(const Cell& other) const noexcept { return holds(other) || other.holds(*this); }
};

Cell cell_of(std::uint64_t key, std::uint8_t zoom) noexcept;
Cell cell_of(const Place& place, std::uint8_t zoom) noexcept;

/// Units: degrees.
LonLatBox box_of(const Cell& cell) noexcept;

/// The cell as many columns east and rows south; false when it lies off the world.
struct Steps {
    int east = 0;
    int south = 0;
};
bool neighbour(const Cell& cell, const Steps& steps, Cell& found) noexcept;

}  // namespace relief::report
