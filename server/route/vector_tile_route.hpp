#pragma once
// Tiles of features, under the address that rasters have too.

#include "server/http/route_table.hpp"
#include "server/route/vector_parameters.hpp"

#include <memory>
#include <vector>

namespace relief::route {

/// Answers 204 where nothing is to be seen.
void serve_vector_tile(const House& house,
                       const std::vector<LayerPointer>& layers,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond);

}  // namespace relief::route
