#include "tiler/render/levels.hpp"

#include "tiler/core/vectorised.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>

namespace relief::render {
namespace {

template <typename Number>
struct Stretch {
    Number low;
    Number scale;
};

// 8 and 16-bit integers are exact in float; 32-bit integers are not.
template <typename Cell>
using Exact = std::conditional_t<(sizeof(Cell) < 4) || std::is_same_v<Cell, float>, float, double>;

template <typename Number>
bool fits(const style::Rescale& rescale) noexcept {
    constexpr double largest = std::numeric_limits<Number>::max();
    return std::abs(rescale.low) <= largest && std::abs(rescale.high) <= largest;
}

template <typename Number>
Stretch<Number> stretch_of(const style::Rescale& rescale) noexcept {
    return {static_cast<Number>(rescale.low),
            static_cast<Number>(255.0 / (rescale.high - rescale.low))};
}

template <typename Cell, typename Number>
RELIEF_VECTORISED void apply(Stretch<Number> stretch,
                             std::span<const Cell> cells,
                             std::span<std::uint8_t> levels) {
    const auto count = cells.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Number level = (static_cast<Number>(cells[i]) - stretch.low) * stretch.scale;
        // Written so that NaN, for which no comparison holds, becomes 0 before the cast.
        const Number positive = level > 0 ? level : Number{0};
        const Number bounded = positive < 255 ? positive : Number{255};
        levels[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(bounded + Number{0.5}));
    }
}

template <typename Cell, typename Number>
void apply_threshold(Number threshold,
                     std::span<const Cell> cells,
                     std::span<std::uint8_t> levels) {
    const auto count = cells.size();
    for (std::size_t i = 0; i < count; ++i)
        levels[i] = static_cast<Number>(cells[i]) < threshold ? 0 : 255;
}

template <typename Number, typename Cell>
void stretch_as(const style::Rescale& rescale,
                std::span<const Cell> cells,
                std::span<std::uint8_t> levels) {
    if (rescale.low == rescale.high)
        apply_threshold(static_cast<Number>(rescale.low), cells, levels);
    else
        apply(stretch_of<Number>(rescale), cells, levels);
}

template <typename Cell>
std::vector<std::uint8_t> stretched(const style::Rescale& rescale, std::span<const Cell> cells) {
    std::vector<std::uint8_t> levels(cells.size());
    if (fits<Exact<Cell>>(rescale))
        stretch_as<Exact<Cell>>(rescale, cells, std::span(levels));
    else
        stretch_as<double>(rescale, cells, std::span(levels));
    return levels;
}

std::vector<std::uint8_t> looked_up(const style::Rescale& rescale,
                                    std::span<const std::uint8_t> cells) {
    std::array<std::uint8_t, 256> every{};
    std::iota(every.begin(), every.end(), std::uint8_t{0});
    const auto levels_of_every = stretched<std::uint8_t>(rescale, every);
    const std::uint8_t* const table = levels_of_every.data();

    std::vector<std::uint8_t> levels(cells.size());
    std::transform(
        cells.begin(), cells.end(), levels.begin(), [table](std::uint8_t v) { return table[v]; });
    return levels;
}

template <typename Cell>
bool holds_nan(std::span<const Cell> cells) {
    // No early end: the loop is vectorised, and as a rule there is no NaN to stop at.
    std::uint32_t found = 0;
    const auto count = cells.size();
    for (std::size_t i = 0; i < count; ++i)
        found |= static_cast<std::uint32_t>(std::isnan(cells[i]));
    return found != 0;
}

template <typename Cell>
void clear_nan(std::span<const Cell> cells, std::span<std::uint8_t> alpha) {
    const auto count = cells.size();
    for (std::size_t i = 0; i < count; ++i)
        alpha[i] = std::isnan(cells[i]) ? std::uint8_t{0} : alpha[i];
}

std::vector<std::uint8_t> alpha_of_weights(const Grid& grid) {
    std::vector<std::uint8_t> alpha;
    if (grid.coverage == Grid::Coverage::none) alpha.assign(grid.cells(), 0);
    if (grid.coverage != Grid::Coverage::partial) return alpha;
    alpha = stretched<float>({.low = 0, .high = 1}, grid.weight);
    const bool opaque = std::all_of(alpha.begin(), alpha.end(), [](auto a) { return a == 255; });
    if (opaque) alpha.clear();
    return alpha;
}

}  // namespace

Levels levels_of(const BandValues& band, const style::Rescale& rescale) {
    return std::visit(
        [&]<typename Cell>(const std::vector<Cell>& cells) {
            if constexpr (std::is_same_v<Cell, std::uint8_t>) {
                if (rescale == style::Rescale{.low = 0, .high = 255})
                    return Levels{std::span(cells)};
                return Levels{looked_up(rescale, cells)};
            } else {
                return Levels{stretched<Cell>(rescale, cells)};
            }
        },
        band);
}

std::vector<std::uint8_t> alpha_of(const Grid& grid, std::span<const BandValues> outputs) {
    auto alpha = alpha_of_weights(grid);
    if (grid.coverage == Grid::Coverage::none) return alpha;
    for (const auto& output : outputs) {
        std::visit(
            [&]<typename Cell>(const std::vector<Cell>& cells) {
                if constexpr (std::is_floating_point_v<Cell>) {
                    if (!holds_nan<Cell>(cells)) return;
                    if (alpha.empty()) alpha.assign(cells.size(), 255);
                    clear_nan<Cell>(cells, alpha);
                }
            },
            output);
    }
    return alpha;
}

}  // namespace relief::render
