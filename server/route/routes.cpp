#include "server/route/admission.hpp"
#include "server/route/house.hpp"

#include <memory>
#include <utility>

namespace relief::route {

void answer_later(const House& house,
                  const std::shared_ptr<const http::Request>& request,
                  http::Responder respond,
                  std::function<http::Response(const http::Request&)> work) {
    const auto shared = std::make_shared<http::Responder>(std::move(respond));
    const bool taken = house.pool.post([request, shared, work = std::move(work)] {
        if (request->deadline.passed()) {
            return (*shared)(
                http::problem({Fault::out_of_time, "the answer could not be made in time"}));
        }
        (*shared)(work(*request));
    });
    if (!taken)
        (*shared)(http::problem(
            {Fault::too_busy, "the server is as busy as it can be; ask again in a moment"}));
}

http::Handler on_pool(const House& house,
                      http::Response (*work)(const House&, const http::Request&)) {
    return [&house, work](const std::shared_ptr<const http::Request>& request,
                          http::Responder respond) {
        answer_later(
            house, request, std::move(respond), [&house, work](const http::Request& asked) {
                return work(house, asked);
            });
    };
}

namespace {

/// While the first look at the folders lasts, a layer that is not known yet may still be found.
http::Handler after_first_look(const House& house, http::Handler handler) {
    return [&house, handler = std::move(handler)](
               const std::shared_ptr<const http::Request>& request, http::Responder respond) {
        const bool known =
            house.catalogue.looked() ||
            house.catalogue.current()->find(request->capture("id"), request->audience) != nullptr;
        if (known || !house.catalogue.when_looked([=] { handler(request, respond); }))
            handler(request, std::move(respond));
    };
}

}  // namespace

std::shared_ptr<const http::RouteTable> make_routes(const House& house) {
    const auto shared = std::make_shared<http::RouteTable>();
    http::RouteTable& table = *shared;
    add_page_routes(table, house);
    add_health_routes(table, house);
    add_layer_routes(table, house);
    add_statistics_routes(table, house);
    add_tile_routes(table, house);
    add_tilejson_routes(table, house);
    add_explain_routes(table, house);
    add_point_routes(table, house);
    add_legend_routes(table, house);
    add_algorithm_routes(table, house);
    add_layer_style_routes(table, house);
    add_style_routes(table, house);
    add_style_writing_routes(table, house);
    add_style_tile_routes(table, house);
    add_static_routes(table, house);
    add_sprite_routes(table, house);
    add_font_routes(table, house);
    add_audit_routes(table, house);
    add_event_routes(table, house);
    add_auth_routes(table, house);
    add_oidc_routes(table, house);
    add_report_routes(table, house);
    add_alert_routes(table, house);
    add_hook_routes(table, house);
    table.admit_by([&house](http::Request& request) { return admit(house, request); });
    table.wrap([&house](const http::Route& route) {
        const bool of_layer = route.pattern.find("{id}") != std::string::npos;
        return of_layer ? after_first_look(house, route.handler) : route.handler;
    });
    return shared;
}

}  // namespace relief::route
