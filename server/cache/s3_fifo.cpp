#include "server/cache/s3_fifo.hpp"

#include <utility>

namespace relief::cache {
namespace {

constexpr std::uint8_t most_asked = 3;          // two bits in the paper
constexpr std::size_t probation_fraction = 10;  // a tenth of the bytes, as in the paper

// What glibc's malloc adds to a block, and the blocks of one entry: map node, tile, body's vector,
// body, key, two texts.
constexpr std::size_t block_header = 16;
constexpr std::size_t blocks = 7;
// A slot in a queue, a bucket of the map, a ghost with its map node and bucket: there are never
// more ghosts than entries.
constexpr std::size_t slots = 96;

}  // namespace

S3Fifo::S3Fifo(std::size_t capacity) : capacity_(capacity) {}

std::size_t S3Fifo::weigh(const TileKey& key, const CachedTile& tile) {
    const std::size_t body = tile.bytes ? sizeof(Bytes) + tile.bytes->capacity() : 0;
    const std::size_t texts = key.text().size() + tile.media_type.size() + tile.etag.size();
    return body + texts + sizeof(Node) + sizeof(CachedTile) + blocks * block_header + slots;
}

TilePointer S3Fifo::find(const TileKey& key) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    const Entry& entry = found->second;
    // Two readers may count as one; a hot entry is not written at all, so its line stays shared.
    const auto asked = entry.asked.load(std::memory_order_relaxed);
    if (asked < most_asked) {
        entry.asked.store(static_cast<std::uint8_t>(asked + 1), std::memory_order_relaxed);
    }
    return entry.tile;
}

std::vector<TilePointer> S3Fifo::insert(const TileKey& key, TilePointer tile) {
    Dropped dropped;
    if (!tile) return dropped;
    const std::size_t weight = weigh(key, *tile);
    if (weight > capacity_) return dropped;

    if (const auto known = entries_.find(key); known != entries_.end()) {
        replace(*known, tile, dropped);
    }
    make_room(weight, dropped);
    // Making room may have dropped the replaced entry as well.
    if (const auto known = entries_.find(key); known != entries_.end()) {
        known->second.weight = weight;
        known->second.queue->bytes += weight;
    } else {
        add(key, std::move(tile), weight);
    }
    trim_ghosts();
    return dropped;
}

// Weightless until make_room() has found place for the new weight.
void S3Fifo::replace(Node& node, TilePointer tile, Dropped& dropped) {
    Entry& entry = node.second;
    entry.queue->bytes -= entry.weight;
    entry.weight = 0;
    dropped.push_back(std::exchange(entry.tile, std::move(tile)));
}

void S3Fifo::add(const TileKey& key, TilePointer tile, std::size_t weight) {
    Node& node = *entries_.try_emplace(key).first;
    node.second.tile = std::move(tile);
    node.second.weight = weight;
    push(recall(key.hash()) ? protected_ : probation_, node);
}

void S3Fifo::make_room(std::size_t weight, Dropped& dropped) {
    while (bytes() + weight > capacity_) {
        const bool crowded = probation_.bytes > capacity_ / probation_fraction;
        if (crowded || protected_.nodes.empty()) {
            leave_probation(dropped);
        } else {
            leave_protected(dropped);
        }
    }
}

void S3Fifo::leave_probation(Dropped& dropped) {
    Node& node = pop(probation_);
    if (node.second.asked.load(std::memory_order_relaxed) > 0) {
        node.second.asked.store(0, std::memory_order_relaxed);
        push(protected_, node);
    } else {
        remember(node.first.hash());
        drop(node, dropped);
    }
}

void S3Fifo::leave_protected(Dropped& dropped) {
    Node& node = pop(protected_);
    const auto asked = node.second.asked.load(std::memory_order_relaxed);
    if (asked > 0) {
        node.second.asked.store(static_cast<std::uint8_t>(asked - 1), std::memory_order_relaxed);
        push(protected_, node);
    } else {
        drop(node, dropped);
    }
}

void S3Fifo::drop(Node& node, Dropped& dropped) {
    dropped.push_back(std::move(node.second.tile));
    entries_.erase(entries_.find(node.first));
    ++evictions_;
}

S3Fifo::Node& S3Fifo::pop(Queue& queue) {
    Node& node = *queue.nodes.front();
    queue.nodes.pop_front();
    queue.bytes -= node.second.weight;
    return node;
}

void S3Fifo::push(Queue& queue, Node& node) {
    queue.nodes.push_back(&node);
    queue.bytes += node.second.weight;
    node.second.queue = &queue;
}

void S3Fifo::remember(std::size_t hash) {
    ghosts_.push_back({.hash = hash, .turn = ++turn_});
    ghost_turns_[hash] = turn_;
}

// The queue keeps the recalled ghost's place; the turn tells trim_ghosts() that it is void.
bool S3Fifo::recall(std::size_t hash) {
    return ghost_turns_.erase(hash) > 0;
}

void S3Fifo::trim_ghosts() {
    while (ghosts_.size() > entries_.size()) {
        const auto [hash, turn] = ghosts_.front();
        ghosts_.pop_front();
        const auto known = ghost_turns_.find(hash);
        if (known != ghost_turns_.end() && known->second == turn) ghost_turns_.erase(known);
    }
}

}  // namespace relief::cache
