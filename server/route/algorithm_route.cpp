// /algorithms

#include "server/route/house.hpp"
#include "tiler/style/algorithm_legend.hpp"

#include <nlohmann/json.hpp>

namespace relief::route {

void add_algorithm_routes(http::RouteTable& table, const House& /*house*/) {
    table.add({.method = "GET",
               .pattern = "/algorithms",
               .summary = "Every algorithm of raster tiles: formula, bands, range, parameters, "
                          "paper, validity",
               .tag = "tiles",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = [](const std::shared_ptr<const http::Request>& /*request*/,
                             const http::Responder& respond) {
                   respond(http::json(style::algorithms_json()));
               }});
}

}  // namespace relief::route
