// /tiles/{id}/{z}/{x}/{y}.{format}

#include "server/route/house.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"
#include "server/route/styled_tile.hpp"
#include "server/route/tile_answer.hpp"
#include "server/route/tile_request.hpp"
#include "server/route/vector_tile_route.hpp"
#include "tiler/core/version.hpp"

#include <utility>

namespace relief::route {
namespace {

http::Response respond_with(const http::Request& request,
                            const workspace::Layer& layer,
                            const cache::CachedTile& tile) {
    http::Response response = tile_answer(tile, cache_control(request, layer));
    tell_skipped(response, tile.skipped);
    return response;
}

/// A time without an observation: nothing is known, so nothing is shown, and the header says which.
http::Response unobserved(const House& house,
                          const http::Request& request,
                          const service::TileOrder& order) {
    const auto bytes =
        house.tiles.workshop().empty_images.of(order.format, {order.side, order.side});
    if (!bytes) return http::problem(bytes.error());
    const auto format =
        order.format == encode::ImageFormat::automatic ? encode::ImageFormat::png : order.format;
    cache::CachedTile tile{*bytes,
                           std::string(encode::media_type(format)),
                           fingerprint(service::key_of(order).text() + "|unobserved"),
                           true,
                           order.observation->modified};
    http::Response response = respond_with(request, *order.layer, tile);
    add_unobserved(response);
    return response;
}

struct Dates {
    workspace::View shown;
    workspace::View against;
};
Dates dates_of(const service::TileOrder& order) noexcept {
    return {{order.observation, order.mosaic}, order.against};
}

/// Which moment is shown, and which it is compared with.
void add_ages(http::Response& response, const workspace::Layer& layer, const Dates& dates) {
    add_age(response, layer, dates.shown);
    if (const auto against = workspace::moments_of(dates.against))
        response.headers.emplace_back("X-Relief-Against", to_text(*against));
}

void serve_picture(const House& house,
                   LayerPointer shown,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond) {
    auto asked = parse_tile(house, std::move(shown), *request);
    if (!asked) return respond(http::problem(asked.error()));
    if (asked->unobserved) return respond(unobserved(house, *request, asked->order));
    const auto& layer = asked->order.layer;
    if (request->header("if-none-match")) {
        const std::string etag = fingerprint(service::key_of(asked->order).text());
        if (already_has(*request, etag)) {
            http::Response response = respond_with(
                *request, *layer, {nullptr, "", etag, false, asked->order.observation->modified});
            add_ages(response, *layer, dates_of(asked->order));
            return respond(std::move(response));
        }
    }
    house.tiles.get(asked->order,
                    [&house, request, respond, layer, dates = dates_of(asked->order)](
                        const service::TileAnswer& answer) {
                        if (!answer.tile) return respond(http::problem(answer.tile.error()));
                        http::Response response = respond_with(*request, *layer, **answer.tile);
                        tell_origin(house, response, answer);
                        // When the content before was acquired, is not known any more.
                        if (!(*answer.tile)->stale || workspace::moments_of(dates.shown))
                            add_ages(response, *layer, dates);
                        respond(std::move(response));
                    });
}

void serve_tile(const House& house,
                const std::shared_ptr<const http::Request>& request,
                const http::Responder& respond) {
    auto layers = find_layers(house, *request);
    if (!layers) return respond(http::problem(layers.error()));
    if (asks_styled_tile(*layers, *request))
        return serve_styled_tile(house, *layers, request, respond);
    if (is_of_features(*layers)) return serve_vector_tile(house, *layers, request, respond);
    serve_picture(house, std::move(layers->front()), request, respond);
}

}  // namespace

void add_tile_routes(http::RouteTable& table, const House& house) {
    auto parameters = tile_path_parameters();
    parameters.push_back({"format",
                          "path",
                          "png, webp, jpg, or auto: of rasters JPEG where the picture is opaque "
                          "colour, else PNG; of features MVT. Of features also mvt or pbf, which "
                          "are the same; their pictures are drawn by style=.",
                          R"({"type":"string","enum":["png","webp","jpg","auto","mvt","pbf"]})",
                          "png"});
    for (auto& parameter : drawing_parameters()) parameters.push_back(std::move(parameter));
    parameters.push_back(pick_parameter());
    parameters.push_back(language_parameter());
    parameters.push_back(fields_parameter());
    for (auto& parameter : choice_of_features_parameters())
        parameters.push_back(std::move(parameter));
    table.add({.method = "GET",
               .pattern = "/tiles/{id}/{z}/{x}/{y}.{format}",
               .summary = "One tile of a layer: a picture of 256 pixels a side, or 512 with @2x, "
                          "or features, then "
                          "of several layers too (a,b)",
               .tag = "tiles",
               .parameters = std::move(parameters),
               .media_types =
                   {"image/png", "image/webp", "image/jpeg", "application/vnd.mapbox-vector-tile"},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   serve_tile(house, request, respond);
               }});
}

}  // namespace relief::route
