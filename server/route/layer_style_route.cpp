// /layers/{id}/style.json

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"
#include "server/route/style_document.hpp"
#include "server/route/vector_parameters.hpp"

#include <utility>
#include <vector>

namespace relief::route {
namespace {

http::Response show_layer_style(const House& house, const http::Request& request) {
    const auto layer = find_layer(house, request);
    if (!layer) return http::problem(layer.error());
    const auto style = house.styles.of_layer(drawing_of(*layer, request), request.audience);
    if (!style) return http::problem(style.error());
    const service::FeatureAsk asked{service::feature_words_of(request.query.items),
                                    present_moment()};
    // Words that its tiles would refuse are told here, not by a map without them.
    if (const auto good = service::shown_time(**layer, asked); !good)
        return http::problem(good.error());
    http::Response response = http::json(browser_style(**style, request.base_url, asked.words));
    response.last_modified = (*style)->modified;
    return response;
}

}  // namespace

void add_layer_style_routes(http::RouteTable& table, const House& house) {
    std::vector<http::Parameter> parameters{
        layer_parameter(),
        {"style",
         "query",
         "Id of a style that draws from the layer; /styles lists them.",
         R"({"type":"string"})",
         "flood"},
        language_parameter()};
    for (auto& parameter : time_parameters()) parameters.push_back(std::move(parameter));
    for (auto& parameter : choice_of_features_parameters())
        parameters.push_back(std::move(parameter));
    table.add({.method = "GET",
               .pattern = "/layers/{id}/style.json",
               .summary = "The MapLibre style that this layer's own tiles are drawn by: of "
                          "features in plain colours, or the part of a style that draws the layer",
               .tag = "layers",
               .parameters = std::move(parameters),
               .media_types = {"application/json"},
               .handler = on_pool(house, show_layer_style)});
}

}  // namespace relief::route
