#pragma once
// Styles of every form, and grids to paint with them.

#include "tiler/render/paint.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace relief::render {

using style::ColourClasses;
using style::ColourRamp;
using style::RasterStyle;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Level i shows (i, 0, 255 − i): from blue to red, every colour its own.
inline ColourRamp blue_to_red() {
    ColourRamp ramp;
    for (int i = 0; i < 256; ++i)
        ramp.colours.push_back(
            {static_cast<std::uint8_t>(i), 0, static_cast<std::uint8_t>(255 - i), 255});
    return ramp;
}

inline RasterStyle ramp_style() {
    RasterStyle style;
    style.bands = {1};
    style.rescale = {{.low = 0, .high = 1}};
    style.colours = blue_to_red();
    return style;
}

inline RasterStyle grey_style() {
    auto style = ramp_style();
    style.colours.reset();
    return style;
}

inline RasterStyle rgb_style() {
    RasterStyle style;
    style.bands = {1, 2, 3};
    style.rescale = {{.low = 0, .high = 1}, {.low = 0, .high = 1}, {.low = 0, .high = 1}};
    return style;
}

inline RasterStyle class_style(std::vector<style::ColourClass> classes) {
    RasterStyle style;
    style.bands = {1};
    style.colours = ColourClasses{std::move(classes)};
    return style;
}

inline RasterStyle water_classes() {
    return class_style({{.low = 0, .high = 0.5, .colour = {0, 255, 0, 255}, .label = {}},
                        {.low = 0.5, .high = 1, .colour = {255, 0, 0, 128}, .label = {}}});
}

inline std::vector<RasterStyle> every_form() {
    return {ramp_style(), grey_style(), rgb_style(), water_classes()};
}

/// Three bands of random values, some outside 0..1, none NaN.
inline Grid random_grid(unsigned seed) {
    std::mt19937 source(seed);
    std::uniform_real_distribution<float> value(-0.2F, 1.2F);
    Grid grid{.size = {37, 11}, .bands = {}, .coverage = Grid::Coverage::full, .weight = {}};
    for (int band = 0; band < 3; ++band) {
        std::vector<float> cells(grid.cells());
        std::generate(cells.begin(), cells.end(), [&] { return value(source); });
        grid.bands.emplace_back(std::move(cells));
    }
    return grid;
}

inline Grid for_style(Grid grid, const RasterStyle& style) {
    grid.bands.resize(style.bands.size());
    return grid;
}

inline Grid with_weights(Grid grid, std::vector<float> weight) {
    grid.coverage = Grid::Coverage::partial;
    grid.weight = std::move(weight);
    return grid;
}

}  // namespace relief::render
