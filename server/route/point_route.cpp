// /layers/{id}/point and /tiles/{id}/{z}/{x}/{y}/point

#include "server/route/feature_point.hpp"
#include "server/route/house.hpp"
#include "server/route/mosaic_parameters.hpp"
#include "server/route/parameters.hpp"
#include "server/route/vector_parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace relief::route {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const RasterDescription& raster, int band, std::optional<double> raw) {
    const BandDescription& description = raster.bands[static_cast<std::size_t>(band - 1)];
    Json entry{{"band", band}, {"value", nullptr}, {"unit", description.unit}};
    if (!description.title.empty()) entry["title"] = description.title;
    if (!raw) return entry;
    const double value = *raw * description.scale + description.offset;
    if (std::isfinite(value)) entry["value"] = value;
    if (value != *raw) entry["raw"] = *raw;
    return entry;
}

/// The results of a formula at the place: null where a band has no data or the result is no number.
void add_results(Json& list,
                 const style::BandExpression& expression,
                 const std::vector<std::optional<double>>& cells) {
    const bool known =
        std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.has_value(); });
    std::vector<double> inputs;
    std::vector<std::span<const double>> spans;
    inputs.reserve(cells.size());
    spans.reserve(cells.size());
    for (const auto& cell : cells) inputs.push_back(cell.value_or(std::nan("")));
    for (const double& input : inputs) spans.emplace_back(&input, 1);
    std::vector<double> results(expression.outputs());
    std::vector<std::span<double>> targets;
    targets.reserve(results.size());
    for (double& result : results) targets.emplace_back(&result, 1);
    expression.evaluate(std::span<const std::span<const double>>(spans), targets);
    for (const double result : results) {
        list.push_back({{"band", "expression"},
                        {"title", expression.text()},
                        {"value", known && std::isfinite(result) ? Json(result) : Json(nullptr)},
                        {"unit", ""}});
    }
}

/// Every band, unless the request names some or a formula over some.
std::vector<int> bands_asked(const style::RasterWords& words,
                             const style::RasterStyle& style,
                             const RasterDescription& raster) {
    if (words.find("bands", "bidx") || style.expression) return style.bands;
    return all_bands(raster);
}

/// The values at a place, and what the answer tells of where they come from.
struct Found {
    std::vector<std::optional<double>> values;
    Json time = nullptr;
    Json mosaic;  ///< members that only a mosaic's answer has
    std::string skipped;
};

Json time_of(const std::optional<InstantRange>& time) {
    return time ? Json(to_text(*time)) : Json(nullptr);
}

Result<Found> find_in_mosaic(const House& house,
                             const workspace::Layer& layer,
                             const source::PointRequest& point,
                             const workspace::View& view) {
    const workspace::Observation& observation = *view.observation;
    auto place =
        pipeline::mosaic_values_at(house.tiles.workshop().reader, observation, point, view.scenes);
    if (!place) return place.error();
    house.tiles.note_skipped(layer, place->skipped);
    Found found{std::move(place->values), nullptr, {}, service::names_of(place->skipped)};
    const Pick pick = view.scenes.pick;
    const bool one = pick == Pick::first || pick == Pick::newest;
    found.mosaic = {{"pick", to_text(pick)}, {"scene", nullptr}};
    if (!one) found.mosaic["scenes"] = place->scenes.size();
    if (!one || place->scenes.empty()) return found;
    const workspace::Scene& scene = observation.mosaic->scenes()[place->scenes.front()];
    found.mosaic["scene"] = scene.name;
    found.time = time_of(scene.time);
    return found;
}

Result<Found> find_values(const House& house,
                          const workspace::Observation& observation,
                          const source::PointRequest& point) {
    auto values =
        house.tiles.workshop().reader.values_at(pipeline::source_file_of(observation), point);
    if (!values) return values.error();
    return Found{std::move(*values), time_of(observation.time), {}, {}};
}

style::RasterWords without_algorithm(const style::RasterWords& words) {
    style::RasterWords raw;
    for (const auto& word : words.words)
        if (word.first == "nodata") raw.words.push_back(word);
    return raw;
}

