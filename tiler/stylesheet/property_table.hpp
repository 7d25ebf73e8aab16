#pragma once
// What properties the layers of each type have.

#include "tiler/stylesheet/layer_type.hpp"

#include <array>
#include <limits>
#include <span>
#include <string_view>

namespace relief::stylesheet {

inline constexpr double no_limit = std::numeric_limits<double>::quiet_NaN();

struct PropertyRow {
    std::string_view name;
    std::string_view type;  ///< "number", "enum", "array<number,2>"
    /// z: by zoom, f: by feature, i: has values between values, t: {tokens} in a text; and of a
    /// ramp its input: d: heatmap density, l: line progress, e: elevation.
    std::string_view variation;
    std::string_view default_json;  ///< empty: none
    std::string_view words;         ///< of an enum, parted by spaces
    double least;                   ///< no_limit: none
    double most;
};

/// Without `visibility`, which every layer has.
std::span<const PropertyRow> layout_rows(LayerType type);
std::span<const PropertyRow> paint_rows(LayerType type);

/// Of the style's light.
std::span<const PropertyRow> light_rows();

std::span<const PropertyRow> symbol_layout_rows();
std::span<const PropertyRow> symbol_paint_rows();

}  // namespace relief::stylesheet
