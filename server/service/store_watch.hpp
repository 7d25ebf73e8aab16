#pragma once
// What happens to relief.db, seen from a connection that stays.

#include "tiler/workspace/layer_store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <sys/types.h>
#include <utility>

namespace relief::service {

/// Tells when relief.db has come to be, what it says of layers has changed, or it can no longer be
/// read. Belongs to one thread.
class StoreWatch {
public:
    explicit StoreWatch(std::filesystem::path workspace) : workspace_(std::move(workspace)) {}

    /// Since it was asked before.
    bool changed();

private:
    /// Device and inode.
    using FileIdentity = std::pair<dev_t, ino_t>;
    static std::optional<FileIdentity> identity_of(const std::filesystem::path& file);

    bool revised();
    bool open();

    std::filesystem::path workspace_;
    std::optional<workspace::LayerStore> store_;
    std::optional<std::int64_t> version_;
    std::optional<std::int64_t> revision_;
    std::optional<FileIdentity> file_;  ///< what lies there
};

}  // namespace relief::service
