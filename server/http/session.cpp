#include "server/http/session.hpp"

#include "server/http/check_head.hpp"
#include "server/http/letters.hpp"
#include "server/http/phase_clock.hpp"
#include "server/http/status.hpp"
#include "server/http/target.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/ssl.h>

#include <algorithm>
#include <deque>

namespace relief::http {
namespace {

namespace asio = boost::asio;
namespace wire = boost::beast::http;
using asio::redirect_error;
using Parser = wire::request_parser<wire::string_body>;
using Pieces = std::array<asio::const_buffer, 2>;

constexpr std::size_t body_buffer = 65536;  // also bounds a chunk extension and all trailers
constexpr int most_blank_lines = 4;         // RFC 9112 2.2 asks for tolerance, not for patience
constexpr std::size_t most_discarded = 1U << 20U;
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// Before the body is read: what a trailer says is no header.
void copy_head(const Parser& parser, Request& request) {
    const auto& fields = parser.get();
    const auto method = fields.method_string();
    request.method.assign(method.data(), method.size());
    for (const auto& field : fields) {
        const auto name = field.name_string();
        const auto value = field.value();
        auto& copy = request.headers.emplace_back(std::string(name.data(), name.size()),
                                                  std::string(value.data(), value.size()));
        std::transform(copy.first.begin(), copy.first.end(), copy.first.begin(), to_lower);
    }
}

bool is_end_of_input(const ErrorCode& error) {
    return error == wire::error::partial_message || error == wire::error::end_of_stream ||
           error == asio::error::eof;
}

/// Two sides that share under_way_, which holds every request whose last byte is not yet written:
/// the reader is a coroutine that ends before the session does, the writer is made of callbacks
/// and sends the answers in the order of their requests.
template <typename Stream>
class Session final : public Connection,
                      public AnswerSink,
                      public std::enable_shared_from_this<Session<Stream>> {
public:
    Session(Stream stream, std::shared_ptr<Worker> worker, Seat seat)
        : line_(std::move(stream)),
          worker_(std::move(worker)),
          seat_(std::move(seat)),
          premises_(seat_.premises()),
          clock_(premises_.options),
          changed_(line_.executor(), Clock::time_point::max()),
          buffer_(std::max(body_buffer, premises_.options.header_bytes)) {}

    void start() {
        asio::co_spawn(
            line_.executor(),
            [self = this->shared_from_this()] { return self->run(); },
            asio::detached);
    }

    // ---- AnswerSink
    void ready(std::shared_ptr<Exchange> exchange) override {
        asio::dispatch(line_.executor(),
                       [weak = this->weak_from_this(), done = std::move(exchange)] {
                           const auto self = weak.lock();
                           done->mark_sealed();
                           if (!self || self->closed_) return done->report(true);
                           self->write_on();
                       });
    }

    // ---- Connection
    void sweep(Clock::time_point now) override {
        if (clock_.has_written_too_long(now)) return lose();
        if (!clock_.has_read_too_long(now, premises_.is_crowded()) || stopped_) return;
        const auto phase = clock_.phase();
        if (phase == Phase::handshake || phase == Phase::leaving) return lose();
        if (phase == Phase::idle && !under_way_.empty()) return;
        stop_reading();
    }

    void drain() override {
        draining_ = true;
        const auto phase = clock_.phase();
        if (phase == Phase::handshake || (phase == Phase::idle && !line_.has_input()))
            stop_reading();
    }

    void lose() override {
        if (closed_) return;
        closed_ = true;
        abandoned_->store(true, std::memory_order_relaxed);
        line_.close();
        wake();
        const auto dropped = std::move(under_way_);
        under_way_.clear();
        for (const auto& exchange : dropped) {
            // The one being written is told of by written(), an unsealed one when it is sealed.
            const bool being_written = writing_ && exchange == dropped.front();
            if (exchange->is_sealed() && !being_written) exchange->report(true);
        }
    }

private:
    const ServerOptions& options() const noexcept { return premises_.options; }
    void enter(Phase phase) { clock_.enter(phase, Clock::now()); }
    std::string_view text() const noexcept {
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }

    // ---- the reader
    Task<void> run() {
        const auto self = this->shared_from_this();
        const Membership membership(*worker_, *this);
        draining_ = worker_->is_draining();
        enter(Phase::handshake);
        if (co_await line_.open()) {
            while (co_await serve_one()) continue;
            co_await settle();
            if (!closed_ && timed_out_) line_.reset();
            enter(Phase::leaving);
            if (!closed_ && !input_ended_) co_await line_.part(most_discarded);
        }
        lose();
    }

    /// Reads one request and gives it to its handler. False: no further one will be read.
    Task<bool> serve_one() {
        co_await until([this] { return under_way_.size() < options().pipelined; });
        const bool more = buffer_.size() > 0 || (under_way_.empty() && line_.has_input());
        if (closed_ || (draining_ && !more)) co_return false;
        const auto size = co_await read_head();
        if (size == 0 || closed_) co_return false;
        co_return co_await take_request(size);
    }

    /// Length of a whole head at the front of the buffer; 0 when there will be none.
    Task<std::size_t> read_head() {
        HeadProgress progress;
        int blank_lines = 0;
        enter(buffer_.size() > 0 ? Phase::head : Phase::idle);
        while (true) {
            while (progress.scanned == 0 && text().starts_with("\r\n")) {
                buffer_.consume(2);
                if (++blank_lines > most_blank_lines) co_return refuse("too many empty lines");
            }
            if (text() != "\r") progress = scan_head(text(), progress.scanned);
            if (progress.bad) co_return refuse("a control character, or a bare CR or LF");
            const auto least_size = progress.end > 0 ? progress.end : buffer_.size();
            if (least_size > options().header_bytes) {
                co_return refuse(too_long(text(), options().header_bytes));
            }
            if (progress.end > 0) co_return progress.end;
            if (co_await receive() == 0) {
                if (buffer_.size() > 0 && !closed_) refuse_cut();
                co_return 0;
            }
            if (clock_.phase() == Phase::idle) enter(Phase::head);
        }
    }

    /// Bytes that came; 0 at the end of input.
    Task<std::size_t> receive() {
        ErrorCode error;
        // One byte more than a head may have tells one that is too long.
        const auto space = buffer_.prepare(options().header_bytes + 1 - buffer_.size());
        const auto size =
            co_await line_.stream().async_read_some(space, redirect_error(awaited, error));
        buffer_.commit(size);
        if (error) hang_up();
        co_return size;
    }

    Task<bool> take_request(std::size_t size) {
        enter(Phase::working);
        const auto checked = check_head(text().substr(0, size));
        if (const auto* refused = std::get_if<Refused>(&checked)) co_return refuse(*refused) > 0;
        const auto& head = std::get<Head>(checked);
        if (head.content_length > options().body_bytes) co_return refuse_body() > 0;

        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(options().header_bytes + 1));
        parser.body_limit(options().body_bytes);
        ErrorCode error;
        parser.put(asio::buffer(buffer_.data().data(), size), error);
        if (error || !parser.is_header_done()) co_return refuse("the head cannot be read") > 0;

        const auto request = new_request();
        copy_head(parser, *request);
        const Arrival arrival{
            line_.peer_address(), line_.local_authority(), head.authority, head.target};
        const auto target = complete(*request, arrival, premises_.station, premises_.ids);
        const bool has_body = head.has_body();
        const bool asks_to_go_on = head.expects_continue;
        buffer_.consume(size);  // the views of `head` end here
        if (has_body && !co_await read_body(parser, asks_to_go_on, *request)) co_return false;
        co_return answer(request, parser, target);
    }

