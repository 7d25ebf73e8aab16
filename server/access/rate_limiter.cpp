#include "server/access/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace relief::access {

RateLimiter::RateLimiter(Rate rate, std::size_t most_buckets)
    : per_second_(rate.per_second),
      burst_(rate.burst),
      most_in_shard_(
          std::max<std::size_t>(1, most_buckets / std::tuple_size_v<decltype(shards_)>)) {}

void RateLimiter::change(Rate rate) noexcept {
    per_second_ = rate.per_second;
    burst_ = rate.burst;
}

std::optional<std::chrono::milliseconds> RateLimiter::take(std::string_view who, Moment now) {
    const Rate rate{per_second_.load(std::memory_order_relaxed),
                    burst_.load(std::memory_order_relaxed)};
    if (rate.per_second <= 0) return std::nullopt;
    Shard& shard = shards_.at(std::hash<std::string_view>{}(who) % shards_.size());
    const std::lock_guard lock(shard.mutex);
    Bucket& bucket = bucket_of(shard, {who, now, rate.burst});
    const std::chrono::duration<double> passed = now - bucket.filled;
    bucket.permits =
        std::min(rate.burst, bucket.permits + std::max(0.0, passed.count()) * rate.per_second);
    bucket.filled = now;
    if (bucket.permits >= 1) {
        bucket.permits -= 1;
        return std::nullopt;
    }
    const double seconds = (1 - bucket.permits) / rate.per_second;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

RateLimiter::Bucket& RateLimiter::bucket_of(Shard& shard, const Asked& asked) const {
    const auto found = shard.by_name.find(asked.who);
    if (found != shard.by_name.end()) {
        shard.recent.splice(shard.recent.begin(), shard.recent, found->second);
        return shard.recent.front();
    }
    if (shard.recent.size() >= most_in_shard_) {
        shard.by_name.erase(shard.recent.back().who);
        shard.recent.pop_back();
    }
    shard.recent.push_front({std::string(asked.who), asked.burst, asked.now});
    shard.by_name.emplace(shard.recent.front().who, shard.recent.begin());
    return shard.recent.front();
}

std::size_t RateLimiter::buckets() const {
    std::size_t count = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        count += shard.recent.size();
    }
    return count;
}

}  // namespace relief::access
