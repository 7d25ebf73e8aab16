#include "server/cache/memory_cache.hpp"

#include "server/cache/s3_fifo.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace relief::cache {
namespace {

constexpr std::size_t cache_line = 64;
// Some forty tiles of 96 kB, the size of a busy RGB tile.
constexpr std::size_t least_share = std::size_t{4} << 20U;

}  // namespace

struct MemoryCache::Shard {
    explicit Shard(std::size_t capacity) : tiles(capacity) {}

    alignas(cache_line) std::shared_mutex mutex;
    S3Fifo tiles;
    alignas(cache_line) std::atomic<std::uint64_t> hits{0};
    std::atomic<std::uint64_t> misses{0};
};

MemoryCache::MemoryCache(std::size_t bytes, std::size_t shards) {
    const std::size_t count =
        std::clamp<std::size_t>(bytes / least_share, 1, std::max<std::size_t>(shards, 1));
    shards_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        shards_.push_back(std::make_unique<Shard>(bytes / count));
    }
}

MemoryCache::~MemoryCache() = default;

// The map inside the shard uses the lower bits.
MemoryCache::Shard& MemoryCache::shard_of(const TileKey& key) const {
    return *shards_[(key.hash() >> 32U) % shards_.size()];
}

TilePointer MemoryCache::find(const TileKey& key) {
    Shard& shard = shard_of(key);
    TilePointer tile;
    {
        const std::shared_lock lock(shard.mutex);
        tile = shard.tiles.find(key);
    }
    (tile ? shard.hits : shard.misses).fetch_add(1, std::memory_order_relaxed);
    return tile;
}

void MemoryCache::insert(const TileKey& key, TilePointer tile) {
    Shard& shard = shard_of(key);
    std::vector<TilePointer> dropped;
    {
        const std::unique_lock lock(shard.mutex);
        dropped = shard.tiles.insert(key, std::move(tile));
    }
}

CacheUse MemoryCache::use() const {
    CacheUse sum;
    for (const auto& shard : shards_) {
        const std::shared_lock lock(shard->mutex);
        sum.bytes += shard->tiles.bytes();
        sum.entries += shard->tiles.entries();
        sum.evictions += shard->tiles.evictions();
        sum.hits += shard->hits.load(std::memory_order_relaxed);
        sum.misses += shard->misses.load(std::memory_order_relaxed);
    }
    return sum;
}

}  // namespace relief::cache
