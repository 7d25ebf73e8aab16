// Values to pixels for one 256-pixel tile, form by form.
#include "tiler/render/paint.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>

namespace relief::render {
namespace {

constexpr PixelSize tile{256, 256};

Grid tile_of(const BandValues& band, std::size_t bands) {
    return {.size = tile,
            .bands = std::vector<BandValues>(bands, band),
            .coverage = Grid::Coverage::full,
            .weight = {}};
}

Grid with_holes(Grid grid) {
    grid.coverage = Grid::Coverage::partial;
    for (std::size_t i = 0; i < grid.cells(); ++i)
        grid.weight.push_back(i % 256 < 200 ? 1.0F : 0.0F);
    return grid;
}

template <typename Cell>
BandValues waves(double high) {
    std::vector<Cell> cells;
    for (int y = 0; y < tile.height; ++y)
        for (int x = 0; x < tile.width; ++x)
            cells.push_back(static_cast<Cell>(high * (0.5 + 0.5 * std::sin(0.05 * x + 0.03 * y))));
    return cells;
}

style::RasterStyle stretched(style::Rescale rescale, std::size_t outputs) {
    style::RasterStyle style;
    style.rescale.assign(outputs, rescale);
    for (std::size_t i = 0; i < outputs; ++i) style.bands.push_back(static_cast<int>(i) + 1);
    return style;
}

style::RasterStyle ramped(style::Rescale rescale) {
    auto style = stretched(rescale, 1);
    style::ColourRamp ramp;
    for (int i = 0; i < 256; ++i) ramp.colours.push_back({static_cast<std::uint8_t>(i), 0, 0, 255});
    style.colours = std::move(ramp);
    return style;
}

style::RasterStyle classed(double high) {
    auto style = stretched({}, 1);
    style.rescale.clear();
    style::ColourClasses classes;
    for (int i = 0; i < 6; ++i)
        classes.classes.push_back(
            {.low = i * high / 6, .high = (i + 1) * high / 6, .colour = {}, .label = {}});
    style.colours = std::move(classes);
    return style;
}

void run(benchmark::State& state, const Grid& grid, const style::RasterStyle& style) {
    for (auto step : state) benchmark::DoNotOptimize(paint(grid, style));
}

void paint_rgb_bytes_as_they_are(benchmark::State& state) {
    run(state, tile_of(waves<std::uint8_t>(255), 3), stretched({.low = 0, .high = 255}, 3));
}
BENCHMARK(paint_rgb_bytes_as_they_are);

void paint_rgb_u16_stretched(benchmark::State& state) {
    run(state, tile_of(waves<std::uint16_t>(4000), 3), stretched({.low = 100, .high = 3000}, 3));
}
BENCHMARK(paint_rgb_u16_stretched);

void paint_rgb_bytes_with_holes(benchmark::State& state) {
    run(state,
        with_holes(tile_of(waves<std::uint8_t>(255), 3)),
        stretched({.low = 0, .high = 255}, 3));
}
BENCHMARK(paint_rgb_bytes_with_holes);

void paint_float_ramp(benchmark::State& state) {
    run(state, tile_of(waves<float>(1), 1), ramped({.low = 0, .high = 1}));
}
BENCHMARK(paint_float_ramp);

void paint_float_ramp_with_holes(benchmark::State& state) {
    run(state, with_holes(tile_of(waves<float>(1), 1)), ramped({.low = 0, .high = 1}));
}
BENCHMARK(paint_float_ramp_with_holes);

void paint_byte_classes(benchmark::State& state) {
    run(state, tile_of(waves<std::uint8_t>(240), 1), classed(240));
}
BENCHMARK(paint_byte_classes);

void paint_float_classes(benchmark::State& state) {
    run(state, tile_of(waves<float>(1), 1), classed(1));
}
BENCHMARK(paint_float_classes);

void paint_normalised_difference(benchmark::State& state) {
    auto style = ramped({.low = -1, .high = 1});
    auto expression = style::BandExpression::parse("(b2-b1)/(b2+b1)", 2);
    if (!expression) return state.SkipWithError("the formula is not understood");
    style.bands = expression->bands();
    style.expression = std::move(*expression);
    run(state, tile_of(waves<std::uint16_t>(4000), 2), style);
}
BENCHMARK(paint_normalised_difference);

}  // namespace
}  // namespace relief::render
