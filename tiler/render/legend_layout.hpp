#pragma once
// Where each part of a legend stands, for its picture and its SVG alike.

#include "tiler/core/boxes.hpp"
#include "tiler/core/colour.hpp"
#include "tiler/style/legend.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::render {

/// Units: CSS pixels, here and in all that follows.
struct Rectangle {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

struct Writing {
    enum class Anchor { left, centre, right };
    std::string text;  ///< printable
    int pixels = 12;
    int x = 0;  ///< of the anchor
    int baseline = 0;
    Anchor anchor = Anchor::left;
    bool muted = false;
};

struct Swatch {
    Rectangle place;
    Colour colour;
    std::shared_ptr<const style::LegendSample> sample{};  ///< in the colour's place
};

struct BarStop {
    double position = 0;  ///< 0 to 1 from the left
    Colour colour;
};

struct Bar {
    Rectangle place;
    std::vector<BarStop> stops;  ///< ascending, first 0, last 1
    std::vector<int> ticks;      ///< columns
};

struct LegendLayout {
    PixelSize size;
    std::vector<Writing> writings;
    std::vector<Swatch> swatches;
    std::optional<Bar> bar;
};

struct LayoutRules {
    /// Width of a text at a size.
    std::function<double(std::string_view, int)> width_of;
    int highest = 4096;
};

/// Ramps as a bar with ticks, whose labels give way to each other; ramps of one value, classes and
/// symbols as rows. Rows that would pass the greatest height are counted in a last line. A title
/// that runs from right to left puts the swatches on the right.
LegendLayout lay_out(const style::Legend& legend, const LayoutRules& rules);

/// Length of a bar's tick below the bar.
inline constexpr int tick_length = 4;

}  // namespace relief::render
