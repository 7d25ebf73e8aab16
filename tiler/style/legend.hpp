#pragma once
// What the colours of a map mean, from the very style that draws it.

#include "tiler/core/picture.hpp"
#include "tiler/style/raster_style.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::style {

/// How a map draws one class of things, in small.
struct LegendSample {
    Picture picture;      ///< opaque RGBA, of the size and ratio below
    std::string address;  ///< the same as PNG in a "data:" address
};
inline constexpr PixelSize legend_sample_size{24, 18};  ///< CSS pixels
inline constexpr int legend_sample_ratio = 2;           ///< pixels a CSS pixel

struct LegendEntry {
    std::optional<double> value;                     ///< of a ramp's stop or an exact class
    std::optional<std::pair<double, double>> range;  ///< of a class of values
    std::string label;
    Colour colour;
    std::string shape{};  ///< "area", "line", "point" or "symbol"; empty: not told
    std::shared_ptr<const LegendSample> sample{};  ///< null: the colour tells all
};

struct Legend {
    enum class Kind { ramp, classes, symbols };
    std::string title;
    Kind kind = Kind::ramp;
    std::vector<LegendEntry> entries;
    std::string unit;  ///< empty: not stated
    std::optional<AlgorithmId> algorithm{};
};

/// Shape: a ramp has both ends, low first, and about six round stops between; a mask has what it
///        marks, whole and in part, and what it does not mark where that shows; classes that are
///        clear, or that by exact statistics no cell has, are left out; RGB pictures are `symbols`
///        with one entry for each channel that names its band and range.
///        An algorithm stands behind the title; lines and encoded heights are `symbols` too.
/// Units: of the band (scale and offset applied) or of the algorithm; none stated for an
/// expression.
Legend legend_of(const RasterStyle& style, const RasterDescription& raster, std::string title);

/// The JSON members title, kind, entries[{value|range|label, color, shape, image}], unit; with an
/// algorithm also `algorithm`, its row of the table.
std::string to_json(const Legend& legend);

}  // namespace relief::style
