#include "server/route/vector_tile_route.hpp"

#include "server/http/status.hpp"
#include "server/route/parameters.hpp"
#include "server/route/tile_answer.hpp"
#include "tiler/core/version.hpp"

#include <algorithm>
#include <utility>

namespace relief::route {
namespace {

/// A parsed request: what the tile service is asked.
struct AskedFeatures {
    service::VectorTileOrder order;
    bool unobserved = false;  ///< no layer has features of that time
};

Result<void> check_vector_format(const http::Request& request) {
    const std::string_view name = request.query.find("format").value_or(request.capture("format"));
    if (name == "mvt" || name == "pbf" || name == "auto") return {};
    return Error{Fault::not_acceptable,
                 "format \"" + std::string(name.substr(0, 100)) +
                     "\" is not offered for a layer of features; formats are mvt and pbf"};
}

/// Where time= chose an observation, its version says which; what picks features is in the words.
std::string choice_text(const service::VectorTileOrder& order,
                        const http::Request& request,
                        Instant now) {
    auto words = service::feature_words_of(request.query.items);
    const bool by_time = std::any_of(order.parts.begin(), order.parts.end(), [](const auto& part) {
        return part.choice.time.has_value();
    });
    if (!by_time)
        std::erase_if(words, [](const auto& word) {
            return word.first == "time" || word.first == "max_age";
        });
    return service::key_text_of(words, now);
}

Result<AskedFeatures> parse_features(const std::vector<LayerPointer>& layers,
                                     const http::Request& request) {
    if (auto good = check_features(layers); !good) return good.error();
    std::vector<std::string_view> known{"fields", "style", "v", "format"};
    known.insert(
        known.end(), service::feature_word_names.begin(), service::feature_word_names.end());
    if (auto good = check_known(request, known); !good) return good.error();
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    if (auto good = check_vector_format(request); !good) return good.error();
    if (auto good = check_style(request); !good) return good.error();
    auto fields = asked_fields(layers, request);
    if (!fields) return fields.error();
    service::VectorTileOrder order{
        {}, address->tile, std::move(*fields), {}, request.audience, request.deadline};
    const Instant now = present_moment();
    for (const LayerPointer& layer : layers) {
        auto part = choose_part(layer, request, now);
        if (!part) return part.error();
        if (*part) order.parts.push_back(std::move(**part));
    }
    order.choice = choice_text(order, request, now);
    const bool unobserved = order.parts.empty();
    if (unobserved) order.parts.push_back({layers.front(), &layers.front()->newest()});
    return AskedFeatures{std::move(order), unobserved};
}

http::Response respond_with_features(const http::Request& request,
                                     const std::vector<LayerPointer>& layers,
                                     const cache::CachedTile& tile) {
    http::Response response = tile_answer(tile, cache_control(request, layers));
    response.compressible = true;
    if (tile.empty) {
        response.status = http::no_content();
        response.body = nullptr;
    }
    if (!tile.thinned.empty()) response.headers.emplace_back("X-Relief-Thinned", tile.thinned);
    return response;
}

/// From the first to the last that any of the layers shows; nothing when of one it is not known.
std::optional<InstantRange> observed_in(const service::VectorTileOrder& order) {
    std::optional<InstantRange> all = order.parts.front().observed;
    for (const auto& part : order.parts) {
        if (!part.observed || !all) return std::nullopt;
        all->first = std::min(all->first, part.observed->first);
        all->last = std::max(all->last, part.observed->last);
    }
    return all;
}

http::Response nothing_observed(const http::Request& request,
                                const std::vector<LayerPointer>& layers,
                                const service::VectorTileOrder& order) {
    cache::CachedTile tile;
    tile.etag = fingerprint(service::key_of(order).text() + "|unobserved");
    tile.empty = true;
    tile.modified = order.parts.front().observation->modified;
    http::Response response = respond_with_features(request, layers, tile);
    add_unobserved(response);
    return response;
}

}  // namespace

void serve_vector_tile(const House& house,
                       const std::vector<LayerPointer>& layers,
                       const std::shared_ptr<const http::Request>& request,
                       const http::Responder& respond) {
    auto asked = parse_features(layers, *request);
    if (!asked) return respond(http::problem(asked.error()));
    if (asked->unobserved) return respond(nothing_observed(*request, layers, asked->order));
    house.tiles.get(asked->order,
                    [&house, request, respond, layers, order = asked->order](
                        const service::TileAnswer& answer) {
                        if (!answer.tile) return respond(http::problem(answer.tile.error()));
                        http::Response response =
                            respond_with_features(*request, layers, **answer.tile);
                        tell_origin(house, response, answer);
                        if (!(*answer.tile)->stale || order.parts.front().observation->time)
                            add_observed(response, observed_in(order));
                        respond(std::move(response));
                    });
}

}  // namespace relief::route
