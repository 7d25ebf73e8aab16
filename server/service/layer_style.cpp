#include "server/service/layer_style.hpp"

#include "server/service/feature_words.hpp"
#include "server/service/house_sources.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relief::service {
namespace {

using stylesheet::Json;

// Tol's "bright" blue, a darker shade of it, and white around points: 3:1 against white and
// against black both (WCAG 2.1, 1.4.11), and no hue that colour blindness takes away.
// Source: P. Tol, Colour Schemes, SRON/EPS/TN/09-002, 2021.
constexpr const char* fill_colour = "rgba(68,119,170,0.35)";
constexpr const char* line_colour = "#4477aa";
constexpr const char* rim_colour = "#ffffff";

/// Wider where more of the ground is seen closely.
Json growing(double far, double near) {
    return {"interpolate", {"linear"}, {"zoom"}, 4, far, 14, near};
}

/// How one geometry is drawn.
struct Symbol {
    const char* geometry;
    const char* type;
    Json paint;
    Json legend;  ///< its name there; false: none
};

std::vector<Symbol> symbols_of(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::area:
            return {{"Polygon", "fill", {{"fill-color", fill_colour}}, "Areas"},
                    {"Polygon",
                     "line",
                     {{"line-color", line_colour}, {"line-width", growing(0.75, 1.5)}},
                     false}};
        case GeometryKind::line:
            return {{"LineString",
                     "line",
                     {{"line-color", line_colour}, {"line-width", growing(1, 2.5)}},
                     "Lines"}};
        case GeometryKind::point:
            return {{"Point",
                     "circle",
                     {{"circle-color", line_colour},
                      {"circle-radius", growing(2.5, 5)},
                      {"circle-stroke-color", rim_colour},
                      {"circle-stroke-width", 1}},
                     "Points"}};
    }
    return {};
}

Json layer_of(Symbol symbol, const std::string& layer) {
    return {{"id", std::string(symbol.geometry) + "-" + symbol.type},
            {"type", symbol.type},
            {"source", "layer"},
            {"source-layer", layer},
            {"filter", {"==", {"geometry-type"}, symbol.geometry}},
            {"metadata", {{"relief:legend", std::move(symbol.legend)}}},
            {"paint", std::move(symbol.paint)}};
}

/// The hue of points, lines and areas, evenly darker for more: told apart in grey too.
constexpr std::array<const char*, 5> shades{"#d7e3f4", "#a6c1e3", "#729bc9", "#4477aa", "#1f3f66"};
constexpr std::array<int, 4> steps_of_number{10, 100, 1000, 10000};

/// A step of five for a number: below ten, a hundred, and so on.
template <typename Value>
Json by_number(const std::array<Value, 5>& values) {
    Json step{"step", {"get", "point_count"}, values[0]};
    for (std::size_t i = 0; i < steps_of_number.size(); ++i) {
        step.push_back(steps_of_number[i]);
        step.push_back(values[i + 1]);
    }
    return step;
}

/// What it draws from is said for all layers at once.
Json aggregate_layer(const char* id, const char* type, Json filter) {
    return {{"id", id},
            {"type", type},
            {"filter", std::move(filter)},
            {"metadata", {{"relief:legend", false}}}};
}

Json cluster_layers() {
    Json one = aggregate_layer("points", "circle", {"!", {"has", "point_count"}});
    one["metadata"]["relief:legend"] = "Points";
    one["paint"] = {{"circle-color", line_colour},
                    {"circle-radius", 5},
                    {"circle-stroke-color", rim_colour},
                    {"circle-stroke-width", 1}};
    Json many = aggregate_layer("clusters", "circle", {"has", "point_count"});
    many["metadata"]["relief:legend"] = "Several points, with their number";
    // Radii below three eighths of a cell of 64 pixels: circles do not overlap.
    many["paint"] = {{"circle-color", line_colour},
                     {"circle-radius", by_number(std::array<int, 5>{12, 14, 17, 20, 23})},
                     {"circle-stroke-color", rim_colour},
                     {"circle-stroke-width", 1.5}};
    Json number = aggregate_layer("numbers", "symbol", {"has", "point_count"});
    number["layout"] = {{"text-field", {"to-string", {"get", "point_count_abbreviated"}}},
                        {"text-size", 12},
                        {"text-allow-overlap", true}};
    number["paint"] = {{"text-color", rim_colour}};
    return Json::array({std::move(one), std::move(many), std::move(number)});
}

Json cell_layers() {
    Json cells = aggregate_layer("cells", "fill", {"has", "point_count"});
    cells["metadata"]["relief:legend"] = "Number of points";
    cells["paint"] = {{"fill-color", by_number(shades)}, {"fill-opacity", 0.8}};
    return Json::array({std::move(cells)});
}

Result<StylePointer> style_of(const Json& document, Instant modified) {
    const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    auto style = read_served_style("layer", text);
    if (!style) return style.error();
    style->modified = modified;
    // It speaks of a layer whose asker was let in before.
    style->shipped = true;
    return std::make_shared<const ServedStyle>(std::move(*style));
}

Result<StylePointer> style_of_layer(const workspace::Layer& layer, Json layers) {
    return style_of(
        {{"version", 8},
         {"name", layer.title},
         {"sources", {{"layer", {{"type", "vector"}, {"url", "relief://" + layer.name.text()}}}}},
         {"layers", std::move(layers)}},
        layer.newest().modified);
}

}  // namespace

Result<StylePointer> plain_style(const workspace::Layer& layer) {
    if (!layer.is_vector()) return bad_request("a raster layer is drawn by its own tiles");
    const auto& kinds = layer.newest().vector().kinds;
    Json layers = Json::array();
    for (const GeometryKind kind : {GeometryKind::area, GeometryKind::line, GeometryKind::point}) {
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
        for (Symbol& symbol : symbols_of(kind))
            layers.push_back(layer_of(std::move(symbol), layer.name.text()));
    }
    return style_of_layer(layer, std::move(layers));
}

Result<StylePointer> aggregate_style(const workspace::Layer& layer, std::string_view form) {
    const auto known = parse_aggregate(form);
    if (!known) return known.error();
    Json layers = *known == vector::AggregateForm::cluster ? cluster_layers() : cell_layers();
    for (Json& one : layers) {
        one["source"] = "layer";
        one["source-layer"] = layer.name.text();
    }
    return style_of_layer(layer, std::move(layers));
}

Result<StylePointer> part_of_layer(const VisibleStyle& whole, std::string_view layer) {
    std::set<std::string> sources;
    for (const HouseSource& source : house_sources(*whole.document))
        if (source.layers.size() == 1 && source.layers.front() == layer)
            sources.insert(source.source);
    auto json = expression::parse_json(whole.text);
    if (!json) return json.error();
    Json layers = Json::array();
    for (const Json& one : (*json)["layers"]) {
        const Json* const source = stylesheet::find_member(one, "source");
        if (source != nullptr && source->is_string() &&
            sources.contains(source->get<std::string>()))
            layers.push_back(one);
    }
    if (layers.empty())
        return not_found("style \"" + whole.style->id + "\" draws nothing of layer \"" +
                         std::string(layer) + "\"");
    Json kept = Json::object();
    for (const std::string& source : sources) kept[source] = (*json)["sources"][source];
    (*json)["sources"] = std::move(kept);
    (*json)["layers"] = std::move(layers);
    json->erase("terrain");
    return style_of(*json, whole.style->modified);
}

}  // namespace relief::service
