#include "server/service/rate_limits.hpp"

#include <algorithm>

namespace relief::service {
namespace {

// About 100 bytes each: 6 MB for readers at most, whoever asks from however many networks.
constexpr std::size_t most_readers = 65'536;
constexpr std::size_t most_writers = 16'384;

/// Enough that nobody is kept out by others who try their name from a few addresses.
access::Rate tenfold(access::Rate rate) {
    return {rate.per_second * 10, rate.burst * 10};
}

}  // namespace

RateLimits::RateLimits(const Rates& rates)
    : reads_(rates.read, most_readers),
      writes_(rates.write, most_writers),
      logins_(rates.login, most_writers),
      reports_(rates.report, most_writers),
      names_(tenfold(rates.login), most_writers) {}

access::RateLimiter& RateLimits::of(Kind kind) noexcept {
    switch (kind) {
        case Kind::read: return reads_;
        case Kind::write: return writes_;
        case Kind::login: return logins_;
        case Kind::name: return names_;
        case Kind::report: return reports_;
    }
    return logins_;
}

std::optional<std::chrono::seconds> RateLimits::take(Kind kind, std::string_view who) {
    const auto wait = of(kind).take(who, std::chrono::steady_clock::now());
    if (!wait) return std::nullopt;
    return std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(*wait));
}

std::size_t RateLimits::buckets() const {
    return reads_.buckets() + writes_.buckets() + logins_.buckets() + reports_.buckets() +
           names_.buckets();
}

}  // namespace relief::service
