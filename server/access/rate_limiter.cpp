#include "server/access/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace relief::access {

RateLimiter::RateLimiter(Rate rate, std::size_t most_buckets)
    : rate_(rate),
      most_in_shard_(
          std::max<std::size_t>(1, most_buckets / std::tuple_size_v<decltype(shards_)>)) {}

std::optional<std::chrono::milliseconds> RateLimiter::take(std::string_view who, Moment now) {
    if (rate_.per_second <= 0) return std::nullopt;
    Shard& shard = shards_.at(std::hash<std::string_view>{}(who) % shards_.size());
    const std::lock_guard lock(shard.mutex);
    Bucket& bucket = bucket_of(shard, who, now);
    const std::chrono::duration<double> passed = now - bucket.filled;
    bucket.permits =
        std::min(rate_.burst, bucket.permits + std::max(0.0, passed.count()) * rate_.per_second);
    bucket.filled = now;
    if (bucket.permits >= 1) {
        bucket.permits -= 1;
        return std::nullopt;
    }
    const double seconds = (1 - bucket.permits) / rate_.per_second;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

RateLimiter::Bucket& RateLimiter::bucket_of(Shard& shard, std::string_view who, Moment now) const {
    const auto found = shard.by_name.find(who);
    if (found != shard.by_name.end()) {
        shard.recent.splice(shard.recent.begin(), shard.recent, found->second);
        return shard.recent.front();
    }
    if (shard.recent.size() >= most_in_shard_) {
        shard.by_name.erase(shard.recent.back().who);
        shard.recent.pop_back();
    }
    shard.recent.push_front({std::string(who), rate_.burst, now});
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
