#pragma once
// How often somebody may: a bucket of permits for each, refilled steadily.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace relief::access {

/// A bucket holds `burst` permits when nobody took any for a while.
struct Rate {
    double per_second = 0;  ///< 0: no limit
    double burst = 0;
};

/// For any thread. Holds at most so many buckets; the one unused for longest goes first, which
/// gives back to whom it belonged no more than a pause would have.
class RateLimiter {
public:
    using Moment = std::chrono::steady_clock::time_point;

    RateLimiter(Rate rate, std::size_t most_buckets);

    /// Holds from now on; what was taken stays taken.
    void change(Rate rate) noexcept;

    /// Takes a permit. Otherwise: how long until there is one.
    std::optional<std::chrono::milliseconds> take(std::string_view who, Moment now);
    std::size_t buckets() const;

private:
    struct Bucket {
        std::string who;
        double permits;
        Moment filled;
    };
    /// One lock for all would be met by every request.
    struct Shard {
        mutable std::mutex mutex;
        std::list<Bucket> recent;  ///< last used first
        std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_name;
    };
    struct Asked {
        std::string_view who;
        Moment now;
        double burst;
    };
    Bucket& bucket_of(Shard& shard, const Asked& asked) const;

    std::atomic<double> per_second_;
    std::atomic<double> burst_;
    std::size_t most_in_shard_;
    std::array<Shard, 16> shards_;
};

}  // namespace relief::access
