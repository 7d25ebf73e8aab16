#pragma once
// Surfaces and ground for the tests of terrain.

#include "tiler/render/surface.hpp"
#include "tiler/style/algorithm_request.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string_view>

namespace relief::render {

/// A height for each column and row of the picture; both begin below 0, in the margin.
using Shape = std::function<double(int, int)>;

inline Surface surface_like(PixelSize inner, int margin, const Shape& shape) {
    Surface surface{.size = {inner.width + 2 * margin, inner.height + 2 * margin},
                    .margin = margin,
                    .whole = true,
                    .heights = {}};
    for (int row = -margin; row < inner.height + margin; ++row)
        for (int column = -margin; column < inner.width + margin; ++column) {
            surface.heights.push_back(static_cast<float>(shape(column, row)));
            surface.whole = surface.whole && !std::isnan(surface.heights.back());
        }
    return surface;
}

inline Ground square_ground(int rows, double metres) {
    return {.east = std::vector<double>(static_cast<std::size_t>(rows), metres),
            .north = std::vector<double>(static_cast<std::size_t>(rows), metres)};
}

inline style::AlgorithmCall call_of(std::string_view name, std::string_view parameters = {}) {
    const auto call = style::asked_algorithm({name, parameters});
    EXPECT_TRUE(call && *call) << name << ' ' << parameters;
    return call && *call ? **call : style::AlgorithmCall{};
}

}  // namespace relief::render
