#pragma once
// The part of the world that an answer about reports looks at, as cells.

#include "tiler/report/cell.hpp"
#include "tiler/shown/columns.hpp"
#include "tiler/vector/world.hpp"

#include <cstdint>
#include <optional>

namespace relief::pipeline {

vector::WorldPoint world_point_of(const report::Spot& spot) noexcept;
vector::WorldBox world_box_of(const report::Cell& cell) noexcept;

/// Cells of the zoom that the box meets; nothing when it lies off the world.
std::optional<shown::CellRange> range_of(const vector::WorldBox& box, std::uint32_t zoom);

/// The zoom at which some cells lie across the box, 16 at least.
std::uint32_t walking_zoom(const vector::WorldBox& box) noexcept;

}  // namespace relief::pipeline
