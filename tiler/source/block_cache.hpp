#pragma once
// Decoded blocks, shared by all threads, within a number of bytes; each is decoded once however
// many need it.

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
#include <string>
#include <unordered_map>

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

struct BlockKey {
    std::shared_ptr<const std::string> file;  ///< version and name
    BlockAddress address;
    int band = 0;
    bool operator==(const BlockKey& other) const noexcept {
        return address == other.address && band == other.band && *file == *other.file;
    }
};

class BlockCache {
public:
    /// What remote files hold is of the same budget: blocks give way to it. The memory outlives the
    /// cache; null: there are none.
    explicit BlockCache(std::size_t bytes, const RemoteMemory* remote = nullptr)
        : shard_bytes_(bytes / shard_count), remote_(remote) {}

    using Loader = std::function<Result<BlockPointer>()>;

    /// The block, from memory or by `load`; a second thread that needs it meanwhile waits for the
    /// first. Errors: the loader's own, which are not kept.
    Result<BlockPointer> get(const BlockKey& key, const Loader& load);

    /// Decoded and in memory, at this moment.
    bool holds(const BlockKey& key) const;

    struct Use {
        std::size_t bytes = 0;
        std::size_t blocks = 0;
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
    };
    Use use() const;

private:
    static constexpr std::size_t shard_count = 8;

    struct Hash {
        std::size_t operator()(const BlockKey& key) const noexcept;
    };
    struct Entry {
        BlockPointer block;  ///< null while it is being decoded
        std::size_t bytes = 0;
        std::list<BlockKey>::iterator place;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::condition_variable decoded;
        std::unordered_map<BlockKey, Entry, Hash> entries;
        std::list<BlockKey> order;  ///< most recently used first; only decoded ones
        Use use;
    };
    void keep(Shard& shard, const BlockKey& key, const BlockPointer& block) const;
    void evict(Shard& shard) const;

    std::size_t shard_bytes_;
    const RemoteMemory* remote_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace relief::source
