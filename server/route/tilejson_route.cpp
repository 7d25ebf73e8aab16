// /tiles/{id}/tilejson.json and /{id}.json

#include "server/http/target.hpp"
#include "server/route/house.hpp"
#include "server/route/layer_document.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/route/vector_parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace relief::route {
namespace {

/// What the request says of the picture: all else would be refused by the tiles.
std::string carried_query(const workspace::Layer& layer, const http::Request& request) {
    std::vector<std::string_view> known = style::raster_parameter_names();
    known.insert(known.end(), {"time", "max_age", "against", "style"});
    if (layer.newest().mosaic) known.emplace_back("pick");
    std::string text;
    for (const auto& [name, value] : request.query.items) {
        if (std::find(known.begin(), known.end(), name) == known.end()) continue;
        if (!text.empty()) text += '&';
        text += http::percent_encode(name) + "=" + http::percent_encode(value);
    }
    return text;
}

/// The same for tiles of features.
http::Response vector_tilejson(const std::vector<LayerPointer>& layers,
                               const http::Request& request) {
    if (auto good = check_features(layers); !good) return http::problem(good.error());
    if (const auto fields = asked_fields(layers, request); !fields)
        return http::problem(fields.error());
    const Instant now = present_moment();
    for (const LayerPointer& layer : layers)
        if (const auto part = choose_part(layer, request, now); !part)
            return http::problem(part.error());
    std::string query;
    for (const auto& [name, value] : request.query.items) {
        if (name == "fields" || service::is_feature_word(name))
            query += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
    }
    const std::string address = request.base_url + "/tiles/" + std::string(request.capture("id")) +
                                "/{z}/{x}/{y}.mvt?" + query + "v=" + layers_version(layers);
    return http::json(
        vector_tilejson_document(layers, address, request.query.find("aggregate").value_or("")));
}

void serve_tilejson(const House& house,
                    const std::shared_ptr<const http::Request>& request,
                    const http::Responder& respond) {
    const auto layers = find_layers(house, *request);
    if (!layers) return respond(http::problem(layers.error()));
    if (is_of_features(*layers)) return respond(vector_tilejson(*layers, *request));
    const LayerPointer& layer = layers->front();
    // Words that no tile could be drawn by are told here, not by a map full of broken tiles.
    const auto view = choose_view(*layer, *request);
    if (!view) return respond(http::problem(view.error()));
    const Pick pick = view->scenes.pick;
    const auto style = style::style_of(
        service::drawing_words(*layer, raster_words(*request, house.expressions), pick),
        pipeline::described(layer->newest(), pick));
    if (!style) return respond(http::problem(style.error()));
    respond(
        http::json(tilejson_document(*layer, request->base_url, carried_query(*layer, *request))));
}

}  // namespace

void add_tilejson_routes(http::RouteTable& table, const House& house) {
    for (const char* pattern : {"/tiles/{id}/tilejson.json", "/{id}.json"}) {
        auto parameters = drawing_parameters();
        parameters.insert(parameters.begin(), layer_parameter());
        parameters.push_back(pick_parameter());
        parameters.push_back(fields_parameter());
        for (auto& parameter : choice_of_features_parameters())
            parameters.push_back(std::move(parameter));
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
