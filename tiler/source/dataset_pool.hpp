#pragma once
// Open files, lent to one thread at a time and kept open between requests.

#include "tiler/source/open_raster.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace relief::source {

/// Keyed by content version: a changed file is another file. At most `limit` idle handles stay
/// open; the longest unused are closed first.
class DatasetPool {
public:
    explicit DatasetPool(std::size_t limit) : limit_(limit) {}

    /// A handle that returns to the pool when it goes.
    class Lease {
    public:
        Lease(DatasetPool& pool, std::string key, std::unique_ptr<OpenRaster> raster)
            : pool_(&pool), key_(std::move(key)), raster_(std::move(raster)) {}
        ~Lease();
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        const OpenRaster& operator*() const noexcept { return *raster_; }
        const OpenRaster* operator->() const noexcept { return raster_.get(); }

    private:
        DatasetPool* pool_;
        std::string key_;
        std::unique_ptr<OpenRaster> raster_;
    };

    /// The deadline is that of all reading with the lease, where the file is remote.
    /// Errors: as OpenRaster::open.
    Result<Lease> borrow(const SourceFile& file, const Deadline& deadline = {});
    std::size_t open_files() const;
    /// Of what remote files hold in memory.
    const RemoteMemory& remote_memory() const noexcept { return remote_memory_; }

private:
    struct Idle {
        std::string key;
        std::unique_ptr<OpenRaster> raster;
    };
    void give_back(std::string key, std::unique_ptr<OpenRaster> raster);

    std::size_t limit_;
    geo::ProjectorPool projectors_;  ///< outlives the handles, which give theirs back
    RemoteMemory remote_memory_;     ///< likewise
    mutable std::mutex mutex_;
    std::list<Idle> idle_;  ///< most recently used first
    std::unordered_multimap<std::string, std::list<Idle>::iterator> by_key_;
    std::size_t lent_ = 0;
};

}  // namespace relief::source
