#pragma once
// Decoded blocks, shared by all threads, within a number of bytes; each is decoded once however
// many need it.

#include "tiler/core/deadline.hpp"
#include "tiler/core/grid.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/remote_memory.hpp"

#include <array>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace relief::source {

/// One band of one block. `all_valid`: no cell is the file's own nodata or NaN (mask bands: every
/// weight is 255); `none_valid`: every cell is.
struct Block {
    PixelSize size;
    BandValues values;
    bool all_valid = true;
    bool none_valid = false;
};
using BlockPointer = std::shared_ptr<const Block>;

/// The same cells in every band of a file.
struct BlockPlace {
    std::shared_ptr<const std::string> file;  ///< version and name
    BlockAddress address;
    bool operator==(const BlockPlace& other) const noexcept {
        return address == other.address && *file == *other.file;
    }
};

class BlockCache {
public:
    /// What remote files hold is of the same budget: blocks give way to it. The memory outlives the
    /// cache; null: there are none.
    explicit BlockCache(std::size_t bytes, const RemoteMemory* remote = nullptr)
        : shard_bytes_(bytes / shard_count), remote_(remote) {}

    using Loader = std::function<Result<BlockPointer>(int band)>;

    /// The blocks of these bands, in their order, from memory or by `load`. While one thread loads
    /// at a place, others that need bands of it wait: most files pack the bands of a block
    /// together, and whoever unpacked one has the rest at hand.
    /// Errors: the loader's own, which are not kept; out_of_time when the deadline passes while
    /// another thread loads.
    Result<std::vector<BlockPointer>> get(const BlockPlace& place,
                                          std::span<const int> bands,
                                          const Loader& load,
                                          const Deadline& deadline = {});

    /// Decoded and in memory, at this moment.
    bool holds(const BlockPlace& place, int band) const;

    struct Use {
        std::size_t bytes = 0;
        std::size_t blocks = 0;
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
    };
    Use use() const;

private:
    static constexpr std::size_t shard_count = 8;

    struct Key {
        BlockPlace place;
        int band = 0;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const BlockPlace& place) const noexcept;
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Entry {
        BlockPointer block;
        std::size_t bytes = 0;
        std::list<Key>::iterator place;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::condition_variable loaded;
        std::unordered_set<BlockPlace, Hash> loading;
        std::unordered_map<Key, Entry, Hash> entries;
        std::list<Key> order;  ///< most recently used first
        Use use;
    };
    class Visit;
    void keep(Shard& shard, const Key& key, const BlockPointer& block) const;
    void evict(Shard& shard) const;

    std::size_t shard_bytes_;
    const RemoteMemory* remote_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace relief::source
