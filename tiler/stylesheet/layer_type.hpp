#pragma once
// The types of layers.

#include "tiler/core/enum_names.hpp"

#include <cstdint>
#include <string_view>

namespace relief::stylesheet {

enum class LayerType : std::uint8_t {
    background,
    fill,
    line,
    circle,
    symbol,
    raster,
    heatmap,
    hillshade,
    color_relief,
    fill_extrusion,  ///< of which a flat map shows the roofs
};

inline constexpr EnumNames<10> layer_type_names{"background",
                                                "fill",
                                                "line",
                                                "circle",
                                                "symbol",
                                                "raster",
                                                "heatmap",
                                                "hillshade",
                                                "color-relief",
                                                "fill-extrusion"};

constexpr std::string_view name_of(LayerType type) noexcept {
    return relief::name_of(layer_type_names, type);
}

}  // namespace relief::stylesheet
