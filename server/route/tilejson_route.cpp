// /tiles/{id}/tilejson.json and /{id}.json

#include "server/http/target.hpp"
#include "server/route/house.hpp"
#include "server/route/layer_document.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"

namespace relief::route {
namespace {

/// The request's own query, without credentials and the version, which is set anew.
std::string carried_query(const http::Request& request) {
    std::string text;
    for (const auto& [name, value] : request.query.items) {
        if (name == "token" || name == "v") continue;
        if (!text.empty()) text += '&';
        text += http::percent_encode(name) + "=" + http::percent_encode(value);
    }
    return text;
}

void serve_tilejson(const House& house,
                    const std::shared_ptr<const http::Request>& request,
                    const http::Responder& respond) {
    const auto layer = find_layer(house, *request);
    if (!layer) return respond(http::problem(layer.error()));
    // Words that no tile could be drawn by are told here, not by a map full of broken tiles.
    const auto choice = mosaic_choice(**layer, *request);
    if (!choice) return respond(http::problem(choice.error()));
    const auto style =
        style::style_of(service::drawing_words(**layer, raster_words(*request), choice->pick),
                        pipeline::described((*layer)->newest(), choice->pick));
    if (!style) return respond(http::problem(style.error()));
    respond(http::json(tilejson_document(**layer, request->base_url, carried_query(*request))));
}

}  // namespace

void add_tilejson_routes(http::RouteTable& table, const House& house) {
    for (const char* pattern : {"/tiles/{id}/tilejson.json", "/{id}.json"}) {
        auto parameters = drawing_parameters();
        parameters.insert(parameters.begin(), layer_parameter());
        parameters.push_back(pick_parameter());
        table.add({.method = "GET",
                   .pattern = pattern,
                   .summary = "TileJSON 3.0.0; parameters are carried into the tile address",
                   .tag = "tiles",
                   .parameters = std::move(parameters),
                   .media_types = {"application/json"},
                   .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                       const http::Responder& respond) {
                       serve_tilejson(house, request, respond);
                   }});
    }
}

}  // namespace relief::route
