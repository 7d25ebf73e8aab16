#pragma once
// The features under a finger, as JSON.

#include "server/http/response.hpp"
#include "server/route/vector_parameters.hpp"

namespace relief::route {

/// {lon, lat, values: [], features: [{id, geometry, properties}], time}: areas that hold the place,
/// points and lines within 5 pixels of it at the zoom of the tile, or within 10 m. Of the layer of
/// reports without lon and lat, but for those who see exact places.
http::Response answer_features(const House& house,
                               const LayerPointer& layer,
                               const http::Request& request);

}  // namespace relief::route
