#include "server/access/gate.hpp"

#include <utility>

namespace relief::access {
namespace {

Instant time_of_day() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

// Longer than any that was made here: not worth a hash.
constexpr std::size_t longest_token = 4096;

}  // namespace

Gate::Gate(std::filesystem::path workspace, Clock clock)
    : workspace_(std::move(workspace)), clock_(clock ? std::move(clock) : Clock(time_of_day)) {}

std::optional<Audience> Gate::audience_of(std::string_view token) {
    auto admitted = admit(token);
    return admitted ? std::optional(std::move(admitted->audience)) : std::nullopt;
}

std::optional<Gate::Admitted> Gate::admit(std::string_view token) {
    if (token.size() > longest_token) return std::nullopt;
    const std::string fingerprint = fingerprint_of(token);
    const std::lock_guard lock(mutex_);
    look_again();
    const auto found = passes_.find(fingerprint);
    if (found == passes_.end()) return std::nullopt;
    const Pass& pass = found->second;
    if (pass.expires && clock_() >= *pass.expires) return std::nullopt;
    return pass.admitted;
}

void Gate::look_again() {
    const auto now = std::chrono::steady_clock::now();
    if (looked_ && now - *looked_ < look) return;
    looked_ = now;
    if (!store_) {
        auto store = TokenStore::open_existing(workspace_);
        if (!store) return passes_.clear();
        store_ = std::move(*store);
        version_ = store_->data_version() ? *store_->data_version() : 0;
        return read_all();
    }
    const auto version = store_->data_version();
    if (version && *version == version_) return;
    if (version) version_ = *version;
    read_all();
}

/// What cannot be read opens nothing: closed is the safe side.
void Gate::read_all() {
    passes_.clear();
    const auto tokens = store_->all();
    if (!tokens) return store_.reset();
    for (const KeptToken& token : *tokens) {
        if (token.revoked) continue;
        passes_.emplace(token.fingerprint,
                        Pass{{Audience::of(token.terms.role, token.terms.layers), token.id},
                             token.terms.expires});
    }
}

}  // namespace relief::access
