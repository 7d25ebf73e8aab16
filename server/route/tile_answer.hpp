#pragma once
// What the answers of all tiles and pictures have in common.

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/route/house.hpp"
#include "server/service/tile_service.hpp"

#include <string>

namespace relief::route {

/// The tile with its validators and X-Relief-Empty. `cache_control` holds for what is whole: what
/// another time may show better is kept by nobody.
http::Response tile_answer(const cache::CachedTile& tile, std::string cache_control);

/// X-Cache: HIT, MISS, COALESCED or STALE; and the counter of tiles. `answer` holds a tile.
void tell_origin(const House& house, http::Response& response, const service::TileAnswer& answer);

/// The validator is known before the tile is: an asker who has it costs no drawing.
bool already_has(const http::Request& request, const std::string& etag);

}  // namespace relief::route
