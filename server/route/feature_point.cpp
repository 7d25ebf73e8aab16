#include "server/route/feature_point.hpp"

#include "server/route/parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace relief::route {
namespace {

using PointJson = nlohmann::ordered_json;

/// Units: degrees of longitude.
double reach_of(const http::Request& request) {
    constexpr double ten_metres = 1e-4;
    constexpr double pixels = 5;
    if (request.capture("z").empty()) return ten_metres;
    const auto address = parse_tile_address(request);
    return address ? pixels * 360 / std::exp2(8.0 + address->tile.zoom()) : ten_metres;
}

Result<void> check_words(const http::Request& request) {
    if (auto good = check_known(request, {"lon", "lat", "time", "max_age", "filter", "style", "v"});
        !good)
        return good;
    if (request.capture("z").empty()) return {};
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    return {};
}

/// A feature that was found, as a filter asks for it.
class FoundRow final : public query::Row {
public:
    FoundRow(const vector::FoundFeature& feature,
             const std::vector<AttributeDescription>& attributes)
        : feature_(feature), attributes_(attributes) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        const auto held = std::find_if(
            feature_.attributes.begin(), feature_.attributes.end(), [&](const auto& one) {
                return one.first == attributes_[attribute].name;
            });
        return held == feature_.attributes.end() ? std::nullopt : std::optional(held->second);
    }
    GeometryKind kind() const override { return feature_.kind; }
    std::uint64_t id() const override { return feature_.id; }

private:
    const vector::FoundFeature& feature_;
    const std::vector<AttributeDescription>& attributes_;
};

/// What filter= leaves out on the map is not under the finger either.
void keep_wanted(std::vector<vector::FoundFeature>& found,
                 const service::VectorTileOrder::Part& part,
                 double zoom) {
    if (!part.filter) return;
    const auto& attributes = part.observation->vector().attributes;
    std::erase_if(found, [&](const vector::FoundFeature& feature) {
        return !part.filter->holds(FoundRow(feature, attributes), zoom);
    });
}

/// Of the tile that is asked about; without one, as near as it gets.
double zoom_of(const http::Request& request) {
    constexpr double nearest = 24;
    const auto address = parse_tile_address(request);
    return address ? static_cast<double>(address->tile.zoom()) : nearest;
}

PointJson features_json(const std::vector<vector::FoundFeature>& found) {
    PointJson features = PointJson::array();
    for (const auto& feature : found) {
        PointJson properties = PointJson::object();
        for (const auto& [name, value] : feature.attributes)
            properties[name] = std::visit([](const auto& held) { return PointJson(held); }, value);
        features.push_back({{"id", feature.id},
                            {"geometry", name_of(geometry_kind_names, feature.kind)},
                            {"properties", std::move(properties)}});
    }
    return features;
}

}  // namespace

http::Response answer_features(const House& house,
                               const LayerPointer& layer,
                               const http::Request& request) {
    if (auto good = check_words(request); !good) return http::problem(good.error());
    const auto place = parse_place(request);
    if (!place) return http::problem(place.error());
    const auto part = choose_part(layer, request);
    if (!part) return http::problem(part.error());
    if (!*part) return http::problem(not_found("the layer has no observation at that time"));
    const workspace::Observation& observation = *(*part)->observation;
    auto found = house.tiles.features_at(observation, {*place, reach_of(request)});
    if (!found) return http::problem(found.error());
    keep_wanted(*found, **part, zoom_of(request));
    const PointJson document{
        {"lon", place->longitude},
        {"lat", place->latitude},
        {"values", PointJson::array()},
        {"features", features_json(*found)},
        {"time", observation.time ? PointJson(to_text(*observation.time)) : PointJson(nullptr)}};
    http::Response response =
        http::json(document.dump(-1, ' ', false, PointJson::error_handler_t::replace));
    add_age(response, *layer, {&observation, {}});
    return response;
}

}  // namespace relief::route
