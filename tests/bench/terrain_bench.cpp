// What a 256-pixel tile of heights costs beyond its reading.

#include "tiler/render/contours.hpp"
#include "tiler/render/height_colours.hpp"
#include "tiler/render/terrain.hpp"
#include "tiler/style/algorithm_request.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <limits>
#include <string>

namespace relief::render {
namespace {

constexpr int side = 256;

Surface hills(int margin, bool holes) {
    const int width = side + 2 * margin;
    Surface surface{.size = {width, width}, .margin = margin, .whole = !holes, .heights = {}};
    for (int row = 0; row < width; ++row)
        for (int column = 0; column < width; ++column) {
            const bool hole = holes && column > 200;
            surface.heights.push_back(
                hole ? std::numeric_limits<float>::quiet_NaN()
                     : 800 + 200 * std::sin(static_cast<float>(column) * 0.05F) +
                           150 * std::cos(static_cast<float>(row) * 0.04F));
        }
    return surface;
}

Ground ground() {
    return {.east = std::vector<double>(side, 30), .north = std::vector<double>(side, 30)};
}

style::AlgorithmCall call(const char* name) {
    return style::asked_algorithm({name, {}}).value().value();
}

void shade(benchmark::State& state, const char* name, bool holes) {
    const auto surface = hills(terrain_margin, holes);
    const auto distances = ground();
    const auto algorithm = call(name);
    for (auto step : state) benchmark::DoNotOptimize(terrain(surface, distances, algorithm));
}

void lines(benchmark::State& state, bool labels) {
    ContourOrder order;
    order.rules.lines = {.interval = 20, .major = 5, .thin = 1, .thick = 1.8};
    const auto fonts = text::Fonts::open();
    if (labels && fonts) order.fonts = &*fonts;
    const auto surface = hills(contour_margin(order.rules.lines), false);
    for (auto step : state) benchmark::DoNotOptimize(contours(surface, order));
}

void encode(benchmark::State& state) {
    const auto surface = hills(0, false);
    const auto algorithm = call("terrainrgb");
    for (auto step : state) benchmark::DoNotOptimize(height_colours(surface, algorithm));
}

BENCHMARK_CAPTURE(shade, hillshade, "hillshade", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(shade, hillshade_with_holes, "hillshade", true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(shade, multidirectional, "multidirectional", false)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(shade, slope, "slope", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(shade, aspect, "aspect", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(lines, contours, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(lines, contours_with_labels, true)->Unit(benchmark::kMicrosecond);
BENCHMARK(encode)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace relief::render
