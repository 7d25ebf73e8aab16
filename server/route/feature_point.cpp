#include "server/route/feature_point.hpp"

#include "server/route/parameters.hpp"
#include "server/route/report_words.hpp"

#include <nlohmann/json.hpp>

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
    if (auto good = check_known(request,
                                {"lon",
                                 "lat",
                                 "time",
                                 "max_age",
                                 "filter",
                                 "category",
                                 "status",
                                 "since",
                                 "until",
                                 "style",
                                 "v"});
        !good)
        return good;
    if (request.capture("z").empty()) return {};
    const auto address = parse_tile_address(request);
    if (!address) return address.error();
    return {};
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

/// Who asks about a report may know where it is: what is in no answer about the layer of reports
/// is kept by no proxy. Those who see exact places have answers that nobody keeps.
bool tells_place(const workspace::Observation& observation, const http::Request& request) {
    return !observation.is_live() || sees_exact(request);
}

}  // namespace

http::Response answer_features(const House& house,
                               const LayerPointer& layer,
                               const http::Request& request) {
    if (auto good = check_words(request); !good) return http::problem(good.error());
    const auto place = parse_place(request);
    if (!place) return http::problem(place.error());
    const auto part = choose_part(layer, request, present_moment());
    if (!part) return http::problem(part.error());
    if (!*part) return http::problem(not_found("the layer has no observation at that time"));
    const workspace::Observation& observation = *(*part)->observation;
    const auto found =
        house.tiles.features_at(**part, {*place, reach_of(request)}, request.deadline);
    if (!found) return http::problem(found.error());
    PointJson document = tells_place(observation, request)
                             ? PointJson{{"lon", place->longitude}, {"lat", place->latitude}}
                             : PointJson::object();
    document["values"] = PointJson::array();
    document["features"] = features_json(*found);
    document["time"] =
        observation.time ? PointJson(to_text(*observation.time)) : PointJson(nullptr);
    http::Response response =
        http::json(document.dump(-1, ' ', false, PointJson::error_handler_t::replace));
    add_observed(response, (*part)->observed);
    return response;
}

}  // namespace relief::route
