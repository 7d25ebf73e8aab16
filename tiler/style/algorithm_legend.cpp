#include "tiler/style/algorithm_legend.hpp"

#include "tiler/style/contour_style.hpp"
#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::style {
namespace {

using nlohmann::ordered_json;

std::string unit_of(const RasterStyle& style, const RasterDescription& raster) {
    const auto& call = *style.algorithm;
    if (call.choice("unit") == "percent") return "%";
    if (call.id != AlgorithmId::difference || style.bands.empty())
        return std::string(call.facts().unit);
    // Of one band minus itself; a formula's unit nobody knows.
    const bool plain = style.bands.size() == 2;
    return plain ? raster.bands[static_cast<std::size_t>(style.bands[0] - 1)].unit : std::string();
}

LegendEntry line_entry(std::string label, Colour colour) {
    return {.value = {}, .range = {}, .label = std::move(label), .colour = colour};
}

ordered_json json_of(const ParameterFacts& facts) {
    ordered_json json{{"name", facts.name}, {"meaning", facts.meaning}};
    if (!facts.choices.empty()) {
        json["choices"] = facts.choices;
        json["default"] = facts.choices[static_cast<std::size_t>(facts.fallback)];
        return json;
    }
    json["minimum"] = facts.low;
    json["maximum"] = facts.high;
    json["unit"] = facts.unit;
    json["default"] =
        std::isnan(facts.fallback) ? ordered_json(nullptr) : ordered_json(facts.fallback);
    return json;
}

}  // namespace

void name_algorithm(Legend& legend, const RasterStyle& style, const RasterDescription& raster) {
    const auto& facts = style.algorithm->facts();
    legend.title += (legend.title.empty() ? "" : " – ") + std::string(facts.title);
    legend.unit = unit_of(style, raster);
    legend.algorithm = facts.id;
}

bool has_values(AlgorithmId id) noexcept {
    return id != AlgorithmId::contours && !encodes_heights(id);
}

std::vector<LegendEntry> symbol_entries(const AlgorithmCall& call) {
    if (encodes_heights(call.id))
        return {
            line_entry(std::string(call.facts().formula), {.red = 128, .green = 128, .blue = 128})};
    const double interval = call.value("interval");
    const std::string every =
        std::isnan(interval) ? "by zoom and relief" : "every " + shortest(interval) + " m";
    std::vector<LegendEntry> entries{line_entry("contour line, " + every, contour_colour)};
    const auto major = call.value("major");
    if (major >= 1)
        entries.push_back(line_entry("thick line, every " + shortest(std::floor(major)) + " lines",
                                     thick_contour_colour));
    return entries;
}

ordered_json to_json(const AlgorithmFacts& facts) {
    ordered_json bands = ordered_json::array();
    for (const auto band : facts.bands) bands.push_back(to_text(band));
    ordered_json parameters = ordered_json::array();
    for (const auto& one : facts.parameters) parameters.push_back(json_of(one));
    ordered_json json{{"name", facts.name},
                      {"title", facts.title},
                      {"formula", facts.formula},
                      {"bands", std::move(bands)},
                      {"two_dates", facts.two_dates}};
    json["range"] = facts.low < facts.high ? ordered_json{facts.low, facts.high} : ordered_json();
    json["unit"] = facts.unit;
    json["colours"] = facts.colours;
    json["parameters"] = std::move(parameters);
    json["paper"] = facts.paper;
    json["validity"] = facts.validity;
    return json;
}

std::string algorithms_json() {
    ordered_json rows = ordered_json::array();
    for (const auto& facts : algorithms()) rows.push_back(to_json(facts));
    return ordered_json{{"algorithms", std::move(rows)}}.dump();
}

}  // namespace relief::style
