// /explain/{id}/{z}/{x}/{y}

#include "server/route/admission.hpp"
#include "server/route/explain_document.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/route/tile_request.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::route {
namespace {

std::string_view name_of(encode::ImageFormat format) {
    switch (format) {
        case encode::ImageFormat::webp: return "webp";
        case encode::ImageFormat::jpeg: return "jpg";
        default: return "png";
    }
}

http::Response explain(const House& house, const http::Request& request) {
    if (const auto good = check_analyst(request); !good) return http::problem(good.error());
    auto layer = find_layer(house, request);
    if (!layer) return http::problem(layer.error());
    if ((*layer)->is_vector())
        return http::problem({Fault::not_acceptable,
                              "layer \"" + (*layer)->name.text() +
                                  "\" holds features; tiles of rasters are explained"});
    const auto asked = parse_tile(house, std::move(*layer), request);
    if (!asked) return http::problem(asked.error());
    const service::TileOrder& order = asked->order;
    if (asked->unobserved)
        return http::problem(not_found("the layer has no observation of that time"));
    const auto explained = service::explain_tile(house.tiles, order);
    if (!explained) return http::problem(explained.error());
    const style::RasterWords words =
        service::drawing_words(*order.layer, order.words, order.mosaic.pick);
    return http::json(explain_document({*order.layer,
                                        {order.observation, order.mosaic},
                                        words,
                                        {order.tile.zoom(), order.tile.column(), order.tile.row()},
                                        {order.side, order.side},
                                        name_of(explained->picture.format)},
                                       *explained));
}

}  // namespace

void add_explain_routes(http::RouteTable& table, const House& house) {
    auto parameters = tile_path_parameters();
    for (auto& parameter : drawing_parameters()) parameters.push_back(std::move(parameter));
    parameters.push_back(pick_parameter());
    table.add(
        {.method = "GET",
         .pattern = "/explain/{id}/{z}/{x}/{y}",
         .summary = "For analysts: files, overviews, blocks, versions, style and times of a tile",
         .tag = "tiles",
         .parameters = std::move(parameters),
         .media_types = {"application/json"},
         .handler = on_pool(house, explain)});
}

}  // namespace relief::route
