#include "server/http/phase_clock.hpp"

#include <algorithm>

namespace relief::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds crowded_idle_time{2000};
constexpr milliseconds linger_time{1000};
constexpr milliseconds unbounded = milliseconds::max();

}  // namespace

PhaseClock::PhaseClock(const ServerOptions& options) noexcept
    : header_time_(options.header_time),
      idle_time_(options.idle_time),
      body_time_(options.body_time),
      longest_body_time_(options.longest_body_time),
      least_body_rate_(options.least_body_rate),
      write_time_(options.write_time) {}

void PhaseClock::enter(Phase phase, Moment now) noexcept {
    phase_ = phase;
    since_ = now;
    came_ = now;
    body_bytes_ = 0;
}

void PhaseClock::body_came(std::size_t bytes, Moment now) noexcept {
    came_ = now;
    body_bytes_ += bytes;
}

milliseconds PhaseClock::time_of(Phase phase) const noexcept {
    switch (phase) {
        case Phase::handshake:
        case Phase::head: return header_time_;
        case Phase::idle: return idle_time_;
        case Phase::body: {
            const milliseconds earned(
                static_cast<std::int64_t>(body_bytes_ * 1000 / least_body_rate_));
            return std::min(body_time_ + earned, longest_body_time_);
        }
        case Phase::leaving: return linger_time;
        case Phase::working: return unbounded;
    }
    return unbounded;
}

bool PhaseClock::has_body_stalled(Moment now) const noexcept {
    return phase_ == Phase::body && now - came_ >= body_time_;
}

bool PhaseClock::has_read_too_long(Moment now, bool crowded) const noexcept {
    if (has_body_stalled(now)) return true;
    auto allowed = time_of(phase_);
    if (crowded && phase_ == Phase::idle) allowed = std::min(allowed, crowded_idle_time);
    return allowed != unbounded && now - since_ >= allowed;
}

}  // namespace relief::http
