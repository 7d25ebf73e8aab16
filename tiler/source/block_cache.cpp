#include "tiler/source/block_cache.hpp"

#include <algorithm>
#include <utility>

namespace relief::source {
namespace {

constexpr std::size_t overhead_bytes =
    320;  // entry, list node, key and control block, by the sum of their sizes

std::size_t bytes_of(const Block& block) {
    return overhead_bytes +
           std::visit([](const auto& cells) { return cells.capacity() * sizeof(cells[0]); },
                      block.values);
}

}  // namespace

std::size_t BlockCache::Hash::operator()(const BlockKey& key) const noexcept {
    std::size_t hash = std::hash<std::string>{}(*key.file);
    const auto mix = [&](int value) {
        hash ^=
            static_cast<std::size_t>(value) + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U);
    };
    mix(key.address.level);
    mix(key.address.column);
    mix(key.address.row);
    mix(key.band);
    return hash;
}

Result<BlockPointer> BlockCache::get(const BlockKey& key, const Loader& load) {
    Shard& shard = shards_[Hash{}(key) % shard_count];
    {
        std::unique_lock lock(shard.mutex);
        for (;;) {
            const auto found = shard.entries.find(key);
            if (found == shard.entries.end()) break;
            if (found->second.block) {
                shard.order.splice(shard.order.begin(), shard.order, found->second.place);
                ++shard.use.hits;
                return found->second.block;
            }
            shard.decoded.wait(lock);
        }
        ++shard.use.misses;
        shard.entries.emplace(key, Entry{});
    }
    Result<BlockPointer> block = load();
    {
        const std::lock_guard lock(shard.mutex);
        if (block) {
            keep(shard, key, *block);
        } else {
            shard.entries.erase(key);
        }
    }
    shard.decoded.notify_all();
    return block;
}

void BlockCache::keep(Shard& shard, const BlockKey& key, const BlockPointer& block) const {
    shard.order.push_front(key);
    Entry& entry = shard.entries[key];
    entry = {block, bytes_of(*block), shard.order.begin()};
    shard.use.bytes += entry.bytes;
    ++shard.use.blocks;
    evict(shard);
}

void BlockCache::evict(Shard& shard) const {
    const std::size_t remote = remote_ == nullptr ? 0 : remote_->bytes() / shard_count;
    const std::size_t most = shard_bytes_ - std::min(remote, shard_bytes_);
    while (shard.use.bytes > most && !shard.order.empty()) {
        const auto victim = shard.entries.find(shard.order.back());
        shard.use.bytes -= victim->second.bytes;
        --shard.use.blocks;
        shard.entries.erase(victim);
        shard.order.pop_back();
    }
}

bool BlockCache::holds(const BlockKey& key) const {
    const Shard& shard = shards_[Hash{}(key) % shard_count];
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(key);
    return found != shard.entries.end() && found->second.block != nullptr;
}

BlockCache::Use BlockCache::use() const {
    Use sum;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        sum.bytes += shard.use.bytes;
        sum.blocks += shard.use.blocks;
        sum.hits += shard.use.hits;
        sum.misses += shard.use.misses;
    }
    return sum;
}

}  // namespace relief::source