    bool answer(const std::shared_ptr<Request>& request,
                const Parser& parser,
                const Result<void>& target) {
        const bool stays = parser.get().keep_alive() && !draining_;
        const auto exchange = begin(request);
        exchange->closes = !stays;
        exchange->old = parser.get().version() < 11;
        if (target) {
            exchange->route(*premises_.routes, *request);
        } else {
            exchange->answer(problem(target.error()));
        }
        return stays;
    }

    /// Bodies are read one at a time, so that a connection holds one at most.
    Task<bool> read_body(Parser& parser, bool asks_to_go_on, Request& request) {
        co_await until([this] { return under_way_.empty(); });
        enter(Phase::body);
        ErrorCode error;
        if (asks_to_go_on && buffer_.size() == 0) {
            co_await asio::async_write(line_.stream(),
                                       asio::buffer(go_on.data(), go_on.size()),
                                       redirect_error(awaited, error));
        }
        if (!error) {
            co_await wire::async_read(
                line_.stream(), buffer_, parser, redirect_error(awaited, error));
        }
        enter(Phase::working);
        if (closed_) co_return false;
        if (error) co_return refuse_body(error) > 0;
        request.body = std::move(parser.get().body());
        buffer_.shrink_to_fit();
        co_return true;
    }

    /// The last answers are written; meanwhile a client that goes is noticed.
    Task<void> settle() {
        enter(Phase::working);
        if (!under_way_.empty() && !closed_ && !input_ended_) {
            watching_ = true;
            if (co_await line_.watch()) hang_up();
            watching_ = false;
        }
        co_await until([this] { return under_way_.empty(); });
    }

    template <typename Condition>
    Task<void> until(Condition condition) {
        while (!closed_ && !condition()) {
            ErrorCode error;
            waiting_ = true;
            changed_.expires_at(Clock::time_point::max());
            co_await changed_.async_wait(redirect_error(awaited, error));
            waiting_ = false;
        }
    }
    void wake() {
        if (waiting_) changed_.cancel();
    }

    void stop_reading() {
        stopped_ = true;
        line_.end_input();
    }
    void hang_up() {
        input_ended_ = true;
        // The client may have closed only its side, which looks the same: what is ready is still
        // sent, but nobody works on for it. If we stopped reading ourselves it has not gone.
        if (!stopped_) abandoned_->store(true, std::memory_order_relaxed);
    }

