#pragma once
// Longitude and latitude to the lattice and back.

#include "tiler/core/boxes.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/vector/level_draft.hpp"
#include "tiler/vector/shape.hpp"

namespace relief::vector {

/// The latitude at which the Web Mercator square ends; beyond it places fall on its edge.
inline constexpr double mercator_latitude = 85.0511287798066;

WorldPoint world_point(LonLat place) noexcept;
LonLat lon_lat(WorldPoint point) noexcept;

/// Without its buffer; the last step inside.
WorldBox world_box(const TileId& tile) noexcept;

/// Of all shapes; west > east where they lie on both sides of the antimeridian and leave more free
/// elsewhere.
LonLatBox bounds_of(const LevelDraft& level);

}  // namespace relief::vector
