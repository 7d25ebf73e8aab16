#include "server/service/last_tiles.hpp"

namespace relief::service {

void LastTiles::remember(std::size_t place, const cache::TilePointer& tile) {
    const std::lock_guard lock(mutex_);
    if (tiles_.size() >= most_places) {
        std::erase_if(tiles_, [](const auto& one) { return one.second.expired(); });
        if (tiles_.size() >= most_places) tiles_.clear();
    }
    tiles_[place] = tile;
}

cache::TilePointer LastTiles::stale(std::size_t place) const {
    const std::lock_guard lock(mutex_);
    const auto found = tiles_.find(place);
    const cache::TilePointer tile = found == tiles_.end() ? nullptr : found->second.lock();
    if (!tile) return nullptr;
    auto copy = std::make_shared<cache::CachedTile>(*tile);
    copy->stale = true;
    return copy;
}

}  // namespace relief::service
