#pragma once
// What all connections of one server share.

#include "server/http/arrival.hpp"
#include "server/http/exchange.hpp"
#include "server/http/route_table.hpp"
#include "server/http/server.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace relief::http {

struct Premises {
    explicit Premises(std::uint64_t first_id) : ids(first_id) {}

    ServerOptions options;
    Station station;
    RequestIds ids;
    std::shared_ptr<const RouteTable> routes;          ///< set before the first connection
    std::shared_ptr<const Surroundings> surroundings;  ///< the same
    std::atomic<std::size_t> open{0};
    std::atomic<std::size_t> large_bodies{0};  ///< being read
    std::size_t seats = 0;  ///< connections at most, fewer than asked where descriptors are few

    /// Nine of ten seats are taken: idle connections are closed early, so that new ones get in.
    bool is_crowded() const noexcept {
        return open.load(std::memory_order_relaxed) * 10 > seats * 9;
    }
};

/// The place of a body that is larger than most: few may be read at once, so that all of them
/// together have a bound.
class LargeBody {
public:
    explicit LargeBody(Premises& premises)
        : premises_(premises), fits_(premises.large_bodies.fetch_add(1) < most) {}
    ~LargeBody() { premises_.large_bodies.fetch_sub(1); }
    LargeBody(const LargeBody&) = delete;
    LargeBody& operator=(const LargeBody&) = delete;
    LargeBody(LargeBody&&) = delete;
    LargeBody& operator=(LargeBody&&) = delete;
    bool fits() const noexcept { return fits_; }

private:
    static constexpr std::size_t most = 8;
    Premises& premises_;
    bool fits_;
};

/// One connection's place; given back when it is destroyed.
class Seat {
public:
    explicit Seat(std::shared_ptr<Premises> premises) : premises_(std::move(premises)) {
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
};

}  // namespace relief::http
