#pragma once
// What all observations of a layer cover together.

#include "tiler/workspace/layer.hpp"

namespace relief::workspace {

/// Both, as one box; over the antimeridian only when a single one is.
LonLatBox joined(LonLatBox all, const LonLatBox& box);

/// Of all observations.
LonLatBox bounds_of(const Layer& layer);
ZoomRange zooms_of(const Layer& layer);

}  // namespace relief::workspace
