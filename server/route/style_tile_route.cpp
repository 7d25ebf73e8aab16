// /styles/{id}/{z}/{x}/{y}.{format}

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"

namespace relief::route {
namespace {

Result<service::StyleTileOrder> parse_style_tile(const House& house, const http::Request& request) {
    const auto style = find_style(house, request);
    if (!style) return style.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    auto wish = style_wish(*style, request);
    if (!wish) return wish.error();
    return service::StyleTileOrder{std::move(*wish), address->tile, address->side};
}

}  // namespace

void add_style_tile_routes(http::RouteTable& table, const House& house) {
    auto parameters = tile_path_parameters();
    parameters.front() = style_parameter();
    parameters.push_back(picture_format_parameter());
    parameters.push_back(version_parameter());
    parameters.push_back(language_parameter());
    for (auto& parameter : time_parameters()) parameters.push_back(std::move(parameter));
    table.add({.method = "GET",
               .pattern = "/styles/{id}/{z}/{x}/{y}.{format}",
               .summary = "One tile of a style: 256 pixels a side, or 512 with @2x",
               .tag = "styles",
               .parameters = std::move(parameters),
               .media_types = {"image/png", "image/webp", "image/jpeg"},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   serve_drawing(house, request, respond, parse_style_tile(house, *request));
               }});
}

}  // namespace relief::route
