// /events

#include "server/http/flow.hpp"
#include "server/route/admission.hpp"
#include "server/route/house.hpp"

#include <utility>

namespace relief::route {
namespace {

/// The stream of events of one connection.
class EventFlow final : public service::EventListener {
public:
    explicit EventFlow(std::shared_ptr<http::Flow> flow) : flow_(std::move(flow)) {}
    bool hear(std::string_view lines) override { return flow_->say(lines); }
    bool listens() const override { return flow_->is_open(); }
    void end() override { flow_->end(); }

private:
    std::shared_ptr<http::Flow> flow_;
};

/// Asked again and again while the stream lasts: it ends with the token or session, and when that
/// comes to open something else.
std::function<bool()> standing(const House& house, const http::Request& request) {
    if (request.audience.is_anonymous() || !house.standing_of) return {};
    return [standing_of = house.standing_of,
            pass = request.pass,
            expires = request.expires,
            then = house.standing_of(request.pass)] {
        const bool over = expires && present_moment() >= *expires;
        return !over && !then.empty() && standing_of(pass) == then;
    };
}

http::Response stream(std::shared_ptr<http::Flow> flow) {
    http::Response response;
    response.content_type = "text/event-stream";
    response.cache_control = "no-store";
    response.headers.emplace_back("X-Accel-Buffering", "no");  // proxies pass each event on at once
    response.flow = std::move(flow);
    return response;
}

void listen(const House& house,
            const std::shared_ptr<const http::Request>& request,
            const http::Responder& respond) {
    if (house.events == nullptr)
        return respond(http::problem(not_found("nothing is told as it happens here")));
    const auto flow = std::make_shared<http::Flow>();
    if (request->method != "HEAD") {
        const auto listening = house.events->listen(
            {.listener = std::make_shared<EventFlow>(flow),
             .audience = request->audience,
             .asker = counted_as(*request),
             .still_admitted = standing(house, *request),
             .last_id = std::string(request->header("last-event-id").value_or(""))});
        if (!listening) return respond(http::problem(listening.error()));
    }
    respond(stream(flow));
}

}  // namespace

void add_event_routes(http::RouteTable& table, const House& house) {
    table.add(
        {.method = "GET",
         .pattern = "/events",
         .summary = "What changes, as it happens: server-sent events layer, tiles, report, "
                    "alert and reset; of what the asker may see",
         .tag = "events",
         .parameters = {},
         .media_types = {"text/event-stream"},
         .handler = [&house](const std::shared_ptr<const http::Request>& request,
                             const http::Responder& respond) { listen(house, request, respond); }});
}

}  // namespace relief::route
