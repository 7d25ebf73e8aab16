#include "server/route/tile_answer.hpp"

#include "server/route/parameters.hpp"

#include <string_view>
#include <utility>

namespace relief::route {
namespace {

/// For X-Cache.
std::string_view cache_word(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory:
        case service::TileOrigin::disk: return "HIT";
        case service::TileOrigin::made: return "MISS";
        case service::TileOrigin::coalesced: return "COALESCED";
    }
    return "MISS";
}

/// For the counter of tiles.
std::string_view cache_metric(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory: return "hit";
        case service::TileOrigin::disk: return "disk";
        case service::TileOrigin::made: return "miss";
        case service::TileOrigin::coalesced: return "coalesced";
    }
    return "miss";
}

}  // namespace

http::Response tile_answer(const cache::CachedTile& tile, std::string cache_control) {
    http::Response response;
    response.content_type = tile.media_type;
    response.body = tile.bytes;
    response.etag = tile.etag;
    response.last_modified = tile.modified;
    const bool passing = tile.stale || tile.incomplete;
    response.cache_control = passing ? "no-store" : std::move(cache_control);
    if (tile.coarser) tell_degraded(response);
    if (tile.empty) response.headers.emplace_back("X-Relief-Empty", "1");
    return response;
}

void tell_origin(const House& house, http::Response& response, const service::TileAnswer& answer) {
    const bool stale = (*answer.tile)->stale;
    house.metrics.tile(stale ? "stale" : cache_metric(answer.origin));
    response.headers.emplace_back("X-Cache", stale ? "STALE" : cache_word(answer.origin));
}

bool already_has(const http::Request& request, const std::string& etag) {
    const auto header = request.header("if-none-match");
    return header && header->find("\"" + etag + "\"") != std::string_view::npos;
}

}  // namespace relief::route
