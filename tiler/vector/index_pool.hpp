#pragma once
// Open index files, shared by all threads.

#include "tiler/core/result.hpp"
#include "tiler/core/version.hpp"
#include "tiler/vector/vector_index.hpp"

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace relief::vector {

/// Keyed by content version: a changed file is another file. At most `limit` stay open unused; the
/// longest unused are closed first.
class IndexPool {
public:
    explicit IndexPool(std::size_t limit) : limit_(limit) {}

    struct Place {
        std::filesystem::path file;
        Version version;
    };
    /// Errors: as VectorIndex::open.
    Result<std::shared_ptr<const VectorIndex>> open(const Place& place);

private:
    using Entry = std::pair<std::string, std::shared_ptr<const VectorIndex>>;

    std::size_t limit_;
    std::mutex mutex_;
    std::list<Entry> open_;  ///< used last first
};

}  // namespace relief::vector
