#include "server/http/exchange.hpp"

#include "server/http/finish.hpp"
#include "server/http/letters.hpp"
#include "server/http/status.hpp"

#include <algorithm>
#include <exception>

namespace relief::http {
namespace {

// 16 kB take zstd or gzip about 0.2 ms, as long as a good many small answers.
constexpr std::size_t most_compressed_at_home = 16384;

/// Answers for a handler that let its Responder go without a word, or threw.
class Promise {
public:
    explicit Promise(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
    ~Promise() {
        if (!exchange_->is_answered()) exchange_->answer(internal_failure());
    }
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;
    Promise(Promise&&) = delete;
    Promise& operator=(Promise&&) = delete;

    void keep(Response response) const { exchange_->answer(std::move(response)); }

private:
    std::shared_ptr<Exchange> exchange_;
};

bool is_one_line(std::string_view text) noexcept {
    return std::none_of(
        text.begin(), text.end(), [](char c) { return is_control(c) && c != '\t'; });
}

}  // namespace

Exchange::Exchange(std::shared_ptr<const Request> request,
                   std::weak_ptr<AnswerSink> sink,
                   std::shared_ptr<const Surroundings> surroundings)
    : request_(std::move(request)),
      sink_(std::move(sink)),
      surroundings_(std::move(surroundings)) {}

void Exchange::answer(Response response) {
    if (answered_.exchange(true)) return;
    const bool at_home = std::this_thread::get_id() == home_;
    if (at_home &&
        bytes_to_compress(*request_, response, *surroundings_->coded) > most_compressed_at_home) {
        const auto held = std::make_shared<Response>(std::move(response));
        const bool taken = surroundings_->offload(
            [self = shared_from_this(), held] { self->seal(std::move(*held)); });
        if (!taken) seal(std::move(*held), false);
        return;
    }
    seal(std::move(response));
}

void Exchange::seal(Response response, bool codes) {
    const auto origins = surroundings_->origins->current();
    const Response finished =
        finish(*request_, std::move(response), {*surroundings_->coded, *origins, codes});
    status_ = finished.status;
    head_ = head_of(finished);
    body_ = finished.body;
    flow_ = finished.flow;
    if (const auto sink = sink_.lock()) {
        sink->ready(shared_from_this());
    } else {
        report(true);
    }
}

void Exchange::report(bool client_gone) const {
    if (flow_) flow_->stop();
    if (!surroundings_->observer) return;
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - request_->received);
    const std::size_t sent = body_ ? body_->size() : flowed_;
    surroundings_->observer({request_, route_, status_, sent, duration, client_gone, failure_});
}

void Exchange::route(const RouteTable& routes, Request& request) {
    if (request.method == "OPTIONS") {
        const auto allow = request.target == "*" ? std::string("GET, HEAD, OPTIONS")
                                                 : routes.allowed(request.segments);
        return answer(allow.empty() ? no_such_address(request.target) : preflight(allow));
    }
    if (auto refusal = routes.admit(request)) return answer(std::move(*refusal));
    auto found = routes.match(request.method, request.segments);
    if (std::holds_alternative<NoRoute>(found)) return answer(no_such_address(request.target));
    if (const auto* wrong = std::get_if<WrongMethod>(&found)) {
        return answer(method_not_allowed(request.method, wrong->allow));
    }
    auto& match = std::get<Match>(found);
    request.captures = std::move(match.captures);
    route_ = match.route->pattern;
    call(*match.route);
}

void Exchange::call(const Route& route) {
    const auto promise = std::make_shared<Promise>(shared_from_this());
    try {
        route.handler(request_,
                      [promise](Response response) { promise->keep(std::move(response)); });
    } catch (const std::exception& exception) {
        fail(exception.what());
    } catch (...) {
        fail("not a std::exception");
    }
}

void Exchange::fail(std::string_view words) {
    if (answered_.exchange(true)) return;
    failure_ = words;
    seal(internal_failure());
}

std::string head_of(const Response& response) {
    constexpr std::size_t usual = 1024;
    std::string head;
    head.reserve(usual);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_of(response.status);
    head += "\r\n";
    for (const auto& [name, value] : response.headers) {
        if (!is_token(name) || !is_one_line(value)) continue;
        head += name;
        head += ": ";
        head += value;
        head += "\r\n";
    }
    return head;
}

}  // namespace relief::http
