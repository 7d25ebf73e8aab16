#pragma once
// What the colours of a map mean, from the very style that draws it.

#include "tiler/style/raster_style.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::style {

struct LegendEntry {
    std::optional<double> value;                     ///< of a ramp's stop or an exact class
    std::optional<std::pair<double, double>> range;  ///< of a class of values
    std::string label;
    Colour colour;
    std::string shape{};  ///< of a symbol: "area", "line" or "point"; empty: not told
};

struct Legend {
    enum class Kind { ramp, classes, symbols };
    std::string title;
    Kind kind = Kind::ramp;
    std::vector<LegendEntry> entries;
    std::string unit;  ///< empty: not stated
    std::optional<AlgorithmId> algorithm{};
};

/// Shape: a ramp has both ends, low first, and about six round stops between; classes that are
///        clear, or that by exact statistics no cell has, are left out; RGB pictures are `symbols`
///        with one entry for each channel that names its band and range.
///        An algorithm stands behind the title; lines and encoded heights are `symbols` too.
/// Units: of the band (scale and offset applied) or of the algorithm; none stated for an
/// expression.
Legend legend_of(const RasterStyle& style, const RasterDescription& raster, std::string title);

/// The JSON members title, kind, entries[{value|range|label, color, shape}], unit; with an
/// algorithm also `algorithm`, its row of the table.
std::string to_json(const Legend& legend);

}  // namespace relief::style
