#pragma once
// Listener and sessions: the only code that knows Beast.

#include "server/http/route_table.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace relief::http {

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    unsigned io_threads = 1;
    std::string tls_cert;  ///< PEM files; both or none
    std::string tls_key;
    std::string public_url;
    std::vector<std::string> proxies;
    std::vector<std::string> origins{"*"};  ///< as finish.hpp has them

    std::size_t header_bytes = 8192;
    std::chrono::milliseconds header_time{
        10000};  ///< from the first byte to the last of line and headers
    std::chrono::milliseconds idle_time{60000};
    /// A body comes at a rate that slow lines have, once this has passed, and never pauses for
    /// longer than this; however it comes it is whole after `longest_body_time`.
    std::chrono::milliseconds body_time{30000};
    std::size_t least_body_rate = 4096;  ///< bytes a second
    std::chrono::milliseconds longest_body_time{1800000};
    std::chrono::milliseconds write_time{60000};   ///< for one answer to a slow reader
    std::chrono::milliseconds render_time{20000};  ///< the deadline that each request carries
    std::size_t body_bytes = 1U << 20U;
    std::size_t connections = 4096;  ///< of one network a quarter, but 64 at least
    /// Whether what is counted for each network is counted for this machine, too.
    bool counts_loopback = false;
    std::size_t pipelined = 16;  ///< requests of one connection under way
};

/// Told of every answer after its last byte was handed to the kernel (or the client had gone).
struct AnswerRecord {
    std::shared_ptr<const Request> request;
    std::string route;  ///< the pattern, or "" when none matched: bounded, fit for a metric label
    int status = 0;
    std::size_t body_bytes = 0;
    std::chrono::microseconds duration{};
    bool client_gone = false;
    std::string failure;  ///< words of an exception that left the handler, for the log only
};
using AnswerObserver = std::function<void(const AnswerRecord&)>;

class Server {
public:
    /// Binds and listens at once, so that a taken port is told before anything else is done.
    /// Errors: conflict when the port is taken (the message names it), bad_request for a host or
    /// certificate that cannot be used.
    static Result<std::unique_ptr<Server>> listen(const ServerOptions& options);

    virtual ~Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    /// Serves until stop(); blocks. Called once.
    virtual void run(std::shared_ptr<const RouteTable> routes, AnswerObserver observer) = 0;
    /// Stops accepting, lets running requests end within `grace`, then closes. From any thread or
    /// signal handler's thread.
    virtual void stop(std::chrono::milliseconds grace) = 0;
    /// New certificate for new connections (SIGHUP). Errors: bad_request; the old one stays.
    virtual Result<void> reload_certificate() = 0;
    /// Other origins for the answers from now on (SIGHUP). From any thread.
    virtual void change_origins(std::vector<std::string> origins) = 0;
    virtual std::uint16_t port() const = 0;
    virtual std::size_t open_connections() const = 0;

protected:
    Server() = default;
};

}  // namespace relief::http
