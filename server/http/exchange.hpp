#pragma once
// One request on its way through a handler, and the answer on its way back. Knows no sockets.

#include "server/http/coded_bodies.hpp"
#include "server/http/origin_list.hpp"
#include "server/http/route_table.hpp"
#include "server/http/server.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace relief::http {

class Exchange;

/// The connection an answer goes back to; outlived by exchanges whose client has gone.
class AnswerSink {
public:
    virtual ~AnswerSink() = default;
    AnswerSink(const AnswerSink&) = delete;
    AnswerSink& operator=(const AnswerSink&) = delete;
    AnswerSink(AnswerSink&&) = delete;
    AnswerSink& operator=(AnswerSink&&) = delete;

    /// The answer of `exchange` is sealed. Called once for each, from any thread.
    virtual void ready(std::shared_ptr<Exchange> exchange) = 0;

protected:
    AnswerSink() = default;
};

/// Whom exchanges report to and where they compress; one for the whole server.
struct Surroundings {
    AnswerObserver observer;
    /// Runs compression away from the I/O threads. False: too much of it waits already.
    std::function<bool(std::function<void()>)> offload;
    std::shared_ptr<CodedBodies> coded;
    std::shared_ptr<const OriginList> origins;
};

///   open ──answer()──▶ sealing ──▶ sealed ──ready()──▶ written by the session
///                                    └── the session has gone: told to the observer as such
class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(std::shared_ptr<const Request> request,
             std::weak_ptr<AnswerSink> sink,
             std::shared_ptr<const Surroundings> surroundings);

    /// From any thread; calls after the first are ignored.
    void answer(Response response);
    bool is_answered() const noexcept { return answered_.load(); }

    /// Finds the route and calls its handler, or answers itself: OPTIONS, 404, 405, and 500 for an
    /// exception. `request` is the one this exchange was made with.
    void route(const RouteTable& routes, Request& request);

    /// For the session, once the answer is sealed: status line and headers, without the fields of
    /// the connection and the empty line.
    std::string& head() noexcept { return head_; }
    const SharedBytes& body() const noexcept { return body_; }
    /// The body, where it comes in pieces; null: it does not.
    const std::shared_ptr<Flow>& flow() const noexcept { return flow_; }
    void count_flowed(std::size_t bytes) noexcept { flowed_ += bytes; }
    const Request& request() const noexcept { return *request_; }

    bool is_sealed() const noexcept { return sealed_; }
    /// On the session's thread, when ready() has arrived there.
    void mark_sealed() noexcept { sealed_ = true; }

    /// Tells the observer, and who still speaks that nobody listens; by the session after the last
    /// byte, or by nobody else.
    void report(bool client_gone) const;

    /// The answer ends the connection ("Connection: close").
    bool closes = false;
    /// The client speaks HTTP/1.0: a connection that stays open has to be told of.
    bool old = false;

private:
    void call(const Route& route);
    void fail(std::string_view words);
    void seal(Response response, bool codes = true);

    std::shared_ptr<const Request> request_;
    std::weak_ptr<AnswerSink> sink_;
    std::shared_ptr<const Surroundings> surroundings_;
    std::thread::id home_ = std::this_thread::get_id();
    std::atomic<bool> answered_{false};

    std::string route_;
    int status_ = 0;
    std::string failure_;
    std::string head_;
    SharedBytes body_;
    std::shared_ptr<Flow> flow_;
    std::size_t flowed_ = 0;  // bytes of it that were sent
    bool sealed_ = false;
};

/// Status line and headers of a finished response, each line ended by CRLF. A header that holds a
/// control character is left out: nothing a client sent can begin a line of its own.
std::string head_of(const Response& response);

}  // namespace relief::http
