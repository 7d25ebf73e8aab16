// /layers/{id}/style.json

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"
#include "server/route/style_document.hpp"

namespace relief::route {
namespace {

http::Response show_layer_style(const House& house, const http::Request& request) {
    const auto layer = find_layer(house, request);
    if (!layer) return http::problem(layer.error());
    auto drawing = drawing_of(*layer, request);
    drawing.aggregate = {};
    const auto style = house.styles.of_layer(drawing, request.audience);
    if (!style) return http::problem(style.error());
    http::Response response = http::json(browser_style(**style, request.base_url));
    response.last_modified = (*style)->modified;
    return response;
}

}  // namespace

void add_layer_style_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/layers/{id}/style.json",
               .summary = "The MapLibre style that this layer's own tiles are drawn by: of "
                          "features in plain colours, or the part of a style that draws the layer",
               .tag = "layers",
               .parameters = {layer_parameter(),
                              {"style",
                               "query",
                               "Id of a style that draws from the layer; /styles lists them.",
                               R"({"type":"string"})",
                               "flood"},
                              language_parameter()},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_layer_style)});
}

}  // namespace relief::route
