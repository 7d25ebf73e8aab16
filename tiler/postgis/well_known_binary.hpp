#pragma once
// Geometry as PostGIS writes it to shapes on the world's lattice.

#include "tiler/core/result.hpp"
#include "tiler/vector/shape.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace relief::postgis {

/// `bytes`: OGC well-known binary, two coordinates to a point, longitude and latitude in degrees.
/// Shape: one for each kind and each copy of the world that is met. Edges that span more than half
/// the world were meant to go the other way round, so were longitudes beyond 180: what crosses the
/// antimeridian is divided there. Points beyond 85° are left out, lines end there, areas are cut.
/// Curves are left out: whoever asks has them made straight. Nothing at all: some of it lies at no
/// place of the world, as (33, 120) does, or is no number.
/// Errors: source_broken when the bytes make no sense.
Result<std::optional<std::vector<vector::Shape>>> shapes_of(std::string_view bytes);

}  // namespace relief::postgis
