#pragma once
// Heights written along thick contour lines.

#include "tiler/render/contour_lines.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relief::render {

/// A pixel of the world's map at the picture's scale, counted from its north-western corner. Every
/// picture of that scale finds the same cells by it.
struct WorldPixel {
    std::int64_t column = 0;
    std::int64_t row = 0;
};

struct LabelRules {
    ContourRules lines;
    WorldPixel origin;  ///< of the picture's first pixel
    double ratio = 1;   ///< pixels for each CSS pixel
};

struct ContourLabel {
    int column = 0;  ///< of the pixel in its middle
    int row = 0;
    double angle = 0;         ///< radians, clockwise, above -pi/2 up to pi/2
    std::int32_t number = 0;  ///< of its line
};

/// At most one label in each cell of 128 CSS pixels that lies wholly in the picture, where a thick
/// line runs straightest. A label stays inside its cell, and tiles are whole cells: no tile cuts
/// one, and every picture that shows the cell shows the same label.
std::vector<ContourLabel> place_labels(const Surface& surface,
                                       const std::vector<std::int32_t>& numbers,
                                       const LabelRules& rules);

/// The height of a line as it is written: "1250", "0.5".
std::string label_of(std::int32_t number, double interval);

}  // namespace relief::render
