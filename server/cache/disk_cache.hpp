#pragma once
// Tiles on disk, across restarts: a torn, altered or foreign entry is a miss, never an error.

#include "server/cache/cached_tile.hpp"
#include "server/cache/memory_cache.hpp"
#include "server/cache/tile_key.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace relief::cache {

/// One file an entry, named by a hash of the key, holding magic, version, key, metadata, body and a
/// checksum over all. Written aside and renamed; not synced (a lost entry is drawn again). Eviction
/// by last use keeps it within its bytes, counted in whole blocks of 4 KiB. Several processes may
/// share a folder; each counts it again after having written an eighth of its bound. A folder that
/// cannot be written turns the writing off (use().entries stays) with one log line by the caller.
class DiskCache {
public:
    /// Counts what the folder holds in a thread of its own and waits for it at most a second; until
    /// it is counted, nothing is written. `retry`: how long writing stays off after a failure.
    DiskCache(std::filesystem::path folder,
              std::size_t bytes,
              std::chrono::milliseconds retry = std::chrono::seconds(30));
    ~DiskCache();
    DiskCache(const DiskCache&) = delete;
    DiskCache& operator=(const DiskCache&) = delete;
    DiskCache(DiskCache&&) = delete;
    DiskCache& operator=(DiskCache&&) = delete;

    TilePointer find(const TileKey& key);
    void insert(const TileKey& key, const CachedTile& tile);
    CacheUse use() const;
    /// Empty while the folder works; else why the last write failed (no path).
    std::string trouble() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relief::cache
