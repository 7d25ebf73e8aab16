#include "server/http/session.hpp"

#include "server/http/body_room.hpp"
#include "server/http/inbox.hpp"
#include "server/http/letters.hpp"
#include "server/http/outbox.hpp"
#include "server/http/status.hpp"
#include "server/http/target.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <openssl/ssl.h>

#include <algorithm>
#include <optional>

namespace relief::http {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_discarded = 1U << 20U;

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

/// The reader is a coroutine; the writer, the outbox, may outlive it while it sends. What is said
/// here happens on the thread of the worker.
template <typename Stream>
class Session final : public Connection,
                      public AnswerSink,
                      public std::enable_shared_from_this<Session<Stream>> {
public:
    Session(Stream stream, std::shared_ptr<Worker> worker, Seat seat)
        : worker_(std::move(worker)),
          seat_(std::move(seat)),
          premises_(seat_.premises()),
          line_(std::move(stream)),
          clock_(premises_.options),
          changed_(line_.executor(), Clock::time_point::max()),
          inbox_(line_, clock_, premises_.options),
          outbox_(line_, clock_) {}

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
                           if (done->flow()) self->carry(*done);
                           self->outbox_.send(self);
                       });
    }

    // ---- Connection
    void sweep(Clock::time_point now) override {
        if (clock_.has_written_too_long(now)) return lose();
        if (!clock_.has_read_too_long(now, premises_.is_crowded())) return;
        const auto phase = clock_.phase();
        if (phase == Phase::handshake || phase == Phase::leaving) return lose();
        const bool is_waited_for = phase == Phase::idle && !outbox_.empty();
        if (!is_waited_for && !inbox_.is_stopped()) inbox_.stop();
    }

    void drain() override {
        draining_ = true;
        const auto phase = clock_.phase();
        const bool idle = phase == Phase::idle && !line_.has_input();
        outbox_.end_flows();
        if (idle || phase == Phase::handshake) inbox_.stop();
    }

    void lose() override {
        if (closed_) return;
        closed_ = true;
        inbox_.give_up();
        line_.close();
        wake();
        outbox_.drop();
    }

    // ---- owner of the outbox
    std::string last_lines(Exchange& exchange) {
        const auto phase = clock_.phase();
        const bool more_comes = phase == Phase::head || phase == Phase::body || outbox_.size() > 1;
        if (draining_ && !more_comes) exchange.closes = true;
        std::string lines = worker_->date_field();
        if (exchange.closes) {
            lines += "Connection: close\r\n";
        } else if (exchange.old) {
            lines += "Connection: keep-alive\r\n";
        }
        return lines += "\r\n";
    }

    void sent(bool failed) {
        if (failed) return lose();
        if (outbox_.empty() && clock_.phase() == Phase::idle) enter(Phase::idle);
        if (outbox_.empty() && watching_) line_.end_watch();
        wake();
    }

