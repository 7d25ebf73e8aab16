#pragma once
// What all connections of one server share.

#include "server/http/arrival.hpp"
#include "server/http/exchange.hpp"
#include "server/http/route_table.hpp"
#include "server/http/server.hpp"
#include "server/http/shares.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace relief::http {

/// A quarter of all places, but enough for the people behind one router.
inline Shares::Limits connection_limits(std::size_t seats) {
    constexpr std::size_t least = 64;
    return {seats, std::max(least, seats / 4)};
}

/// Room for a few of the largest, of each network and of all.
inline Shares::Limits body_limits(std::size_t largest) {
    constexpr std::size_t usual = 16U << 20U;
    const std::size_t each = std::max(usual, largest);
    return {4 * each, each};
}

struct Premises {
    /// `most_seats`: connections, fewer than asked for where descriptors are few.
    Premises(std::uint64_t first_id, ServerOptions with, std::size_t most_seats)
        : options(std::move(with)),
          ids(first_id),
          seats(most_seats),
          connections(connection_limits(most_seats)),
          body_bytes(body_limits(options.body_bytes)) {}

    const ServerOptions options;
    Station station;
    RequestIds ids;
    std::shared_ptr<const RouteTable> routes;          ///< set before the first connection
    std::shared_ptr<const Surroundings> surroundings;  ///< the same
    std::atomic<std::size_t> open{0};
    const std::size_t seats;
    Shares connections;
    Shares large_bodies{{.all = 8, .each = 2}};  ///< that are larger than most may be
    /// Bytes of those that come in, but for the smallest.
    Shares body_bytes;

    /// Nine of ten seats are taken: idle connections are closed early, so that new ones get in.
    bool is_crowded() const noexcept {
        return open.load(std::memory_order_relaxed) * 10 > seats * 9;
    }
    /// Whose share is counted; empty: nobody's. Not of this machine, on which a proxy may speak for
    /// everyone without being listed.
    std::string counted_as(std::string_view address) const {
        if (!options.counts_loopback && is_loopback(address)) return {};
        return network_of(address);
    }
};

/// One connection's place; given back when it is destroyed.
class Seat {
public:
    Seat(std::shared_ptr<Premises> premises, Share share)
        : premises_(std::move(premises)), share_(std::move(share)) {
        premises_->open.fetch_add(1, std::memory_order_relaxed);
    }
    ~Seat() {
        if (premises_) premises_->open.fetch_sub(1, std::memory_order_relaxed);
    }
    Seat(Seat&&) noexcept = default;
    Seat& operator=(Seat&&) = delete;
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    Premises& premises() const noexcept { return *premises_; }

private:
    std::shared_ptr<Premises> premises_;
    Share share_;  ///< of the premises, which outlive it
};

}  // namespace relief::http
