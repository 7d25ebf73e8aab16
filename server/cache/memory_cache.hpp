#pragma once
// Tiles in memory: bounded in bytes, sharded, and not swept empty by one walk over the map.

#include "server/cache/cached_tile.hpp"
#include "server/cache/tile_key.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace relief::cache {

struct CacheUse {
    std::size_t bytes = 0;
    std::size_t entries = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t evictions = 0;
};

/// Scan resistance: a tile enters a small probation queue; asked for again it moves to the
/// protected one (S3-FIFO: Yang et al., SOSP 2023). Bytes counted are body, key and overhead.
class MemoryCache {
public:
    /// `shards` at most: a small cache has fewer, so that each share still holds many tiles.
    explicit MemoryCache(std::size_t bytes, std::size_t shards = 16);
    ~MemoryCache();
    MemoryCache(const MemoryCache&) = delete;
    MemoryCache& operator=(const MemoryCache&) = delete;
    MemoryCache(MemoryCache&&) = delete;
    MemoryCache& operator=(MemoryCache&&) = delete;

    TilePointer find(const TileKey& key);
    /// A tile larger than a shard's share is not kept.
    void insert(const TileKey& key, TilePointer tile);
    CacheUse use() const;

private:
    struct Shard;
    Shard& shard_of(const TileKey& key) const;

    std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace relief::cache
