#include "tiler/source/block_cache.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
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

std::size_t mixed(std::size_t hash, int value) noexcept {
    return hash ^
           (static_cast<std::size_t>(value) + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U));
}

}  // namespace

std::size_t BlockCache::Hash::operator()(const BlockPlace& place) const noexcept {
    std::size_t hash = std::hash<std::string>{}(*place.file);
    for (const int value : {place.address.level, place.address.column, place.address.row})
        hash = mixed(hash, value);
    return hash;
}

std::size_t BlockCache::Hash::operator()(const Key& key) const noexcept {
    return mixed((*this)(key.place), key.band);
}

/// One thread's way to the blocks of one place.
class BlockCache::Visit {
public:
    Visit(const BlockCache& cache, Shard& shard, const BlockPlace& place)
        : cache_(cache), shard_(shard), place_(place) {}
    /// Nobody waits for ever, whatever loading ended with.
    ~Visit() {
        if (!loading_) return;
        const std::lock_guard lock(shard_.mutex);
        shard_.loading.erase(place_);
        shard_.loaded.notify_all();
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    Visit(Visit&&) = delete;
    Visit& operator=(Visit&&) = delete;

    /// False when some band must be loaded, which is then this thread's to do.
    Result<bool> find(std::span<const int> bands, const Deadline& deadline) {
        std::unique_lock lock(shard_.mutex);
        while (!take(bands)) {
            if (shard_.loading.insert(place_).second) {
                loading_ = true;
                count_hits();
                return false;
            }
            if (deadline.passed())
                return Error{Fault::out_of_time, "the tile took too long to read"};
            // A deadline may pass because a client went away, which wakes nobody.
            shard_.loaded.wait_for(lock, std::chrono::milliseconds(100));
        }
        count_hits();
        return true;
    }

    Result<void> load(std::span<const int> bands, const Loader& load) {
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (blocks_[i]) continue;
            auto block = load(bands[i]);
            if (!block) return block.error();
            blocks_[i] = std::move(*block);
            const std::lock_guard lock(shard_.mutex);
            ++shard_.use.misses;
            cache_.keep(shard_, {place_, bands[i]}, blocks_[i]);
        }
        return {};
    }

    std::vector<BlockPointer> blocks() && { return std::move(blocks_); }

private:
    /// What is there; true when all is.
    bool take(std::span<const int> bands) {
        blocks_.assign(bands.size(), nullptr);
        bool all = true;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            const auto found = shard_.entries.find({place_, bands[i]});
            all = all && found != shard_.entries.end();
            if (found == shard_.entries.end()) continue;
            shard_.order.splice(shard_.order.begin(), shard_.order, found->second.place);
            blocks_[i] = found->second.block;
        }
        return all;
    }

    void count_hits() noexcept {
        for (const BlockPointer& block : blocks_) shard_.use.hits += block ? 1 : 0;
    }

    const BlockCache& cache_;
    Shard& shard_;
    const BlockPlace& place_;
    std::vector<BlockPointer> blocks_;
    bool loading_ = false;
};

Result<std::vector<BlockPointer>> BlockCache::get(const BlockPlace& place,
                                                  std::span<const int> bands,
                                                  const Loader& load,
                                                  const Deadline& deadline) {
    Visit visit(*this, shards_[Hash{}(place) % shard_count], place);
    const auto found = visit.find(bands, deadline);
    if (!found) return found.error();
    if (!*found) {
        if (auto loaded = visit.load(bands, load); !loaded) return loaded.error();
    }
    return std::move(visit).blocks();
}

void BlockCache::keep(Shard& shard, const Key& key, const BlockPointer& block) const {
    const auto [entry, added] = shard.entries.try_emplace(key);
    if (!added) return;
    shard.order.push_front(key);
    entry->second = {block, bytes_of(*block), shard.order.begin()};
    shard.use.bytes += entry->second.bytes;
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

bool BlockCache::holds(const BlockPlace& place, int band) const {
    const Shard& shard = shards_[Hash{}(place) % shard_count];
    const std::lock_guard lock(shard.mutex);
    return shard.entries.contains({place, band});
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
