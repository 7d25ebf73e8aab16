// PUT and DELETE /styles/{id}.json

#include "server/http/status.hpp"
#include "server/route/admission.hpp"
#include "server/route/house.hpp"
#include "server/route/style_answer.hpp"

#include <nlohmann/json.hpp>

namespace relief::route {
namespace {

/// Errors: unsupported_media naming the type.
Result<void> check_json_body(const http::Request& request) {
    const auto type = request.header("content-type").value_or("");
    if (type.empty() || type.starts_with("application/json") ||
        type.starts_with("application/vnd.mapbox.style+json") ||
        type.starts_with("application/vnd.maplibre.style+json"))
        return {};
    return Error{Fault::unsupported_media,
                 "a style is application/json, not \"" + std::string(type.substr(0, 100)) + "\""};
}

Result<void> check_writing(const House& house, const http::Request& request) {
    if (auto good = check_analyst(request); !good) return good;
    if (house.style_writer == nullptr) return not_found("styles are not written here");
    return {};
}

service::StyleAuthor author_of(const http::Request& request) {
    return {request.asker, request.audience.role()};
}

http::Response put_style(const House& house, const http::Request& request) {
    if (auto good = check_writing(house, request); !good) return http::problem(good.error());
    if (auto good = check_json_body(request); !good) return http::problem(good.error());
    const std::string id(request.capture("id"));
    const auto is_new = house.style_writer->put(id, request.body, author_of(request));
    if (!is_new) return http::problem(is_new.error());
    const std::string address = request.base_url + "/styles/" + id + ".json";
    http::Response response = http::json(R"({"id":")" + id + R"(","style":")" + address + "\"}");
    response.etag.clear();
    response.cache_control = "no-store";
    if (*is_new) {
        response.status = http::created();
        response.headers.emplace_back("Location", address);
    }
    return response;
}

http::Response delete_style(const House& house, const http::Request& request) {
    if (auto good = check_writing(house, request); !good) return http::problem(good.error());
    const auto removed = house.style_writer->remove(request.capture("id"), author_of(request));
    if (!removed) return http::problem(removed.error());
    http::Response response;
    response.status = http::no_content();
    return response;
}

}  // namespace

void add_style_writing_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "PUT",
               .pattern = "/styles/{id}.json",
               .summary = "For analysts: write a style into the workspace; the next tile shows it",
               .tag = "styles",
               .parameters = {style_parameter()},
               .media_types = {"application/json"},
               .handler = on_pool(house, put_style),
               .body_types = {"application/json"}});
    table.add({.method = "DELETE",
               .pattern = "/styles/{id}.json",
               .summary = "For analysts: remove a style from the workspace",
               .tag = "styles",
               .parameters = {style_parameter()},
               .media_types = {},
               .handler = on_pool(house, delete_style)});
}

}  // namespace relief::route
