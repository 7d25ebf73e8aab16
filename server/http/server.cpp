#include "server/http/server.hpp"

#include "server/http/coding_queue.hpp"
#include "server/http/line.hpp"
#include "server/http/premises.hpp"
#include "server/http/session.hpp"
#include "server/http/tls.hpp"
#include "server/http/worker.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <random>
#include <sys/resource.h>
#include <thread>

namespace relief::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::size_t coded_bytes = 16U << 20U;  // the viewer and the documents, several times over
// In one packet; the socket is closed right after it.
constexpr std::string_view no_seat =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
    "Cache-Control: no-store\r\nConnection: close\r\n\r\n";
constexpr std::string_view no_seat_of_network =
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 112\r\n"
    "Content-Type: application/problem+json\r\n"
    "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    R"({"type":"about:blank","title":"Too Many Requests","status":429,"detail":"too many connections from one network"})";

/// Descriptors are also needed for layers, the database and the log.
std::size_t seats_of(std::size_t wanted) {
    constexpr rlim_t others = 40;
    constexpr rlim_t least = 16;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
    const rlim_t left = limit.rlim_cur > others + least ? limit.rlim_cur - others : least;
    return std::min(wanted, static_cast<std::size_t>(left));
}

/// Short limits need a short tick; a quarter of a second is fine enough for long ones.
std::chrono::milliseconds tick_of(const ServerOptions& options) {
    const auto shortest =
        std::min({options.header_time, options.idle_time, options.body_time, options.write_time});
    return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(250));
}

std::string without_last_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Error cannot_listen(const ServerOptions& options, const error_code& error) {
    const std::string place = options.host + ", port " + std::to_string(options.port);
    if (error == asio::error::address_in_use) {
        return {Fault::conflict,
                "port " + std::to_string(options.port) + " on " + options.host +
                    " is taken by another program; stop it or listen on another port",
                error.message()};
    }
    return bad_request("cannot listen on " + place + ": " + error.message(), error.message());
}

class BeastServer final : public Server {
public:
    BeastServer(std::shared_ptr<Premises> premises, std::shared_ptr<SSL_CTX> tls)
        : premises_(std::move(premises)),
          origins_(std::make_shared<OriginList>(premises_->options.origins)),
          tls_(std::move(tls)) {
        const auto& options = premises_->options;
        for (unsigned i = 0; i < std::max(1U, options.io_threads); ++i) {
            workers_.push_back(std::make_shared<Worker>(tick_of(options)));
        }
        acceptor_.emplace(workers_.front()->context());
        pause_.emplace(workers_.front()->context());
    }

    Result<void> bind() {
        const auto& options = premises_->options;
        error_code error;
        tcp::resolver resolver(workers_.front()->context());
        const auto found = resolver.resolve(options.host,
                                            std::to_string(options.port),
                                            tcp::resolver::passive | tcp::resolver::numeric_service,
                                            error);
        if (error || found.empty()) {
            return bad_request("listen: \"" + options.host + "\" is no address of this machine",
                               error.message());
        }
        for (const auto& entry : found) {
            error = listen_at(entry.endpoint());
            if (!error) return {};
        }
        return cannot_listen(options, error);
    }

    void run(std::shared_ptr<const RouteTable> routes, AnswerObserver observer) override {
        const auto pool = std::make_shared<asio::thread_pool>(1);
        premises_->routes = std::move(routes);
        premises_->surroundings = std::make_shared<const Surroundings>(
            Surroundings{std::move(observer),
                         coding_queue(pool),
                         std::make_shared<CodedBodies>(coded_bytes),
                         origins_});
        asio::co_spawn(
            workers_.front()->context(), [this] { return accept_all(); }, asio::detached);
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < workers_.size(); ++i) {
            threads.emplace_back([worker = workers_[i]] { worker->run(); });
        }
        workers_.front()->run();
        threads.clear();
        pool->join();
    }

    void stop(std::chrono::milliseconds grace) override {
        // The acceptor first: each worker then hears of its last connection before it drains.
        asio::post(workers_.front()->context(), [this, grace] {
            stopping_ = true;
            error_code ignored;
            acceptor_->close(ignored);
            pause_->cancel();
            for (const auto& worker : workers_) worker->stop(grace);
        });
    }

    Result<void> reload_certificate() override {
        const auto& options = premises_->options;
        if (options.tls_cert.empty()) return {};
        auto fresh = make_tls({options.tls_cert, options.tls_key});
        if (!fresh) return std::move(fresh).error();
        const std::lock_guard lock(tls_mutex_);
        tls_ = std::move(*fresh);
        return {};
    }

    void change_origins(std::vector<std::string> origins) override {
        origins_->change(std::move(origins));
    }

    std::uint16_t port() const override { return bound_port_; }
    std::size_t open_connections() const override { return premises_->open.load(); }

