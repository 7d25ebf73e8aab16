#pragma once
// Facts of features as JSON members, for layer_document.cpp.

#include "server/route/layer_document.hpp"
#include "server/route/raster_facts.hpp"
#include "tiler/workspace/layer.hpp"

#include <string_view>

namespace relief::route {

/// "features" (their number), "geometries"; beyond a summary "attributes", "findings", "crs",
/// "time_attribute" (null: none) and how many tiles are thinned.
void add_features(Json& document, const workspace::Observation& observation, LayerDetail detail);

/// An entry of TileJSON's vector_layers; with the attributes that putting points together gives.
/// Source: TileJSON 3.0.0, 3.3.
Json vector_layer_of(const workspace::Layer& layer,
                     const workspace::ZoomRange& zooms,
                     std::string_view aggregate);

}  // namespace relief::route
