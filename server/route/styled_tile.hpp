#pragma once
// Pictures of layers that a style draws: of features always, of rasters with style=.

#include "server/route/vector_parameters.hpp"

namespace relief::route {

/// A picture of features, or of anything by a style of the house.
bool asks_styled_tile(const std::vector<LayerPointer>& layers, const http::Request& request);

void serve_styled_tile(const House& house,
                       const std::vector<LayerPointer>& layers,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond);

}  // namespace relief::route