private:
    error_code listen_at(const tcp::endpoint& endpoint) {
        error_code error;
        acceptor_->open(endpoint.protocol(), error);
        if (!error) acceptor_->set_option(Acceptor::reuse_address(true), error);
        if (!error && endpoint.address().is_v6()) {
            acceptor_->set_option(asio::ip::v6_only(false), error);
        }
        if (!error) acceptor_->bind(endpoint, error);
        if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
        error_code ignored;
        if (error) {
            acceptor_->close(ignored);
        } else {
            bound_port_ = acceptor_->local_endpoint(ignored).port();
        }
        return error;
    }

    Task<void> accept_all() {
        bool works = true;
        while (!stopping_) {
            try {
                // No descriptors or no memory: trying again at once would only burn the processor.
                if (!works) co_await rest();
                works = false;
                works = co_await accept_one();
            } catch (const std::exception&) {
                // One connection could not get what it takes; the next may.
                continue;
            }
        }
    }

    Task<void> rest() {
        error_code cancelled;
        pause_->expires_after(accept_pause);
        co_await pause_->async_wait(asio::redirect_error(awaited, cancelled));
    }

    /// False: it did not work, and would not at once.
    Task<bool> accept_one() {
        const auto& worker = workers_[next_];
        error_code error;
        tcp::endpoint peer;
        auto socket = co_await acceptor_->async_accept(
            worker->context(), peer, asio::redirect_error(awaited, error));
        if (error) co_return error == asio::error::connection_aborted || stopping_;
        if (admit({std::move(socket), peer}, worker)) next_ = (next_ + 1) % workers_.size();
        co_return true;
    }

    struct Visitor {
        Socket socket;
        tcp::endpoint peer;
    };

    bool admit(Visitor visitor, const std::shared_ptr<Worker>& worker) {
        auto& socket = visitor.socket;
        if (premises_->open.load() >= premises_->seats) return turn_away(socket, no_seat);
        Share share(premises_->connections, counted_as(visitor.peer), 1);
        if (!share.fits()) return turn_away(socket, no_seat_of_network);
        asio::dispatch(worker->context(),
                       [connection = NewConnection{std::move(socket),
                                                   worker,
                                                   Seat(premises_, std::move(share)),
                                                   current_tls()}]() mutable {
                           serve(std::move(connection));
                       });
        return true;
    }

    /// A proxy that is listed brings everybody.
    std::string counted_as(const tcp::endpoint& peer) const {
        const std::string text = peer.address().to_string();
        const auto bytes = parse_address(text);
        const bool proxy = bytes && premises_->station.proxies.holds(*bytes);
        return proxy ? std::string() : premises_->counted_as(text);
    }

    /// Always false: it was not admitted.
    bool turn_away(Socket& socket, std::string_view words) const {
        error_code ignored;
        socket.non_blocking(true, ignored);
        if (premises_->options.tls_cert.empty()) {
            socket.send(asio::buffer(words.data(), words.size()), 0, ignored);
        }
        socket.close(ignored);
        return false;
    }

    std::shared_ptr<SSL_CTX> current_tls() {
        const std::lock_guard lock(tls_mutex_);
        return tls_;
    }

    std::shared_ptr<Premises> premises_;
    std::shared_ptr<OriginList> origins_;
    std::mutex tls_mutex_;
    std::shared_ptr<SSL_CTX> tls_;  // guarded by tls_mutex_
    std::vector<std::shared_ptr<Worker>> workers_;
    std::optional<Acceptor> acceptor_;  // on the first worker, as pause_, next_ and stopping_
    std::optional<Timer> pause_;
    std::size_t next_ = 0;  // worker
    std::uint16_t bound_port_ = 0;
    bool stopping_ = false;
};

Result<std::shared_ptr<SSL_CTX>> tls_of(const ServerOptions& options) {
    if (options.tls_cert.empty() && options.tls_key.empty()) return std::shared_ptr<SSL_CTX>{};
    if (options.tls_cert.empty() || options.tls_key.empty()) {
        return bad_request("tls needs both: tls.cert and tls.key");
    }
    return make_tls({options.tls_cert, options.tls_key});
}

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(const ServerOptions& options) {
    auto proxies = ProxyList::parse(options.proxies);
    if (!proxies) return std::move(proxies).error();
    auto tls = tls_of(options);
    if (!tls) return std::move(tls).error();

    std::random_device random;
    const std::uint64_t beginning = (std::uint64_t{random()} << 32U) | random();
    const auto premises =
        std::make_shared<Premises>(beginning, options, seats_of(options.connections));
    premises->station = {
        std::move(*proxies), without_last_slash(options.public_url), *tls ? "https" : "http"};

    auto server = std::make_unique<BeastServer>(premises, std::move(*tls));
    if (auto bound = server->bind(); !bound) return bound.error();
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace relief::http
