#pragma once
// A request for a picture of a tile, as the tile service is asked.

#include "server/route/house.hpp"
#include "server/route/vector_parameters.hpp"

namespace relief::route {

/// What the tile service is asked, or the observation that does not exist.
struct AskedTile {
    service::TileOrder order;
    bool unobserved = false;  ///< the layer has no picture of that time
};

/// Without a format in the address or the query: PNG. Errors: bad_request naming the value that is
/// wrong and what is allowed; not_found for no such tile; not_acceptable for the format.
Result<AskedTile> parse_tile(const House& house, LayerPointer layer, const http::Request& request);

}  // namespace relief::route
