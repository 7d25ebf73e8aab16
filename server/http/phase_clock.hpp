#pragma once
// Where a connection stands, and how long it may stay there.

#include "server/http/server.hpp"

#include <chrono>
#include <cstdint>

namespace relief::http {

///   handshake ─▶ idle ─▶ head ─▶ (body) ─▶ working ─▶ idle …
///                  │       └─ refused ─▶ leaving
///                  └─ end of input, timeout, drain ─▶ leaving ─▶ closed
enum class Phase : std::uint8_t {
    handshake,
    idle,  ///< between requests
    head,  ///< from the first byte of a request to the end of its headers
    body,
    working,  ///< nothing is asked of the client
    leaving,  ///< the client reads the last answer
};

/// The limits are totals for a phase: a client that sends a byte now and then gains nothing. That
/// of a body grows with what has come of it, so that slow lines carry large bodies too.
class PhaseClock {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit PhaseClock(const ServerOptions& options) noexcept;

    void enter(Phase phase, Moment now) noexcept;
    /// So many more bytes of the body have come.
    void body_came(std::size_t bytes, Moment now) noexcept;
    void begin_write(Moment now) noexcept { write_by_ = now + write_time_; }
    void end_write() noexcept { write_by_ = Moment::max(); }

    Phase phase() const noexcept { return phase_; }
    /// `crowded`: others wait for a place, so that idle connections have two seconds only.
    bool has_read_too_long(Moment now, bool crowded) const noexcept;
    bool has_written_too_long(Moment now) const noexcept { return now >= write_by_; }

private:
    std::chrono::milliseconds time_of(Phase phase) const noexcept;
    bool has_body_stalled(Moment now) const noexcept;

    std::chrono::milliseconds header_time_;
    std::chrono::milliseconds idle_time_;
    std::chrono::milliseconds body_time_;
    std::chrono::milliseconds longest_body_time_;
    std::size_t least_body_rate_;
    std::chrono::milliseconds write_time_;
    Phase phase_ = Phase::working;
    Moment since_ = Moment::max();
    Moment came_ = Moment::max();  ///< the last of the body
    std::uint64_t body_bytes_ = 0;
    Moment write_by_ = Moment::max();
};

}  // namespace relief::http
