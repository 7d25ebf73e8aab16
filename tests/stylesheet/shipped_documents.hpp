#pragma once
// The styles that come with the program, as documents whose layers and colours are looked at.

#include "tiler/stylesheet/shipped_styles.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace relief::stylesheet {

using nlohmann::json;

/// Two colours side by side are told apart from about 2.3 on (Mahy et al. 1994); on a map they lie
/// apart, among others, and are looked up in a legend: four times that is asked for.
inline constexpr double apart = 9.2;
/// WCAG 2.1, 1.4.3 and 1.4.11.
inline constexpr double readable = 4.5;
inline constexpr double visible = 3;

inline const std::filesystem::path shipped_folder = RELIEF_STYLES_FOLDER;

/// Of what a table of classes does not know.
inline constexpr const char* unknown_colour = "#5500ff";

inline json document_of(const ShippedStyle& style) {
    return json::parse(style.json);
}

inline json document_named(std::string_view id) {
    for (const auto& style : shipped_styles())
        if (style.id == id) return document_of(style);
    ADD_FAILURE() << "no style " << id;
    return {};
}

inline json file_of(const std::string& name) {
    std::ifstream file(shipped_folder / name);
    return json::parse(file, nullptr, false);
}

inline const json* find_layer(const json& style, const std::string& id) {
    for (const auto& layer : style["layers"])
        if (layer["id"] == id) return &layer;
    return nullptr;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the order of the path in the style
inline json paint_of(const json& style, const std::string& id, const std::string& property) {
    const json* const layer = find_layer(style, id);
    EXPECT_NE(layer, nullptr) << id;
    return layer == nullptr ? json() : layer->at("paint").at(property);
}

/// Every "#rrggbb" in it.
inline std::set<std::string> colours_in(const json& value) {
    std::set<std::string> colours;
    if (value.is_string() && value.get<std::string>().starts_with('#'))
        colours.insert(value.get<std::string>());
    for (const auto& member : value)
        if (value.is_structured()) colours.merge(colours_in(member));
    return colours;
}

/// Calls `see(layer)` for every layer that has the property.
template <typename See>
void each_layer_with(const json& style, const std::string& property, const See& see) {
    for (const auto& layer : style["layers"])
        if (layer.contains("paint") && layer["paint"].contains(property)) see(layer);
}

/// Position of a layer in its style: later ones are drawn above, and their words placed first.
inline std::size_t position_of(const json& document, const std::string& id) {
    std::size_t position = 0;
    for (const auto& layer : document["layers"]) {
        if (layer["id"] == id) return position;
        ++position;
    }
    ADD_FAILURE() << "no layer " << id;
    return position;
}

inline json point_with(const json& properties) {
    return {{"type", "Feature"},
            {"properties", properties},
            {"geometry", {{"type", "Point"}, {"coordinates", {0, 0}}}}};
}

}  // namespace relief::stylesheet
