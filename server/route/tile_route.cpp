// /tiles/{id}/{z}/{x}/{y}.{format}

#include "server/route/house.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "tiler/core/version.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace relief::route {
namespace {

/// A parsed request: what the tile service is asked, or the observation that does not exist.
struct Asked {
    service::TileOrder order;
    bool unobserved = false;  ///< the layer has no picture of that time
};

Result<Asked> parse(const House& house, const http::Request& request) {
    auto layer = find_layer(house, request);
    if (!layer) return layer.error();
    if (auto known =
            check_layer_drawing(**layer, request, {"time", "max_age", "style", "v", "format"});
        !known)
        return known.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    const auto format = parse_format(request);
    if (!format) return format.error();
    if (auto style = check_style(request); !style) return style.error();
    const auto observation = choose_observation(**layer, request);
    if (!observation) return observation.error();
    const auto choice = mosaic_choice(**layer, request);
    if (!choice) return choice.error();
    const workspace::Observation* shown =
        *observation != nullptr ? *observation : &(*layer)->newest();
    service::TileOrder order{std::move(*layer),
                             shown,
                             address->tile,
                             address->side,
                             *format,
                             raster_words(request),
                             request.audience,
                             request.deadline,
                             *choice};
    const bool none = shown->mosaic && !shown->mosaic->any_in(*choice);
    return Asked{std::move(order), none || *observation == nullptr};
}

std::string_view word_for(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory:
        case service::TileOrigin::disk: return "HIT";
        case service::TileOrigin::made: return "MISS";
        case service::TileOrigin::coalesced: return "COALESCED";
    }
    return "MISS";
}

std::string_view metric_for(service::TileOrigin origin) noexcept {
    switch (origin) {
        case service::TileOrigin::memory: return "hit";
        case service::TileOrigin::disk: return "disk";
        case service::TileOrigin::made: return "miss";
        case service::TileOrigin::coalesced: return "coalesced";
    }
    return "miss";
}

http::Response respond_with(const http::Request& request,
                            const workspace::Layer& layer,
                            const cache::CachedTile& tile) {
    http::Response response;
    response.content_type = tile.media_type;
    response.body = tile.bytes;
    response.etag = tile.etag;
    response.last_modified = tile.modified;
    response.cache_control = cache_control(request, layer);
    if (tile.empty) response.headers.emplace_back("X-Relief-Empty", "1");
    tell_skipped(response, tile.skipped);
    if (tile.incomplete) response.cache_control = "no-store";
    return response;
}

void add_timing(http::Response& response, const http::Request& request, std::string_view origin) {
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - request.received;
    std::array<char, 32> digits{};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), spent.count(), std::chars_format::fixed, 3);
    response.headers.emplace_back("X-Cache", origin);
    response.timings.emplace_back("tile", std::string(digits.data(), written.ptr));
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
    response.headers.emplace_back("X-Relief-Observed", "none");
    return response;
}

/// The validator is known before the tile is: an asker who has it costs no drawing.
bool already_has(const http::Request& request, const std::string& etag) {
    const auto header = request.header("if-none-match");
    return header && header->find("\"" + etag + "\"") != std::string_view::npos;
}

void serve_tile(const House& house,
                const std::shared_ptr<const http::Request>& request,
                const http::Responder& respond) {
    auto asked = parse(house, *request);
    if (!asked) return respond(http::problem(asked.error()));
    if (asked->unobserved) return respond(unobserved(house, *request, asked->order));
    const auto& layer = asked->order.layer;
    if (request->header("if-none-match")) {
        const std::string etag = fingerprint(service::key_of(asked->order).text());
        if (already_has(*request, etag)) {
            http::Response response = respond_with(
                *request, *layer, {nullptr, "", etag, false, asked->order.observation->modified});
            add_age(response, *layer, *asked->order.observation);
            return respond(std::move(response));
        }
    }
    house.tiles.get(asked->order,
                    [&house, request, respond, layer, observation = asked->order.observation](
                        const service::TileAnswer& answer) {
                        if (!answer.tile) return respond(http::problem(answer.tile.error()));
                        house.metrics.tile(metric_for(answer.origin));
                        http::Response response = respond_with(*request, *layer, **answer.tile);
                        add_timing(response, *request, word_for(answer.origin));
                        add_age(response, *layer, *observation);
                        respond(std::move(response));
                    });
}

}  // namespace

void add_tile_routes(http::RouteTable& table, const House& house) {
    auto parameters = tile_path_parameters();
    parameters.push_back(
        {"format",
         "path",
         "png, webp, jpg, or auto: JPEG where the picture is opaque colour, else PNG.",
         R"({"type":"string","enum":["png","webp","jpg","auto"]})",
         "png"});
    for (auto& parameter : drawing_parameters()) parameters.push_back(std::move(parameter));
    parameters.push_back(pick_parameter());
    table.add({.method = "GET",
               .pattern = "/tiles/{id}/{z}/{x}/{y}.{format}",
               .summary = "One tile of a layer, 256 pixels a side, or 512 with @2x",
               .tag = "tiles",
               .parameters = std::move(parameters),
               .media_types = {"image/png", "image/webp", "image/jpeg"},
               .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                   const http::Responder& respond) {
                   serve_tile(house, request, respond);
               }});
}

}  // namespace relief::route
