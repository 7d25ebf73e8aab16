#pragma once
// The answers of one connection, sent in the order of their requests.

#include "server/http/exchange.hpp"
#include "server/http/line.hpp"
#include "server/http/phase_clock.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace relief::http {

/// Holds every request whose last byte is not yet written. Made of callbacks, so that an answer
/// that is there at once costs no coroutine.
///
/// Owner, which is kept alive while a write is under way, has
///   std::string last_lines(Exchange&)   what ends a head: its further fields and the empty line
///   void sent(bool failed)              after each answer, which is then no longer held
template <typename Stream>
class Outbox {
public:
    Outbox(Line<Stream>& line, PhaseClock& clock) : line_(line), clock_(clock) {}

    void push(std::shared_ptr<Exchange> exchange) { waiting_.push_back(std::move(exchange)); }
    bool empty() const noexcept { return waiting_.empty(); }
    std::size_t size() const noexcept { return waiting_.size(); }

    /// The answer at the front comes in pieces, and its head is on its way.
    bool is_flowing() const noexcept { return flowing_; }
    /// What comes in pieces ends with those that wait.
    void end_flows() {
        for (const auto& exchange : waiting_) {
            if (exchange->is_sealed() && exchange->flow()) exchange->flow()->end();
        }
    }

    /// Sends what is sealed, from the front on.
    template <typename Owner>
    void send(const std::shared_ptr<Owner>& owner) {
        // Also while the one before is being written, which a slow reader makes last.
        if (flowing_ && !waiting_.empty() && waiting_.front()->flow()->is_cut()) owner->lose();
        while (!writing_ && !waiting_.empty() && waiting_.front()->is_sealed()) {
            const auto exchange = waiting_.front();
            if (flowing_) {
                if (!send_portion(exchange, owner)) return;
                continue;
            }
            flowing_ = exchange->flow() != nullptr;
            exchange->head() += owner->last_lines(*exchange);
            const auto& body = exchange->body();
            write(exchange,
                  {boost::asio::buffer(exchange->head()),
                   body ? boost::asio::buffer(*body) : boost::asio::const_buffer{}},
                  owner);
        }
    }

    /// The client has gone: the observer hears so of every answer that is made already, later of
    /// the others.
    void drop() {
        lost_ = true;
        const auto dropped = std::exchange(waiting_, {});
        for (const auto& exchange : dropped) {
            const bool being_written = writing_ && exchange == dropped.front();
            if (exchange->is_sealed() && !being_written) exchange->report(true);
        }
    }

private:
    using Pieces = std::array<boost::asio::const_buffer, 2>;

    template <typename Owner>
    void write(const std::shared_ptr<Exchange>& exchange,
               Pieces pieces,
               const std::shared_ptr<Owner>& owner) {
        if constexpr (!Line<Stream>::is_tls) {
            // Most answers fit the socket's buffer; then there is nothing to wait for.
            ErrorCode error;
            auto size = line_.stream().write_some(pieces, error);
            const bool waits = error == boost::asio::error::would_block;
            const bool whole = size == boost::asio::buffer_size(pieces);
            if (whole || (error && !waits)) return finish(*exchange, error && !waits, *owner);
            for (auto& piece : pieces) {
                const auto cut = std::min(size, piece.size());
                piece += cut;
                size -= cut;
            }
        }
        writing_ = true;
        clock_.begin_write(std::chrono::steady_clock::now());
        boost::asio::async_write(
            line_.stream(),
            pieces,
            [this, exchange, owner](const ErrorCode& error, std::size_t /*size*/) {
                writing_ = false;
                clock_.end_write();
                finish(*exchange, error.failed(), *owner);
                send(owner);
            });
    }

    /// False: there is nothing to send for now, or the client was left.
    template <typename Owner>
    bool send_portion(const std::shared_ptr<Exchange>& exchange,
                      const std::shared_ptr<Owner>& owner) {
        auto portion = exchange->flow()->take();
        if (portion.cut) {
            owner->lose();
            return false;
        }
        flowing_ = !portion.last;
        if (portion.bytes.empty()) {
            if (portion.last) finish(*exchange, false, *owner);
            return portion.last;
        }
        portion_ = std::move(portion.bytes);
        exchange->count_flowed(portion_.size());
        write(exchange, {boost::asio::buffer(portion_), {}}, owner);
        return true;
    }

    template <typename Owner>
    void finish(const Exchange& exchange, bool failed, Owner& owner) {
        if (flowing_ && !failed && !lost_) return;
        exchange.report(failed || lost_);
        if (lost_) return;
        waiting_.pop_front();
        owner.sent(failed);
    }

    Line<Stream>& line_;
    PhaseClock& clock_;
    std::deque<std::shared_ptr<Exchange>> waiting_;
    std::string portion_;  // that is being written
    bool flowing_ = false;
    bool writing_ = false;
    bool lost_ = false;
};

}  // namespace relief::http