    std::shared_ptr<Request> new_request() const {
        auto request = std::make_shared<Request>();
        request->received = Clock::now();
        request->deadline = Deadline(request->received + options().render_time, abandoned_);
        return request;
    }
    std::shared_ptr<Exchange> begin(const std::shared_ptr<Request>& request) {
        auto exchange =
            std::make_shared<Exchange>(request, this->weak_from_this(), premises_.surroundings);
        under_way_.push_back(exchange);
        return exchange;
    }

    /// Answers what is no request, and ends the connection. Always 0, as read_head() for the end.
    std::size_t refuse(const Refused& refused) {
        constexpr std::size_t longest = 100;
        const auto request = new_request();
        request->target = for_log(text().substr(0, std::min(text().find("\r\n"), longest)));
        request->id = premises_.ids.next();
        request->remote_address = line_.peer_address();
        const auto exchange = begin(request);
        exchange->closes = true;
        exchange->answer(refusal(refused));
        return 0;
    }
    std::size_t refuse(const char* what) { return refuse(Refused{Refusal::malformed, what}); }
    std::size_t refuse_cut() {
        timed_out_ = stopped_ && !draining_;
        if (!stopped_) return refuse("the request ended before it was whole");
        return refuse(Refused{Refusal::timed_out, "the request took too long to come"});
    }
    std::size_t refuse_body() {
        const auto limit = std::to_string(options().body_bytes);
        return refuse(
            Refused{Refusal::body_too_large, "the body is larger than " + limit + " bytes"});
    }
    std::size_t refuse_body(const ErrorCode& error) {
        if (error == wire::error::body_limit) return refuse_body();
        if (is_end_of_input(error)) hang_up();
        if (is_end_of_input(error) || stopped_) return refuse_cut();
        return refuse("the body is not framed as RFC 9112 says");
    }

    // ---- the writer
    void write_on() {
        while (!writing_ && !closed_ && !under_way_.empty() && under_way_.front()->is_sealed()) {
            const auto exchange = under_way_.front();
            end_head(*exchange);
            const auto& body = exchange->body();
            write(exchange,
                  {asio::buffer(exchange->head()),
                   body ? asio::buffer(*body) : asio::const_buffer{}});
        }
    }

    void end_head(Exchange& exchange) {
        const bool more_comes =
            clock_.phase() == Phase::head || clock_.phase() == Phase::body || under_way_.size() > 1;
        if (draining_ && !more_comes) exchange.closes = true;
        auto& head = exchange.head();
        head += worker_->date_field();
        if (exchange.closes) {
            head += "Connection: close\r\n";
        } else if (exchange.old) {
            head += "Connection: keep-alive\r\n";
        }
        head += "\r\n";
    }

    void write(const std::shared_ptr<Exchange>& exchange, Pieces pieces) {
        if constexpr (!Line<Stream>::is_tls) {
            // Most answers fit the socket's buffer; then there is nothing to wait for.
            ErrorCode error;
            auto size = line_.stream().write_some(pieces, error);
            if (size == asio::buffer_size(pieces)) return written(*exchange, {});
            if (error && error != asio::error::would_block) return written(*exchange, error);
            for (auto& piece : pieces) {
                const auto cut = std::min(size, piece.size());
                piece += cut;
                size -= cut;
            }
        }
        writing_ = true;
        clock_.begin_write(Clock::now());
        asio::async_write(line_.stream(),
                          pieces,
                          [self = this->shared_from_this(), exchange](const ErrorCode& error,
                                                                      std::size_t /*size*/) {
                              self->writing_ = false;
                              self->clock_.end_write();
                              self->written(*exchange, error);
                              self->write_on();
                          });
    }

    void written(const Exchange& exchange, const ErrorCode& error) {
        exchange.report(error || closed_);
        if (closed_) return;
        under_way_.pop_front();
        if (error) return lose();
        if (under_way_.empty() && clock_.phase() == Phase::idle) enter(Phase::idle);
        if (under_way_.empty() && watching_) line_.end_watch();
        wake();
    }

    Line<Stream> line_;
    std::shared_ptr<Worker> worker_;
    Seat seat_;
    Premises& premises_;
    PhaseClock clock_;
    Timer changed_;
    boost::beast::flat_buffer buffer_;
    std::deque<std::shared_ptr<Exchange>> under_way_;
    std::shared_ptr<std::atomic<bool>> abandoned_ = std::make_shared<std::atomic<bool>>(false);
    bool waiting_ = false;   // the reader, for changed_
    bool watching_ = false;  // the reader, for the client to go
    bool writing_ = false;
    bool draining_ = false;   // no request after those under way
    bool stopped_ = false;    // we ended the input ourselves
    bool timed_out_ = false;  // because the client took too long
    bool input_ended_ = false;
    bool closed_ = false;
};

}  // namespace

void serve(NewConnection connection) {
    auto& [socket, worker, seat, tls] = connection;
    if (!tls) {
        std::make_shared<Session<Socket>>(std::move(socket), std::move(worker), std::move(seat))
            ->start();
        return;
    }
    SSL_CTX_up_ref(tls.get());  // the wrapper below gives back a reference of its own
    asio::ssl::context context(tls.get());
    std::make_shared<Session<TlsStream>>(
        TlsStream(std::move(socket), context), std::move(worker), std::move(seat))
        ->start();
}

}  // namespace relief::http
