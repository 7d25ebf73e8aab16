#pragma once
// The socket under a session, plain or with TLS: what it can do besides reading and writing.

#include "server/http/worker.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <type_traits>
#include <utility>

namespace relief::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using TlsStream = boost::beast::ssl_stream<Socket>;
using ErrorCode = boost::system::error_code;
template <typename T>
using Task = boost::asio::awaitable<T, Executor>;
constexpr boost::asio::use_awaitable_t<Executor> awaited;

/// Errors of the operations that end a connection are of no use to anybody and are not told.
template <typename Stream>
class Line {
public:
    static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

    explicit Line(Stream stream) : stream_(std::move(stream)) {}

    Stream& stream() noexcept { return stream_; }
    auto executor() noexcept { return stream_.get_executor(); }

    /// Sets the options of the socket and shakes hands where TLS is spoken. False: no use.
    Task<bool> open() {
        ErrorCode error;
        auto& base = socket();
        base.set_option(boost::asio::ip::tcp::no_delay(true), error);
        base.non_blocking(true, error);
        // Slow readers would otherwise be given 4 MB of kernel memory each.
        constexpr int most_unsent = 131072;
        setsockopt(
            base.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most_unsent, sizeof most_unsent);
        if (!error) peer_ = base.remote_endpoint(error);
        if (!error) local_ = base.local_endpoint(error);
        if constexpr (is_tls) {
            if (error) co_return false;
            co_await stream_.async_handshake(boost::asio::ssl::stream_base::server,
                                             boost::asio::redirect_error(awaited, error));
        }
        co_return !error;
    }

    std::string peer_address() const { return peer_.address().to_string(); }
    /// "127.0.0.1:8080", "[::1]:8080"
    std::string local_authority() const {
        const auto address = local_.address().to_string();
        const auto name = local_.address().is_v6() ? '[' + address + ']' : address;
        return name + ':' + std::to_string(local_.port());
    }

    /// Bytes wait in the kernel.
    bool has_input() {
        ErrorCode error;
        return socket().available(error) > 0;
    }

    /// Makes a pending read end without touching what is being written.
    void end_input() {
        ErrorCode error;
        socket().shutdown(Socket::shutdown_receive, error);
    }

    /// Waits until bytes come or the client goes. True: it has gone. end_watch() ends it.
    Task<bool> watch() {
        ErrorCode error;
        co_await socket().async_wait(Socket::wait_read,
                                     boost::asio::redirect_error(awaited, error));
        if (error) co_return false;
        std::array<char, 1> byte{};
        const auto size = socket().receive(boost::asio::buffer(byte), Socket::message_peek, error);
        co_return size == 0 && error != boost::asio::error::would_block;
    }
    void end_watch() {
        ErrorCode error;
        socket().cancel(error);
    }

    /// Reads and forgets what the client still sends, up to `most` bytes, until it goes. False:
    /// end_watch() ended it.
    Task<bool> hear_out(std::size_t most) {
        ErrorCode error;
        std::array<char, 1024> forgotten{};
        for (std::size_t size = 0; !error && size < most;) {
            size += co_await stream_.async_read_some(boost::asio::buffer(forgotten),
                                                     boost::asio::redirect_error(awaited, error));
        }
        co_return error != boost::asio::error::operation_aborted;
    }

    /// A client that vanished without a word is noticed when what was sent stays unconfirmed so
    /// long; the kernel alone would try for a quarter of an hour.
    void expect_confirmation(std::chrono::milliseconds within) {
        const auto most = static_cast<unsigned>(within.count());
        setsockopt(socket().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &most, sizeof most);
    }

    /// Tells the client that no more comes and reads what it still sends, up to `most` bytes:
    /// closing with bytes unread would reset the connection and take the last answer with it.
    Task<void> part(std::size_t most) {
        ErrorCode error;
        if constexpr (is_tls) {
            co_await stream_.async_shutdown(boost::asio::redirect_error(awaited, error));
        } else {
            std::array<char, 4096> discarded{};
            stream_.shutdown(Socket::shutdown_send, error);
            for (std::size_t size = 0; !error && size < most;) {
                size += co_await stream_.async_read_some(
                    boost::asio::buffer(discarded), boost::asio::redirect_error(awaited, error));
            }
        }
    }

    void close() {
        ErrorCode error;
        socket().close(error);
    }
    /// Closes with a reset: nothing stays in the kernel for a client that played for time.
    void reset() {
        ErrorCode error;
        socket().set_option(boost::asio::socket_base::linger(true, 0), error);
        close();
    }

private:
    Socket& socket() noexcept { return boost::beast::get_lowest_layer(stream_); }

    Stream stream_;
    boost::asio::ip::tcp::endpoint peer_;
    boost::asio::ip::tcp::endpoint local_;
};

}  // namespace relief::http
