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

std::shared_ptr<const http::RouteTable> make_routes(const House& house) {
    const auto shared = std::make_shared<http::RouteTable>();
    http::RouteTable& table = *shared;
    add_page_routes(table, house);
    add_health_routes(table, house);
    add_layer_routes(table, house);
    add_tile_routes(table, house);
    add_tilejson_routes(table, house);
    add_point_routes(table, house);
    add_legend_routes(table, house);
    add_algorithm_routes(table, house);
    return shared;
}

}  // namespace relief::route
