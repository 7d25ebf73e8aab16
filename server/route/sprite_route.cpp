// /styles/{id}/sprite[@2x].{format}

#include "server/route/house.hpp"
#include "server/route/style_answer.hpp"
#include "tiler/core/version.hpp"

namespace relief::route {
namespace {

http::Response serve_sprite(const House& house, const http::Request& request) {
    const auto style = find_style(house, request);
    if (!style) return http::problem(style.error());
    const auto wanted = service::parse_sprite_path(request.segments.back());
    if (!wanted) return http::problem(wanted.error());
    const auto bytes = house.sprites.get(*wanted);
    if (!bytes) return http::problem(bytes.error());
    http::Response response;
    response.content_type = wanted->image ? "image/png" : "application/json";
    response.compressible = !wanted->image;
    response.body = *bytes;
    response.etag =
        fingerprint({reinterpret_cast<const char*>((*bytes)->data()), (*bytes)->size()});
    response.cache_control = "public, max-age=60";
    return response;
}

http::Route sprite_route(const House& house, std::string pattern) {
    const bool dense = pattern.find("@2x") != std::string::npos;
    http::Parameter format{"format",
                           "path",
                           "json: where each icon lies; png: the icons.",
                           R"({"type":"string","enum":["json","png"]})",
                           "json"};
    return {.method = "GET",
            .pattern = std::move(pattern),
            .summary = dense ? "The icons of a style for dense screens"
                             : "The icons of a style: a sheet, and its list",
            .tag = "styles",
            .parameters = {style_parameter(), std::move(format)},
            .media_types = {"application/json", "image/png"},
            .handler = on_pool(house, serve_sprite)};
}

}  // namespace

void add_sprite_routes(http::RouteTable& table, const House& house) {
    table.add(sprite_route(house, "/styles/{id}/sprite.{format}"));
    table.add(sprite_route(house, "/styles/{id}/sprite@2x.{format}"));
}

}  // namespace relief::route