/// What is asked of the place.
struct AskedPoint {
    std::shared_ptr<const workspace::Layer> layer;
    workspace::View view;
    RasterDescription raster;
    style::RasterStyle style;
    std::vector<int> bands;
};

Result<AskedPoint> subject_of(const House& house,
                              LayerPointer layer,
                              const http::Request& request) {
    const auto known = check_layer_drawing(
        *layer, request, {"lon", "lat", "time", "max_age", "against", "style", "v"});
    if (!known) return known.error();
    if (!request.capture("z").empty()) {
        if (const auto address = parse_tile_address(request); !address) return address.error();
    }
    const auto view = choose_view(*layer, request);
    if (!view) return view.error();
    if (view->observation == nullptr) return not_found("the layer has no observation at that time");
    RasterDescription raster = pipeline::described(*view->observation, view->scenes.pick);

    // Words are checked as for a tile, so that a wrong expression is told here too.
    style::RasterWords words = raster_words(request, house.expressions);
    auto style = style::style_of(words, raster);
    if (style && style->algorithm) {
        // What an algorithm makes of the values stands on the map; here are the values themselves.
        words = without_algorithm(words);
        style = style::style_of(words, raster);
    }
    if (!style) return style.error();
    std::vector<int> bands = bands_asked(words, *style, raster);
    return AskedPoint{
        std::move(layer), *view, std::move(raster), std::move(*style), std::move(bands)};
}

http::Response answer_point(const House& house, const http::Request& request) {
    auto layer = find_layer(house, request);
    if (!layer) return http::problem(layer.error());
    if ((*layer)->is_vector()) return answer_features(house, *layer, request);
    const auto subject = subject_of(house, std::move(*layer), request);
    if (!subject) return http::problem(subject.error());
    const auto place = parse_place(request);
    if (!place) return http::problem(place.error());
    const source::PointRequest point{
        *place, subject->bands, subject->style.nodata, request.deadline};
    const workspace::View& view = subject->view;
    const auto found = view.observation->mosaic
                           ? find_in_mosaic(house, *subject->layer, point, view)
                           : find_values(house, *view.observation, point);
    if (!found) return http::problem(found.error());

    Json list = Json::array();
    for (std::size_t i = 0; i < subject->bands.size(); ++i)
        list.push_back(value_of(subject->raster, subject->bands[i], found->values[i]));
    if (subject->style.expression) add_results(list, *subject->style.expression, found->values);
    Json document{{"lon", place->longitude},
                  {"lat", place->latitude},
                  {"values", std::move(list)},
                  {"features", Json::array()},
                  {"time", found->time}};
    if (!found->mosaic.is_null()) document.update(found->mosaic);
    http::Response response = http::json(document.dump());
    tell_skipped(response, found->skipped);
    add_age(response, *subject->layer, view);
    return response;
}

}  // namespace

void add_point_routes(http::RouteTable& table, const House& house) {
    for (const char* pattern : {"/layers/{id}/point", "/tiles/{id}/{z}/{x}/{y}/point"}) {
        std::vector<http::Parameter> parameters = std::string_view(pattern).starts_with("/tiles")
                                                      ? tile_path_parameters()
                                                      : std::vector{layer_parameter()};
        parameters.push_back({"lon",
                              "query",
                              "Longitude in degrees.",
                              R"({"type":"number","minimum":-180,"maximum":180})",
                              "35.5"});
        parameters.push_back({"lat",
                              "query",
                              "Latitude in degrees.",
                              R"({"type":"number","minimum":-90,"maximum":90})",
                              "33.9"});
        for (auto& parameter : drawing_parameters()) parameters.push_back(std::move(parameter));
        parameters.push_back(pick_parameter());
        parameters.push_back(filter_parameter());
        table.add(
            {.method = "GET",
             .pattern = pattern,
             .summary = "The values of a layer's bands, or its features, at a place. The layer of "
                        "reports says the place back only to those who see exact ones",
             .tag = "layers",
             .parameters = std::move(parameters),
             .media_types = {"application/json"},
             .handler = [&house](const std::shared_ptr<const http::Request>& request,
                                 http::Responder respond) {
                 answer_later(
                     house, request, std::move(respond), [&house](const http::Request& asked) {
                         return answer_point(house, asked);
                     });
             }});
    }
}

}  // namespace relief::route
