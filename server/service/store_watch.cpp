#include "server/service/store_watch.hpp"

#include <sys/stat.h>

namespace relief::service {

std::optional<StoreWatch::FileIdentity> StoreWatch::identity_of(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino};
}

bool StoreWatch::changed() {
    // A connection stays with the file that it opened, wherever that is now.
    const auto file = identity_of(workspace_ / "relief.db");
    const bool replaced = std::exchange(file_, file) != file;
    if (replaced) store_.reset();
    const bool found = !store_ && open();
    if (!store_) return replaced;
    const auto now = store_->data_version();
    const std::optional<std::int64_t> seen = now ? std::optional(*now) : std::nullopt;
    const bool written = seen != version_;
    version_ = seen;
    if (!now) store_.reset();
    return written && (revised() || found || !now);
}

/// Reports, sessions and the audit log are written to the same file.
bool StoreWatch::revised() {
    const auto now = store_ ? store_->revision() : Result<std::int64_t>(not_found(""));
    const std::optional<std::int64_t> seen = now ? std::optional(*now) : std::nullopt;
    return std::exchange(revision_, seen) != seen;
}

bool StoreWatch::open() {
    auto opened = workspace::LayerStore::open_existing(workspace_);
    if (opened) store_.emplace(std::move(*opened));
    return store_.has_value();
}

}  // namespace relief::service
