// /alerts, /alerts.cap, /alerts.rss

#include "server/route/house.hpp"
#include "tiler/alert/alert_documents.hpp"

#include <string>

namespace relief::route {
namespace {

Result<std::vector<report::Alert>> current_alerts(const House& house) {
    if (house.alerts == nullptr) return std::vector<report::Alert>();
    return house.alerts->current(present_moment());
}

/// What is in force changes with the clock: asked for again each time, answered 304 as long as it
/// is the same.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): bytes, then what they are
http::Response fresh(std::string_view document, std::string_view type) {
    http::Response response = http::json(document);
    response.content_type = type;
    response.cache_control = "no-cache";
    return response;
}

alert::Publisher publisher_of(const http::Request& request) {
    return {request.base_url, request.base_url + "/alerts"};
}

http::Response show_alerts(const House& house, const http::Request& /*request*/) {
    const auto alerts = current_alerts(house);
    if (!alerts) return http::problem(alerts.error());
    return fresh(alert::geojson_document(*alerts), "application/geo+json");
}

http::Response show_cap(const House& house, const http::Request& request) {
    const auto alerts = current_alerts(house);
    if (!alerts) return http::problem(alerts.error());
    return fresh(alert::cap_document(*alerts, publisher_of(request)), "application/cap+xml");
}

http::Response show_rss(const House& house, const http::Request& request) {
    const auto alerts = current_alerts(house);
    if (!alerts) return http::problem(alerts.error());
    return fresh(alert::rss_document(*alerts, publisher_of(request)), "application/rss+xml");
}

http::Route alert_address(const char* pattern, const char* summary, const char* type) {
    return {.method = "GET",
            .pattern = pattern,
            .summary = summary,
            .tag = "alerts",
            .parameters = {},
            .media_types = {type},
            .handler = {}};
}

}  // namespace

void add_alert_routes(http::RouteTable& table, const House& house) {
    auto list =
        alert_address("/alerts", "Early warnings in force, as GeoJSON", "application/geo+json");
    list.handler = on_pool(house, show_alerts);
    table.add(std::move(list));
    auto cap =
        alert_address("/alerts.cap", "The same as one message of CAP 1.2", "application/cap+xml");
    cap.handler = on_pool(house, show_cap);
    table.add(std::move(cap));
    auto rss = alert_address("/alerts.rss", "The same as RSS with GeoRSS", "application/rss+xml");
    rss.handler = on_pool(house, show_rss);
    table.add(std::move(rss));
}

}  // namespace relief::route
