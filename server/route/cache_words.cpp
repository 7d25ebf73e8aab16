#include "server/route/cache_words.hpp"

namespace relief::route {

std::string_view cache_word(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory:
        case service::TileOrigin::disk: return "HIT";
        case service::TileOrigin::made: return "MISS";
        case service::TileOrigin::coalesced: return "COALESCED";
    }
    return "MISS";
}

std::string_view cache_metric(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory: return "hit";
        case service::TileOrigin::disk: return "disk";
        case service::TileOrigin::made: return "miss";
        case service::TileOrigin::coalesced: return "coalesced";
    }
    return "miss";
}

}  // namespace relief::route
