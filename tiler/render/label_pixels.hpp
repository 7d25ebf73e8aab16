#pragma once
// The letters of a contour's label, turned along its line.

#include "tiler/core/grid.hpp"
#include "tiler/text/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relief::render {

// Units: CSS pixels.
inline constexpr double label_em = 10;
inline constexpr double label_rim = 1.4;  ///< width of the light rim around letters

/// One label's pixels: coverage of the letters, and of them with a rim.
struct LabelPixels {
    PixelSize size;
    int left = 0;  ///< of its first pixel, from the label's middle
    int top = 0;
    std::vector<std::uint8_t> letters;
    std::vector<std::uint8_t> rim;
};

struct LabelPose {
    double angle;  ///< radians, clockwise
    double ratio;  ///< pixels for each CSS pixel
};

/// A line of figures in the house font, turned about its middle.
LabelPixels draw_label(const text::Fonts& fonts, const std::string& words, LabelPose pose);

}  // namespace relief::render
