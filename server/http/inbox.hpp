#pragma once
// What one connection receives: heads within their size and time, and bodies.

#include "server/http/check_head.hpp"
#include "server/http/line.hpp"
#include "server/http/phase_clock.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace relief::http {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

template <typename Stream>
class Inbox {
public:
    Inbox(Line<Stream>& line, PhaseClock& clock, const ServerOptions& options)
        : line_(line),
          clock_(clock),
          options_(options),
          buffer_(std::max(largest_buffer, options.header_bytes + 1)) {}

    /// What has come and is not consumed yet.
    std::string_view text() const noexcept {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }
    void consume(std::size_t size) { buffer_.consume(size); }

    /// Length of a whole head at the front of text(); 0 when there will be none.
    using Outcome = std::variant<std::size_t, Refused>;
    Task<Outcome> head() {
        Scan scan;
        enter(buffer_.size() > 0 ? Phase::head : Phase::idle);
        while (true) {
            if (auto outcome = look(scan)) co_return std::move(*outcome);
            if (co_await receive() == 0) {
                if (buffer_.size() > 0) co_return cut();
                co_return std::size_t{0};
            }
            if (clock_.phase() == Phase::idle) enter(Phase::head);
        }
    }

    /// Reads the body that belongs to the head in `parser`. `invited`: the client waits to be told
    /// to send it.
    Task<std::optional<Refused>> body(Parser& parser, bool invited) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        enter(Phase::body);
        ErrorCode error;
        if (invited && buffer_.size() == 0) {
            co_await boost::asio::async_write(line_.stream(),
                                              boost::asio::buffer(go_on.data(), go_on.size()),
                                              boost::asio::redirect_error(awaited, error));
        }
        parser.eager(true);
        // In pieces, so that the clock hears of each.
        while (!error && !parser.is_done()) {
            const auto size = co_await boost::beast::http::async_read_some(
                line_.stream(), buffer_, parser, boost::asio::redirect_error(awaited, error));
            clock_.body_came(size, std::chrono::steady_clock::now());
        }
        enter(Phase::working);
        if (error) co_return what_is_wrong(error);
        buffer_.shrink_to_fit();
        co_return std::nullopt;
    }

    /// Makes a pending read end, as if the client had closed its side.
    void stop() {
        stopped_ = true;
        line_.end_input();
    }
    bool is_stopped() const noexcept { return stopped_; }

    /// The client sends no more. It may have closed only its side, which looks the same as having
    /// gone: what is ready is still sent, but nobody works on for it.
    void end() noexcept {
        ended_ = true;
        if (!stopped_) gone_->store(true, std::memory_order_relaxed);
    }
    bool has_ended() const noexcept { return ended_; }
    void give_up() noexcept { gone_->store(true, std::memory_order_relaxed); }
    /// Set when nobody waits for an answer any more.
    std::shared_ptr<const std::atomic<bool>> gone() const noexcept { return gone_; }

    /// Most bytes of the body to come.
    void allow(std::size_t body_bytes) noexcept { body_bytes_ = body_bytes; }
    Refused body_too_large() const {
        return {Refusal::body_too_large,
                "the body is larger than " + std::to_string(body_bytes_) + " bytes"};
    }

private:
    static constexpr std::size_t largest_buffer = 65536;  // bounds chunk extensions and trailers
    static constexpr int most_blank_lines = 4;            // RFC 9112 2.2: tolerance, not patience

    struct Scan {
        HeadProgress progress;
        int blank_lines = 0;
    };

    /// What the bytes that have come amount to; nothing when more are needed.
    std::optional<Outcome> look(Scan& scan) {
        auto& progress = scan.progress;
        while (progress.scanned == 0 && text().starts_with("\r\n")) {
            buffer_.consume(2);
            if (++scan.blank_lines > most_blank_lines) return malformed("too many empty lines");
        }
        if (text() != "\r") progress = scan_head(text(), progress.scanned);
        if (progress.bad) return malformed("a control character, or a bare CR or LF");
        const auto least_size = progress.end > 0 ? progress.end : buffer_.size();
        if (least_size > options_.header_bytes) return too_long(text(), options_.header_bytes);
        if (progress.end > 0) return progress.end;
        return std::nullopt;
    }

    void enter(Phase phase) { clock_.enter(phase, std::chrono::steady_clock::now()); }

    /// Bytes that came; 0 at the end of input.
    Task<std::size_t> receive() {
        ErrorCode error;
        // One byte more than a head may have tells one that is too long.
        const auto space = buffer_.prepare(options_.header_bytes + 1 - buffer_.size());
        const auto size = co_await line_.stream().async_read_some(
            space, boost::asio::redirect_error(awaited, error));
        buffer_.commit(size);
        if (error) end();
        co_return size;
    }

    static Refused malformed(const char* what) { return {Refusal::malformed, what}; }

    Refused cut() const {
        if (!stopped_) return malformed("the request ended before it was whole");
        return {Refusal::timed_out, "the request took too long to come"};
    }

    Refused what_is_wrong(const ErrorCode& error) {
        using Wrong = boost::beast::http::error;
        if (error == Wrong::body_limit) return body_too_large();
        const bool ends = error == Wrong::partial_message || error == Wrong::end_of_stream ||
                          error == boost::asio::error::eof;
        if (ends) end();
        return ends || stopped_ ? cut() : malformed("the body is not framed as RFC 9112 says");
    }

    Line<Stream>& line_;
    PhaseClock& clock_;
    const ServerOptions& options_;
    std::size_t body_bytes_ = options_.body_bytes;
    boost::beast::flat_buffer buffer_;
    std::shared_ptr<std::atomic<bool>> gone_ = std::make_shared<std::atomic<bool>>(false);
    bool stopped_ = false;
    bool ended_ = false;
};

}  // namespace relief::http
