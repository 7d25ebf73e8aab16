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
        bool leader = false;  ///< false: coalesced
    };
    using Callback = std::function<void(const Landing&)>;

    /// True for the first of a key: the caller must then make the tile and call land(). False: the
    /// callback is called when the leader lands. `gone` (may be null) tells that this asker has
    /// left.
    bool join(const TileKey& key,
              Callback callback,
              std::shared_ptr<const std::atomic<bool>> gone = nullptr);

    /// True when everybody who asked for this key has left (or nobody asked): the work may be
    /// dropped. Somebody may join right after the answer; to drop the work, use
    /// land_if_abandoned().
    bool abandoned(const TileKey& key) const;

    /// Lands with `reason` if everybody has left, in one step: who joins later leads a new flight.
    /// False: somebody still waits, the work must go on.
    bool land_if_abandoned(const TileKey& key, const Error& reason);

    /// Calls every callback of the key, the leader's first, outside the lock.
    void land(const TileKey& key, const Result<TilePointer>& tile);

private:
    struct Asker {
        Callback callback;
        std::shared_ptr<const std::atomic<bool>> gone;
    };
    using Askers = std::vector<Asker>;  ///< the leader first

    static bool all_gone(const Askers& askers);
    static void tell(const Askers& askers, const Result<TilePointer>& tile);

    mutable std::mutex mutex_;
    std::unordered_map<TileKey, Askers> flights_;
};

}  // namespace relief::cache
