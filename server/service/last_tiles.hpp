#pragma once
// The tile that was last made for each place, as long as a cache holds it.

#include "server/cache/cached_tile.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace relief::service {

/// Holds no bytes itself; of at most `most_places`.
class LastTiles {
public:
    void remember(std::size_t place, const cache::TilePointer& tile);
    /// A copy marked stale, with the validator it was made with; null when it is gone.
    cache::TilePointer stale(std::size_t place) const;

private:
    static constexpr std::size_t most_places = 65'536;

    mutable std::mutex mutex_;
    std::unordered_map<std::size_t, std::weak_ptr<const cache::CachedTile>> tiles_;
};

}  // namespace relief::service
