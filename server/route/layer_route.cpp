// /layers, /layers/{id}

#include "server/route/house.hpp"
#include "server/route/layer_document.hpp"
#include "server/route/parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace relief::route {
namespace {

http::Response list_layers(const House& house, const http::Request& request) {
    const auto catalogue = house.catalogue.current();
    // Beside what the catalogue found, what the drawing of tiles has met since.
    std::vector<workspace::Problem> all = catalogue->problems();
    for (workspace::Problem& problem : house.tiles.scene_problems().of(*catalogue)) {
        if (std::find(all.begin(), all.end(), problem) == all.end())
            all.push_back(std::move(problem));
    }
    const auto& styles = house.styles.shelf().current()->problems();
    all.insert(all.end(), styles.begin(), styles.end());
    const workspace::Catalogue whole(catalogue->layers(request.audience), std::move(all));
    return http::json(layers_document(whole, request.audience, request.base_url));
}

http::Response show_layer(const House& house, const http::Request& request) {
    const auto layer = find_layer(house, request);
    if (!layer) return http::problem(layer.error());
    return http::json(layer_document(**layer, request.base_url, LayerDetail::full));
}

}  // namespace

void add_layer_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/layers",
               .summary = "Every layer, and what could not be served and why",
               .tag = "layers",
               .parameters = {{"problems",
                               "query",
                               "Accepted; problems are always told.",
                               R"({"type":"string","enum":["0","1"]})",
                               "1"}},
               .media_types = {"application/json"},
               .handler = on_pool(house, list_layers)});
    table.add({.method = "GET",
               .pattern = "/layers/{id}",
               .summary = "One layer: place, bands, times, provenance, links",
               .tag = "layers",
               .parameters = {layer_parameter()},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_layer)});
}

}  // namespace relief::route
