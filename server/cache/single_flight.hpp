#pragma once
// One making of a tile however many ask for it at once.

#include "server/cache/cached_tile.hpp"
#include "server/cache/tile_key.hpp"
#include "tiler/core/result.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace relief::cache {

/// Nobody waits on a thread: those who ask leave a callback.
class SingleFlight {
public:
    struct Landing {
        Result<TilePointer> tile;
        bool leader;  ///< false: coalesced
    };
    using Callback = std::function<void(const Landing&)>;

    /// True for the first of a key: the caller must then make the tile and call land(). False: the
    /// callback is called when the leader lands. `gone` (may be null) tells that this asker has
    /// left.
    bool join(const TileKey& key,
              Callback callback,
              std::shared_ptr<const std::atomic<bool>> gone = nullptr);

    /// True when everybody who asked for this key has left: the work may be dropped.
    bool abandoned(const TileKey& key) const;

    /// Calls every callback of the key, the leader's first, outside the lock.
    void land(const TileKey& key, const Result<TilePointer>& tile);

private:
    struct Asker {
        Callback callback;
        std::shared_ptr<const std::atomic<bool>> gone;
    };
    mutable std::mutex mutex_;
    std::unordered_map<TileKey, std::vector<Asker>> flights_;
};

}  // namespace relief::cache
