#include "server/cache/single_flight.hpp"

#include <algorithm>
#include <utility>

namespace relief::cache {

bool SingleFlight::join(const TileKey& key,
                        Callback callback,
                        std::shared_ptr<const std::atomic<bool>> gone) {
    const std::scoped_lock lock(mutex_);
    const auto [flight, first] = flights_.try_emplace(key);
    flight->second.push_back({.callback = std::move(callback), .gone = std::move(gone)});
    return first;
}

bool SingleFlight::abandoned(const TileKey& key) const {
    const std::scoped_lock lock(mutex_);
    const auto flight = flights_.find(key);
    return flight == flights_.end() || all_gone(flight->second);
}

bool SingleFlight::land_if_abandoned(const TileKey& key, const Error& reason) {
    Askers askers;
    {
        const std::scoped_lock lock(mutex_);
        const auto flight = flights_.find(key);
        if (flight == flights_.end()) return true;
        if (!all_gone(flight->second)) return false;
        askers = std::move(flight->second);
        flights_.erase(flight);
    }
    tell(askers, reason);
    return true;
}

void SingleFlight::land(const TileKey& key, const Result<TilePointer>& tile) {
    Askers askers;
    {
        const std::scoped_lock lock(mutex_);
        const auto flight = flights_.find(key);
        if (flight == flights_.end()) return;
        askers = std::move(flight->second);
        flights_.erase(flight);
    }
    tell(askers, tile);
}

bool SingleFlight::all_gone(const Askers& askers) {
    return std::all_of(askers.begin(), askers.end(), [](const Asker& asker) {
        return asker.gone && asker.gone->load(std::memory_order_acquire);
    });
}

void SingleFlight::tell(const Askers& askers, const Result<TilePointer>& tile) {
    Landing landing{.tile = tile, .leader = true};
    for (const Asker& asker : askers) {
        if (asker.callback) asker.callback(landing);
        landing.leader = false;
    }
}

}  // namespace relief::cache
