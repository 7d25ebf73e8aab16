#pragma once
// Places on the globe and in the grid of one zoom.

#include "tiler/core/tile_id.hpp"
#include "tiler/expression/feature_view.hpp"
#include "tiler/expression/geojson_shape.hpp"

#include <span>
#include <vector>

namespace relief::expression {

/// Units of a tile's side in the plane that `within` is told in, as in MapLibre.
inline constexpr double plane_extent = 8192;

/// The whole world at a zoom, in plane units, from its north-western corner, y down.
double world_size(std::uint32_t zoom);
/// The world is 1 wide and high. CRS: from longitude and latitude in degrees, by Web Mercator.
Position to_world(const Position& lon_lat);
/// From the world of 1 to whole plane units.
Position rounded(const Position& world, std::uint32_t zoom);
/// Rounded to whole units. CRS: from longitude and latitude in degrees, by Web Mercator.
Position to_plane(const Position& lon_lat, std::uint32_t zoom);
/// The feature's paths in the plane of the tile's zoom.
std::vector<Line> paths_in_plane(const TileGeometry& geometry, const TileId& tile);
/// The feature's paths in longitude and latitude.
std::vector<Line> paths_on_globe(const TileGeometry& geometry, const TileId& tile);

}  // namespace relief::expression
