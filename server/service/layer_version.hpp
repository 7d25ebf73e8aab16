#pragma once
// The content version of all that a layer shows.

#include "tiler/workspace/layer.hpp"

#include <string>

namespace relief::service {

/// For `v=` and for the keys of what is made from the layer.
std::string layer_version(const workspace::Layer& layer);

}  // namespace relief::service
