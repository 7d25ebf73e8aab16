#include "tiler/render/outputs.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <iterator>
#include <span>
#include <type_traits>
#include <variant>

namespace relief::render {
namespace {

using style::BandExpression;

/// The grid's bands in the order in which the expression wants them.
std::vector<const BandValues*> wanted(const Grid& grid, const style::RasterStyle& style) {
    std::vector<const BandValues*> bands;
    for (const int number : style.expression->bands()) {
        const auto found = std::find(style.bands.begin(), style.bands.end(), number);
        assert(found != style.bands.end());
        bands.push_back(&grid.bands[static_cast<std::size_t>(found - style.bands.begin())]);
    }
    return bands;
}

bool needs_double(const BandValues& band) noexcept {
    return std::holds_alternative<std::vector<std::uint32_t>>(band) ||
           std::holds_alternative<std::vector<std::int32_t>>(band) ||
           std::holds_alternative<std::vector<double>>(band);
}

// Numbers of one block stay in the first-level cache on their way through the expression, and no
// band is copied whole.
constexpr std::size_t block = 2048;

/// A run of cells within a band.
struct CellRun {
    std::size_t start = 0;
    std::size_t count = 0;
};

/// The run as Number: the band's own cells, or copies in `room`.
template <typename Number>
std::span<const Number> numbers_of(const BandValues& band, CellRun run, std::vector<Number>& room) {
    return std::visit(
        [&]<typename Cell>(const std::vector<Cell>& all) -> std::span<const Number> {
            const auto cells = std::span(all).subspan(run.start, run.count);
            if constexpr (std::is_same_v<Cell, Number>) {
                return cells;
            } else {
                room.resize(run.count);
                std::transform(cells.begin(), cells.end(), room.begin(), [](Cell cell) {
                    return static_cast<Number>(cell);
                });
                return room;
            }
        },
        band);
}

template <typename Number>
std::vector<BandValues> evaluated_as(const BandExpression& expression,
                                     const std::vector<const BandValues*>& bands,
                                     std::size_t cells) {
    std::vector<std::vector<Number>> numbers(expression.outputs());
    for (auto& output : numbers) output.resize(cells);
    std::vector<std::vector<Number>> rooms(bands.size());
    std::vector<std::span<const Number>> inputs(bands.size());
    std::vector<std::span<Number>> results(numbers.size());
    for (std::size_t start = 0; start < cells; start += block) {
        const CellRun run{.start = start, .count = std::min(block, cells - start)};
        for (std::size_t i = 0; i < bands.size(); ++i)
            inputs[i] = numbers_of(*bands[i], run, rooms[i]);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            results[i] = std::span(numbers[i]).subspan(run.start, run.count);
        expression.evaluate(inputs, results);
    }
    return {std::move_iterator(numbers.begin()), std::move_iterator(numbers.end())};
}

}  // namespace

std::vector<BandValues> evaluated(const Grid& grid, const style::RasterStyle& style) {
    const auto bands = wanted(grid, style);
    const bool wide = std::any_of(
        bands.begin(), bands.end(), [](const auto* band) { return needs_double(*band); });
    return wide ? evaluated_as<double>(*style.expression, bands, grid.cells())
                : evaluated_as<float>(*style.expression, bands, grid.cells());
}

}  // namespace relief::render