private:
    const ServerOptions& options() const noexcept { return premises_.options; }

    /// The answer comes in pieces: each of them wakes the outbox.
    void carry(Exchange& exchange) {
        exchange.closes = true;
        line_.expect_confirmation(options().write_time);
        exchange.flow()->attach([weak = this->weak_from_this(), executor = line_.executor()] {
            asio::post(executor, [weak] {
                const auto self = weak.lock();
                if (self && !self->closed_) self->outbox_.send(self);
            });
        });
        if (draining_) exchange.flow()->end();
    }

    void enter(Phase phase) { clock_.enter(phase, Clock::now()); }

    Task<void> run() {
        const auto self = this->shared_from_this();
        const Membership membership(*worker_, *this);
        draining_ = worker_->is_draining();
        enter(Phase::handshake);
        if (co_await line_.open()) {
            peer_ = line_.peer_address();
            local_ = line_.local_authority();
            while (co_await serve_one()) continue;
            co_await settle();
            if (!closed_ && timed_out_) line_.reset();
            enter(Phase::leaving);
            if (!closed_ && !inbox_.has_ended()) co_await line_.part(most_discarded);
        }
        lose();
    }

    /// Reads one request and gives it to its handler. False: no further one will be read.
    Task<bool> serve_one() {
        co_await until([this] { return outbox_.size() < options().pipelined; });
        if (closed_) co_return false;
        // The kernel is asked only when it matters: it would be a call for every request.
        const bool last = draining_ && inbox_.text().empty();
        if (last && !(outbox_.empty() && line_.has_input())) co_return false;
        const auto head = co_await inbox_.head();
        if (closed_) co_return false;
        if (const auto* refused = std::get_if<Refused>(&head)) co_return refuse(*refused);
        const auto size = std::get<std::size_t>(head);
        enter(Phase::working);
        // Not `size > 0 && co_await …`: g++ 12 awaits in spite of a false left side.
        if (size == 0) co_return false;
        co_return co_await take(size);
    }

    Task<bool> take(std::size_t size) {
        const auto checked = check_head(inbox_.text().substr(0, size));
        if (const auto* refused = std::get_if<Refused>(&checked)) co_return refuse(*refused);
        const auto& head = std::get<Head>(checked);
        const std::size_t most =
            std::max(options().body_bytes,
                     premises_.routes->body_bytes(head.method, std::string(head.target)));
        inbox_.allow(most);
        if (head.content_length > most) co_return refuse(inbox_.body_too_large());
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(options().header_bytes + 1));
        parser.body_limit(most);
        ErrorCode error;
        parser.put(asio::buffer(inbox_.text().data(), size), error);
        if (error || !parser.is_header_done()) {
            co_return refuse({Refusal::malformed, "the head cannot be read"});
        }
        const auto request = new_request();
        copy_head(parser, *request);
        const auto target = complete(*request,
                                     {peer_, local_, head.authority, head.target},
                                     premises_.station,
                                     premises_.ids);
        const BodyRoom room(
            premises_, request->remote_address, head.chunked ? most : head.content_length);
        if (!room.fits())
            co_return refuse(
                {Refusal::too_busy, "too many bodies come in at once; try again soon"});
        const bool has_body = head.has_body();
        const bool invited = head.expects_continue;
        inbox_.consume(size);  // the views of `head` end here
        if (has_body) {
            // One at a time, so that a connection holds one body at most.
            co_await until([this] { return outbox_.empty(); });
            const auto refused = co_await inbox_.body(parser, invited);
            if (closed_) co_return false;
            if (refused) co_return refuse(*refused);
            request->body = std::move(parser.get().body());
            // The time to work begins now: the body may have come over a slow line.
            request->deadline = deadline();
        }
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
        const bool flows = exchange->is_sealed() && exchange->flow();
        return stays && !flows;
    }

    /// Answers what is no request and ends the connection. Always false, as serve_one() for the
    /// end.
    bool refuse(const Refused& refused) {
        constexpr std::size_t longest = 100;
        const auto request = new_request();
        const auto line = inbox_.text().substr(0, inbox_.text().find("\r\n"));
        request->target = for_log(line.substr(0, longest));
        request->id = premises_.ids.next();
        request->remote_address = peer_;
        timed_out_ = refused.why == Refusal::timed_out && !draining_;
        const auto exchange = begin(request);
        exchange->closes = true;
        exchange->answer(refusal(refused));
        return false;
    }

    std::shared_ptr<Request> new_request() const {
        auto request = std::make_shared<Request>();
        request->received = Clock::now();
        request->deadline = deadline();
        return request;
    }
    Deadline deadline() const {
        return Deadline(Clock::now() + options().render_time, inbox_.gone());
    }
    std::shared_ptr<Exchange> begin(const std::shared_ptr<Request>& request) {
        auto exchange =
            std::make_shared<Exchange>(request, this->weak_from_this(), premises_.surroundings);
        outbox_.push(exchange);
        return exchange;
    }

    /// The last answers are written; meanwhile a client that goes is noticed.
    Task<void> settle() {
        enter(Phase::working);
        if (!outbox_.empty() && !closed_ && !inbox_.has_ended()) {
            watching_ = true;
            bool gone = false;
            if (outbox_.is_flowing()) {
                gone = co_await line_.hear_out(most_discarded);
            } else {
                gone = co_await line_.watch();
            }
            if (gone) inbox_.end();
            watching_ = false;
        }
        if (inbox_.has_ended()) outbox_.end_flows();
        co_await until([this] { return outbox_.empty(); });
    }

    template <typename Condition>
    Task<void> until(Condition condition) {
        while (!closed_ && !condition()) {
            ErrorCode error;
            waiting_ = true;
            changed_.expires_at(Clock::time_point::max());
            co_await changed_.async_wait(asio::redirect_error(awaited, error));
            waiting_ = false;
        }
    }
    void wake() {
        if (waiting_) changed_.cancel();
    }

    std::shared_ptr<Worker> worker_;
    Seat seat_;
    Premises& premises_;
    Line<Stream> line_;
    PhaseClock clock_;
    Timer changed_;
    Inbox<Stream> inbox_;
    Outbox<Stream> outbox_;
    std::string peer_;
    std::string local_;
    bool waiting_ = false;    // the reader, for changed_
    bool watching_ = false;   // the reader, for the client to go
    bool draining_ = false;   // no request after those under way
    bool timed_out_ = false;  // the client played for time
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
