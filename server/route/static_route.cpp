// /styles/{id}/static/{place}/{size}.{format}

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/static_view.hpp"
#include "server/route/style_answer.hpp"

namespace relief::route {
namespace {

Result<service::StyleImageOrder> parse_image(const House& house, const http::Request& request) {
    const auto style = find_style(house, request);
    if (!style) return style.error();
    auto wish = style_wish(*style, request);
    if (!wish) return wish.error();
    const int longest =
        request.audience.serves_as(Role::analyst) ? house.analyst_image_side : house.image_side;
    const auto view = static_view({request.capture("place"), request.capture("size"), longest});
    if (!view) return view.error();
    return service::StyleImageOrder{std::move(*wish), *view};
}

}  // namespace

void add_static_routes(http::RouteTable& table, const House& house) {
    std::vector<http::Parameter> parameters{
        style_parameter(),
        {"place",
         "path",
         "LON,LAT,ZOOM (the world is 512·2^zoom pixels wide), then ,BEARING or @BEARING: degrees "
         "clockwise, the direction that is up. Or WEST,SOUTH,EAST,NORTH in degrees, all of which "
         "is shown. Four numbers that can be a box are one; @ says that the fourth is a bearing.",
         R"({"type":"string"})",
         "35.5,33.9,9"},
        {"size",
         "path",
         "WIDTHxHEIGHT in pixels, twice as many with @2x behind it; at most limits.image_side "
         "(4096) a side, for analysts limits.analyst_image_side (8192).",
         R"({"type":"string","pattern":"^[0-9]+x[0-9]+(@2x)?$"})",
         "600x400"},
        picture_format_parameter(),
        version_parameter(),
        language_parameter()};
    for (auto& parameter : time_parameters()) parameters.push_back(std::move(parameter));
    table.add({.method = "GET",
               .pattern = "/styles/{id}/static/{place}/{size}.{format}",
               .summary = "One image of a style, of any place and size",
               .tag = "styles",
               .parameters = std::move(parameters),
               .media_types = {"image/png", "image/webp", "image/jpeg"},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   serve_drawing(house, request, respond, parse_image(house, *request));
               }});
}

}  // namespace relief::route
