#include "tiler/render/outputs.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
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

template <typename Number>
std::vector<Number> converted(const BandValues& band) {
    return std::visit(
        [](const auto& cells) {
            std::vector<Number> numbers(cells.size());
            for (std::size_t i = 0; i < cells.size(); ++i)
                numbers[i] = static_cast<Number>(cells[i]);
            return numbers;
        },
        band);
}

template <typename Number>
std::vector<BandValues> evaluated_as(const BandExpression& expression,
                                     const std::vector<const BandValues*>& bands,
                                     std::size_t cells) {
    std::vector<std::vector<Number>> copies(bands.size());
    std::vector<std::span<const Number>> inputs(bands.size());
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (const auto* same = std::get_if<std::vector<Number>>(bands[i])) {
            inputs[i] = *same;
        } else {
            copies[i] = converted<Number>(*bands[i]);
            inputs[i] = copies[i];
        }
    }
    std::vector<std::vector<Number>> numbers(expression.outputs(), std::vector<Number>(cells));
    const std::vector<std::span<Number>> results(numbers.begin(), numbers.end());
    expression.evaluate(inputs, results);
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
