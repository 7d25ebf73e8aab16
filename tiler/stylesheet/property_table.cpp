// The properties of all layer types but symbols.
// Source: MapLibre Style Specification v8. A row: name, type, how it may vary, default as JSON,
// words, least, most.

#include "tiler/stylesheet/property_table.hpp"

namespace relief::stylesheet {
namespace {

// clang-format off
constexpr std::string_view planes = "map viewport";
constexpr std::string_view resamplings = "linear nearest";
constexpr std::string_view heatmap_ramp =
    R"j(["interpolate",["linear"],["heatmap-density"],0,"rgba(0, 0, 255, 0)",0.1,"royalblue",0.3,)j"
    R"j("cyan",0.5,"lime",0.7,"yellow",1,"red"])j";

constexpr std::array<PropertyRow, 3> background_paint{{
    {"background-color", "color", "zi", R"("#000000")", "", no_limit, no_limit},
    {"background-pattern", "resolvedImage", "z", "", "", no_limit, no_limit},
    {"background-opacity", "number", "zi", "1", "", 0, 1},
}};

constexpr std::array<PropertyRow, 1> fill_layout{{
    {"fill-sort-key", "number", "zf", "", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 8> fill_paint{{
    {"fill-antialias", "boolean", "z", "true", "", no_limit, no_limit},
    {"fill-opacity", "number", "zfi", "1", "", 0, 1},
    {"fill-layer-opacity", "number", "zi", "1", "", 0, 1},
    {"fill-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"fill-outline-color", "color", "zfi", "", "", no_limit, no_limit},
    {"fill-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"fill-translate-anchor", "enum", "z", R"("map")", planes, no_limit, no_limit},
    {"fill-pattern", "resolvedImage", "zf", "", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 5> line_layout{{
    {"line-cap", "enum", "zf", R"("butt")", "butt round square", no_limit, no_limit},
    {"line-join", "enum", "zf", R"("miter")", "bevel round miter", no_limit, no_limit},
    {"line-miter-limit", "number", "zfi", "2", "", no_limit, no_limit},
    {"line-round-limit", "number", "zfi", "1.05", "", no_limit, no_limit},
    {"line-sort-key", "number", "zf", "", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 12> line_paint{{
    {"line-opacity", "number", "zfi", "1", "", 0, 1},
    {"line-layer-opacity", "number", "zi", "1", "", 0, 1},
    {"line-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"line-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"line-translate-anchor", "enum", "z", R"("map")", planes, no_limit, no_limit},
    {"line-width", "number", "zfi", "1", "", 0, no_limit},
    {"line-gap-width", "number", "zfi", "0", "", 0, no_limit},
    {"line-offset", "number", "zfi", "0", "", no_limit, no_limit},
    {"line-blur", "number", "zfi", "0", "", 0, no_limit},
    {"line-dasharray", "array<number>", "zf", "", "", 0, no_limit},
    {"line-pattern", "resolvedImage", "zf", "", "", no_limit, no_limit},
    {"line-gradient", "color", "il", "", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 1> circle_layout{{
    {"circle-sort-key", "number", "zf", "", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 11> circle_paint{{
    {"circle-radius", "number", "zfi", "5", "", 0, no_limit},
    {"circle-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"circle-blur", "number", "zfi", "0", "", no_limit, no_limit},
    {"circle-opacity", "number", "zfi", "1", "", 0, 1},
    {"circle-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"circle-translate-anchor", "enum", "z", R"("map")", planes, no_limit, no_limit},
    {"circle-pitch-scale", "enum", "z", R"("map")", planes, no_limit, no_limit},
    {"circle-pitch-alignment", "enum", "z", R"("viewport")", planes, no_limit, no_limit},
    {"circle-stroke-width", "number", "zfi", "0", "", 0, no_limit},
    {"circle-stroke-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"circle-stroke-opacity", "number", "zfi", "1", "", 0, 1},
}};

constexpr std::array<PropertyRow, 9> raster_paint{{
    {"raster-opacity", "number", "zi", "1", "", 0, 1},
    {"raster-hue-rotate", "number", "zi", "0", "", no_limit, no_limit},
    {"raster-brightness-min", "number", "zi", "0", "", 0, 1},
    {"raster-brightness-max", "number", "zi", "1", "", 0, 1},
    {"raster-saturation", "number", "zi", "0", "", -1, 1},
    {"raster-contrast", "number", "zi", "0", "", -1, 1},
    {"resampling", "enum", "z", R"("linear")", resamplings, no_limit, no_limit},
    {"raster-resampling", "enum", "z", R"("linear")", resamplings, no_limit, no_limit},
    {"raster-fade-duration", "number", "zi", "300", "", 0, no_limit},
}};

constexpr std::array<PropertyRow, 5> heatmap_paint{{
    {"heatmap-radius", "number", "zfi", "30", "", 1, no_limit},
    {"heatmap-weight", "number", "zfi", "1", "", 0, no_limit},
    {"heatmap-intensity", "number", "zi", "1", "", 0, no_limit},
    {"heatmap-color", "color", "id", heatmap_ramp, "", no_limit, no_limit},
    {"heatmap-opacity", "number", "zi", "1", "", 0, 1},
}};

constexpr std::array<PropertyRow, 9> hillshade_paint{{
    {"hillshade-illumination-direction", "numberArray", "zi", "335", "", 0, 359},
    {"hillshade-illumination-altitude", "numberArray", "zi", "45", "", 0, 90},
    {"hillshade-illumination-anchor", "enum", "z", R"("viewport")", planes, no_limit, no_limit},
    {"hillshade-exaggeration", "number", "zi", "0.5", "", 0, 1},
    {"hillshade-shadow-color", "colorArray", "zi", R"("#000000")", "", no_limit, no_limit},
    {"hillshade-highlight-color", "colorArray", "zi", R"("#FFFFFF")", "", no_limit, no_limit},
    {"hillshade-accent-color", "color", "zi", R"("#000000")", "", no_limit, no_limit},
    {"hillshade-method", "enum", "z", R"("standard")", "standard basic combined igor multidirectional", no_limit, no_limit},
    {"resampling", "enum", "z", R"("linear")", resamplings, no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 3> color_relief_paint{{
    {"color-relief-opacity", "number", "zi", "1", "", 0, 1},
    {"color-relief-color", "color", "ie", "", "", no_limit, no_limit},
    {"resampling", "enum", "z", R"("linear")", resamplings, no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 1> fill_extrusion_layout{{
    {"fill-extrusion-rounded-corner-distance", "number", "", "0", "", 0, no_limit},
}};

constexpr std::array<PropertyRow, 8> fill_extrusion_paint{{
    {"fill-extrusion-opacity", "number", "zi", "1", "", 0, 1},
    {"fill-extrusion-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"fill-extrusion-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"fill-extrusion-translate-anchor", "enum", "z", R"("map")", planes, no_limit, no_limit},
    {"fill-extrusion-pattern", "resolvedImage", "zf", "", "", no_limit, no_limit},
    {"fill-extrusion-height", "number", "zfi", "0", "", 0, no_limit},
    {"fill-extrusion-base", "number", "zfi", "0", "", 0, no_limit},
    {"fill-extrusion-vertical-gradient", "boolean", "z", "true", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 4> light_properties{{
    {"anchor", "enum", "z", R"("viewport")", planes, no_limit, no_limit},
    {"position", "array<number,3>", "zi", "[1.15,210,30]", "", no_limit, no_limit},
    {"color", "color", "zi", R"("#ffffff")", "", no_limit, no_limit},
    {"intensity", "number", "zi", "0.5", "", 0, 1},
}};

// clang-format on

}  // namespace

std::span<const PropertyRow> light_rows() {
    return light_properties;
}

std::span<const PropertyRow> layout_rows(LayerType type) {
    switch (type) {
        case LayerType::fill: return fill_layout;
        case LayerType::line: return line_layout;
        case LayerType::circle: return circle_layout;
        case LayerType::symbol: return symbol_layout_rows();
        case LayerType::fill_extrusion: return fill_extrusion_layout;
        default: return {};
    }
}

std::span<const PropertyRow> paint_rows(LayerType type) {
    switch (type) {
        case LayerType::background: return background_paint;
        case LayerType::fill: return fill_paint;
        case LayerType::line: return line_paint;
        case LayerType::circle: return circle_paint;
        case LayerType::symbol: return symbol_paint_rows();
        case LayerType::raster: return raster_paint;
        case LayerType::heatmap: return heatmap_paint;
        case LayerType::hillshade: return hillshade_paint;
        case LayerType::color_relief: return color_relief_paint;
        case LayerType::fill_extrusion: return fill_extrusion_paint;
    }
    return {};
}

}  // namespace relief::stylesheet
