#pragma once
// What answers and counters call the place that a tile came from.

#include "server/service/tile_service.hpp"

#include <string_view>

namespace relief::route {

/// For X-Cache: HIT, MISS, COALESCED.
std::string_view cache_word(service::TileOrigin origin) noexcept;
/// For the counter of tiles: hit, disk, miss, coalesced.
std::string_view cache_metric(service::TileOrigin origin) noexcept;

}  // namespace relief::route
