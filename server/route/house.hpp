#pragma once
// What routes may ask, handed to each of them.

#include "server/http/route_table.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/catalogue_keeper.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/style/expression_limits.hpp"
#include "tiler/text/text.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace relief::route {

/// References outlive every route.
struct House {
    service::CatalogueKeeper& catalogue;
    service::TileService& tiles;
    ops::WorkPool& pool;
    ops::Metrics& metrics;
    std::optional<text::Fonts>
        fonts;            ///< none when the machine has no font: legends then are JSON and SVG
    std::string version;  ///< of the program
    style::ExpressionLimits expressions;
};

/// Answers from a render thread; a full queue answers too_busy at once.
void answer_later(const House& house,
                  const std::shared_ptr<const http::Request>& request,
                  http::Responder respond,
                  std::function<http::Response(const http::Request&)> work);

/// The handler of an address whose work is done on a render thread.
http::Handler on_pool(const House& house,
                      http::Response (*work)(const House&, const http::Request&));

/// The table of every address. `house` outlives it.
std::shared_ptr<const http::RouteTable> make_routes(const House& house);

// One function for each family of addresses, each in a file of its own; the table keeps its place
// in memory.
void add_page_routes(http::RouteTable& table, const House& house);
void add_health_routes(http::RouteTable& table, const House& house);
void add_layer_routes(http::RouteTable& table, const House& house);
void add_statistics_routes(http::RouteTable& table, const House& house);
void add_tile_routes(http::RouteTable& table, const House& house);
void add_tilejson_routes(http::RouteTable& table, const House& house);
void add_point_routes(http::RouteTable& table, const House& house);
void add_legend_routes(http::RouteTable& table, const House& house);
void add_algorithm_routes(http::RouteTable& table, const House& house);

}  // namespace relief::route
