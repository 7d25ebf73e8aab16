#pragma once
// What relief.yaml says of a layer, added or served, for the server and for every verb alike.

#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/layer.hpp"

namespace relief::workspace {

/// What relief.yaml says of the layer wins over what it brought along; what it leaves open stays.
/// layers.sensitivity is the level of a layer that was given none.
void apply_settings(const Configuration& configuration, Layer& layer);

}  // namespace relief::workspace
