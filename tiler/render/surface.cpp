#include "tiler/render/surface.hpp"

#include <algorithm>
#include <limits>

namespace relief::render {
namespace {

constexpr float hole = std::numeric_limits<float>::quiet_NaN();

template <typename Cell>
void to_metres(std::span<const Cell> cells, const style::Heights& by, std::span<float> metres) {
    const auto scale = static_cast<float>(by.scale);
    const auto offset = static_cast<float>(by.offset);
    const auto count = cells.size();
    if (by.scale == 1 && by.offset == 0) {
        for (std::size_t i = 0; i < count; ++i) metres[i] = static_cast<float>(cells[i]);
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        metres[i] = static_cast<float>(cells[i]) * scale + offset;
}

void cut_holes(std::span<const float> weight, std::span<float> metres) {
    const auto count = weight.size();
    for (std::size_t i = 0; i < count; ++i) metres[i] = weight[i] > 0 ? metres[i] : hole;
}

}  // namespace

Surface surface_of(const Grid& grid, const style::Heights& heights, int margin) {
    Surface surface{.size = grid.size,
                    .margin = margin,
                    .whole = grid.coverage == Grid::Coverage::full,
                    .heights = std::vector<float>(grid.cells(), hole)};
    if (grid.coverage == Grid::Coverage::none) return surface;
    std::visit(
        [&]<typename Cell>(const std::vector<Cell>& cells) {
            to_metres<Cell>(cells, heights, surface.heights);
        },
        grid.bands.front());
    if (grid.coverage == Grid::Coverage::partial) cut_holes(grid.weight, surface.heights);
    return surface;
}

Grid without_margin(const Grid& grid, int margin) {
    Grid inner{.size = {grid.size.width - 2 * margin, grid.size.height - 2 * margin},
               .bands = {},
               .coverage = grid.coverage,
               .weight = {}};
    if (grid.coverage != Grid::Coverage::partial) return inner;
    inner.weight.reserve(inner.cells());
    for (int row = 0; row < inner.size.height; ++row) {
        const auto first = grid.weight.begin() +
                           static_cast<std::ptrdiff_t>(row + margin) * grid.size.width + margin;
        inner.weight.insert(inner.weight.end(), first, first + inner.size.width);
    }
    return inner;
}

}  // namespace relief::render
