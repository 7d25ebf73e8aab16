// The properties of symbol layers.
// Source: MapLibre Style Specification v8. A row: name, type, how it may vary, default as JSON,
// words, least, most.

#include "tiler/stylesheet/property_table.hpp"

namespace relief::stylesheet {
namespace {

// clang-format off
constexpr std::string_view anchors = "center left right top bottom top-left top-right bottom-left bottom-right";
constexpr std::string_view alignments = "map viewport auto";
constexpr std::string_view symbol_planes = "map viewport";
constexpr std::string_view overlaps = "never always cooperative";
constexpr std::string_view usual_fonts = R"(["Open Sans Regular","Arial Unicode MS Regular"])";

constexpr std::array<PropertyRow, 44> symbol_layout{{
    {"symbol-placement", "enum", "z", R"("point")", "point line line-center", no_limit, no_limit},
    {"symbol-spacing", "number", "zi", "250", "", 1, no_limit},
    {"symbol-avoid-edges", "boolean", "z", "false", "", no_limit, no_limit},
    {"symbol-sort-key", "number", "zf", "", "", no_limit, no_limit},
    {"symbol-z-order", "enum", "z", R"("auto")", "auto viewport-y source", no_limit, no_limit},
    {"icon-allow-overlap", "boolean", "z", "false", "", no_limit, no_limit},
    {"icon-overlap", "enum", "z", "", overlaps, no_limit, no_limit},
    {"icon-ignore-placement", "boolean", "z", "false", "", no_limit, no_limit},
    {"icon-optional", "boolean", "z", "false", "", no_limit, no_limit},
    {"icon-rotation-alignment", "enum", "z", R"("auto")", alignments, no_limit, no_limit},
    {"icon-size", "number", "zfi", "1", "", 0, no_limit},
    {"icon-text-fit", "enum", "z", R"("none")", "none width height both", no_limit, no_limit},
    {"icon-text-fit-padding", "array<number,4>", "zi", "[0,0,0,0]", "", no_limit, no_limit},
    {"icon-image", "resolvedImage", "zft", "", "", no_limit, no_limit},
    {"icon-rotate", "number", "zfi", "0", "", no_limit, no_limit},
    {"icon-padding", "padding", "zfi", "[2]", "", no_limit, no_limit},
    {"icon-keep-upright", "boolean", "z", "false", "", no_limit, no_limit},
    {"icon-offset", "array<number,2>", "zfi", "[0,0]", "", no_limit, no_limit},
    {"icon-anchor", "enum", "zf", R"("center")", anchors, no_limit, no_limit},
    {"icon-pitch-alignment", "enum", "z", R"("auto")", alignments, no_limit, no_limit},
    {"text-pitch-alignment", "enum", "z", R"("auto")", alignments, no_limit, no_limit},
    {"text-rotation-alignment", "enum", "z", R"("auto")", "map viewport viewport-glyph auto", no_limit, no_limit},
    {"text-field", "formatted", "zft", R"("")", "", no_limit, no_limit},
    {"text-font", "array<string>", "zf", usual_fonts, "", no_limit, no_limit},
    {"text-size", "number", "zfi", "16", "", 0, no_limit},
    {"text-max-width", "number", "zfi", "10", "", 0, no_limit},
    {"text-line-height", "number", "zi", "1.2", "", no_limit, no_limit},
    {"text-letter-spacing", "number", "zfi", "0", "", no_limit, no_limit},
    {"text-justify", "enum", "zf", R"("center")", "auto left center right", no_limit, no_limit},
    {"text-radial-offset", "number", "zfi", "0", "", no_limit, no_limit},
    {"text-variable-anchor", "array<enum>", "z", "", anchors, no_limit, no_limit},
    {"text-variable-anchor-offset", "variableAnchorOffsetCollection", "zfi", "", "", no_limit, no_limit},
    {"text-anchor", "enum", "zf", R"("center")", anchors, no_limit, no_limit},
    {"text-max-angle", "number", "zi", "45", "", no_limit, no_limit},
    {"text-writing-mode", "array<enum>", "z", "", "horizontal vertical", no_limit, no_limit},
    {"text-rotate", "number", "zfi", "0", "", no_limit, no_limit},
    {"text-padding", "number", "zi", "2", "", 0, no_limit},
    {"text-keep-upright", "boolean", "z", "true", "", no_limit, no_limit},
    {"text-transform", "enum", "zf", R"("none")", "none uppercase lowercase", no_limit, no_limit},
    {"text-offset", "array<number,2>", "zfi", "[0,0]", "", no_limit, no_limit},
    {"text-allow-overlap", "boolean", "z", "false", "", no_limit, no_limit},
    {"text-overlap", "enum", "z", "", overlaps, no_limit, no_limit},
    {"text-ignore-placement", "boolean", "z", "false", "", no_limit, no_limit},
    {"text-optional", "boolean", "z", "false", "", no_limit, no_limit},
}};

constexpr std::array<PropertyRow, 14> symbol_paint{{
    {"icon-opacity", "number", "zfi", "1", "", 0, 1},
    {"icon-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"icon-halo-color", "color", "zfi", R"j("rgba(0, 0, 0, 0)")j", "", no_limit, no_limit},
    {"icon-halo-width", "number", "zfi", "0", "", 0, no_limit},
    {"icon-halo-blur", "number", "zfi", "0", "", 0, no_limit},
    {"icon-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"icon-translate-anchor", "enum", "z", R"("map")", symbol_planes, no_limit, no_limit},
    {"text-opacity", "number", "zfi", "1", "", 0, 1},
    {"text-color", "color", "zfi", R"("#000000")", "", no_limit, no_limit},
    {"text-halo-color", "color", "zfi", R"j("rgba(0, 0, 0, 0)")j", "", no_limit, no_limit},
    {"text-halo-width", "number", "zfi", "0", "", 0, no_limit},
    {"text-halo-blur", "number", "zfi", "0", "", 0, no_limit},
    {"text-translate", "array<number,2>", "zi", "[0,0]", "", no_limit, no_limit},
    {"text-translate-anchor", "enum", "z", R"("map")", symbol_planes, no_limit, no_limit},
}};

// clang-format on

}  // namespace

std::span<const PropertyRow> symbol_layout_rows() {
    return symbol_layout;
}

std::span<const PropertyRow> symbol_paint_rows() {
    return symbol_paint;
}

}  // namespace relief::stylesheet
