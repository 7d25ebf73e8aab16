#pragma once
// Who asks: from a token to an audience, as relief.db says at this moment.

#include "server/access/token_store.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/instant.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace relief::access {

/// For any thread. The table of tokens is read again when relief.db was written, which is looked
/// at when a token is shown and the last look is older than `look`.
class Gate {
public:
    using Clock = std::function<Instant()>;
    static constexpr std::chrono::milliseconds look{250};

    /// `workspace` may not exist: then no token opens anything. `clock`: the time of day.
    explicit Gate(std::filesystem::path workspace, Clock clock = {});

    struct Admitted {
        Audience audience;
        std::string token;  ///< its id, for the audit log
    };
    /// Nothing for a token that is unknown, ended or revoked; which of these is not told.
    std::optional<Admitted> admit(std::string_view token);
    std::optional<Audience> audience_of(std::string_view token);

private:
    struct Pass {
        Admitted admitted;
        std::optional<Instant> expires;
    };
    void look_again();
    void read_all();

    std::filesystem::path workspace_;
    Clock clock_;
    std::mutex mutex_;
    std::optional<TokenStore> store_;
    std::int64_t version_ = 0;
    std::optional<std::chrono::steady_clock::time_point> looked_;
    std::unordered_map<std::string, Pass> passes_;  ///< by fingerprint
};

}  // namespace relief::access
