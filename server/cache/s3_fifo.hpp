#pragma once
// What one shard keeps and drops: two queues, and a memory of what left the first one unasked.

#include "server/cache/cached_tile.hpp"
#include "server/cache/tile_key.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace relief::cache {

/// Never holds more than its capacity, counted as weigh() does.
/// Not locked: find() may run in many threads at once, everything else must be alone.
/// Source: Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023, algorithm 1,
/// counted in bytes; one further request is enough to leave probation.
class S3Fifo {
public:
    /// Units: bytes.
    explicit S3Fifo(std::size_t capacity);

    TilePointer find(const TileKey& key) const;

    /// Gives back what was dropped, so that the caller frees it outside its lock.
    std::vector<TilePointer> insert(const TileKey& key, TilePointer tile);

    /// Body, key and texts, and what the containers add to an entry.
    static std::size_t weigh(const TileKey& key, const CachedTile& tile);

    std::size_t capacity() const noexcept { return capacity_; }
    std::size_t bytes() const noexcept { return probation_.bytes + protected_.bytes; }
    std::size_t entries() const noexcept { return entries_.size(); }
    std::uint64_t evictions() const noexcept { return evictions_; }

private:
    struct Queue;
    struct Entry {
        TilePointer tile;
        std::size_t weight = 0;
        Queue* queue = nullptr;
        mutable std::atomic<std::uint8_t> asked{0};
    };
    using Entries = std::unordered_map<TileKey, Entry>;
    using Node = Entries::value_type;
    struct Queue {
        std::deque<Node*> nodes;
        std::size_t bytes = 0;
    };
    struct Ghost {
        std::size_t hash;
        std::uint64_t turn;
    };
    using Dropped = std::vector<TilePointer>;

    static void replace(Node& node, TilePointer tile, Dropped& dropped);
    void add(const TileKey& key, TilePointer tile, std::size_t weight);
    void make_room(std::size_t weight, Dropped& dropped);
    void leave_probation(Dropped& dropped);
    void leave_protected(Dropped& dropped);
    void drop(Node& node, Dropped& dropped);
    void remember(std::size_t hash);
    bool recall(std::size_t hash);
    void trim_ghosts();
    static Node& pop(Queue& queue);
    static void push(Queue& queue, Node& node);

    std::size_t capacity_;
    Entries entries_;
    Queue probation_;
    Queue protected_;
    std::deque<Ghost> ghosts_;
    std::unordered_map<std::size_t, std::uint64_t> ghost_turns_;
    std::uint64_t turn_ = 0;
    std::uint64_t evictions_ = 0;
};

}  // namespace relief::cache
