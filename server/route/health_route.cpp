// /healthz, /health, /readyz, /metrics

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"

namespace relief::route {
namespace {

http::Response plain(int status, std::string_view words) {
    http::Response response = http::text(words, "text/plain; charset=utf-8");
    response.status = status;
    response.etag.clear();
    response.cache_control = "no-store";
    return response;
}

http::Response ready(const House& house) {
    if (!house.catalogue.ready()) return http::problem(not_ready(house));
    return plain(200, "ready\n");
}

}  // namespace

void add_health_routes(http::RouteTable& table, const House& house) {
    for (const char* pattern : {"/healthz", "/health"}) {
        table.add({.method = "GET",
                   .pattern = pattern,
                   .summary = "The process is alive",
                   .tag = "operation",
                   .parameters = {},
                   .media_types = {"text/plain"},
                   .handler = [](const std::shared_ptr<const http::Request>&,
                                 const http::Responder& respond) { respond(plain(200, "ok\n")); }});
    }
    table.add({.method = "GET",
               .pattern = "/readyz",
               .summary = "The layers have been read and tiles are served",
               .tag = "operation",
               .parameters = {},
               .media_types = {"text/plain"},
               .handler = [&house](const std::shared_ptr<const http::Request>&,
                                   const http::Responder& respond) { respond(ready(house)); }});
    table.add({.method = "GET",
               .pattern = "/metrics",
               .summary = "Prometheus metrics",
               .tag = "operation",
               .parameters = {},
               .media_types = {"text/plain"},
               .handler = [&house](const std::shared_ptr<const http::Request>&,
                                   const http::Responder& respond) {
                   // It must be answered when nothing else is, so that no queue lies before it.
                   http::Response response = plain(200, {});
                   response.body = house.metrics.recent_text(std::chrono::steady_clock::now());
                   response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                   respond(std::move(response));
               }});
}

}  // namespace relief::route
