#pragma once
// What a server lets one asker do: reading, writing and signing in, each counted apart.

#include "server/access/rate_limiter.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace relief::service {

/// For any thread.
class RateLimits {
public:
    enum class Kind { read, write, login, name, report };
    struct Rates {
        access::Rate read;
        access::Rate write;
        access::Rate login;
        access::Rate report;  ///< of those without a token
    };

    explicit RateLimits(const Rates& rates);

    /// Takes a permit of `who`. Otherwise: how long until there is one, in whole seconds, at least
    /// one (Retry-After knows no less).
    std::optional<std::chrono::seconds> take(Kind kind, std::string_view who);
    /// Of all kinds together.
    std::size_t buckets() const;

private:
    access::RateLimiter& of(Kind kind) noexcept;

    access::RateLimiter reads_;
    access::RateLimiter writes_;
    access::RateLimiter logins_;  ///< by address
    access::RateLimiter reports_;
    access::RateLimiter names_;  ///< attempts at one name from wherever, ten times as many
};

}  // namespace relief::service
