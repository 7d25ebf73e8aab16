#pragma once
// The Web Mercator tile pyramid: tiles, boxes, places (EPSG:3857, OGC WebMercatorQuad).

#include "tiler/core/boxes.hpp"
#include "tiler/core/tile_id.hpp"

#include <cstdint>
#include <optional>

namespace relief::geo {

/// Half the width of the EPSG:3857 square in metres: π × 6378137.
inline constexpr double mercator_half = 20037508.342789244;
/// The latitude at which the square ends.
inline constexpr double mercator_latitude = 85.0511287798066;

MercatorBox mercator_box_of(const TileId& tile) noexcept;
LonLatBox lon_lat_box_of(const TileId& tile) noexcept;

/// Latitudes beyond the square are clamped to it.
MercatorPoint to_mercator(LonLat place) noexcept;
LonLat to_lon_lat(MercatorPoint point) noexcept;

/// The tile that holds a place; latitudes beyond the square belong to the edge tiles, longitudes
/// wrap.
TileId tile_at(LonLat place, std::uint32_t zoom);

/// Units: metres of EPSG:3857 for each pixel of a 256 px tile.
double metres_per_pixel(std::uint32_t zoom) noexcept;

/// The zoom whose 256 px pixel is the first not larger than `metres_per_cell` at the equator of the
/// projection.
std::uint32_t zoom_for(double mercator_metres_per_cell) noexcept;

/// True when the boxes share more than an edge; both may cross the antimeridian.
bool overlap(const LonLatBox& a, const LonLatBox& b) noexcept;

}  // namespace relief::geo
