// /layers, /layers/{id}

#include "server/route/house.hpp"
#include "server/route/layer_document.hpp"
#include "server/route/parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace relief::route {
namespace {

http::Response list_layers(const House& house, const http::Request& request) {
    const auto catalogue = house.catalogue.current();
    // Beside what the catalogue found, what the drawing of tiles has met since.
    std::vector<workspace::Problem> further = house.tiles.scene_problems().of(*catalogue);
    std::erase_if(further, [&](const workspace::Problem& problem) {
        const auto& known = catalogue->problems();
        return std::find(known.begin(), known.end(), problem) != known.end();
    });
    const auto styles = house.styles.shelf().current();
    further.insert(further.end(), styles->problems().begin(), styles->problems().end());
    return http::json(layers_document(*catalogue, request.audience, request.base_url, further));
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
