#pragma once
// The inner loops of bilinear resampling, without branches, so that the compiler makes vectors.

#include "tiler/core/vectorised.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace relief::source {

/// Positions are worked on in parts that stay in the nearest cache.
inline constexpr std::size_t bilinear_part = 256;

/// Two neighbours of a row, moved as one.
template <typename Cell>
struct CellPair {
    Cell left, right;
};

/// The four cells around each position of a part.
template <typename Cell>
struct Corners {
    std::array<CellPair<Cell>, bilinear_part> upper, lower;
};

/// Where each position of a part lies between its four cells: 0 to 1.
struct Shares {
    const float* across;
    const float* down;
    std::size_t size;
};

/// First cell of each position and its shares of the four.
struct BilinearPlaces {
    float* across;
    float* down;
    std::int32_t* cells;
};

/// Every position is at least half a cell inside the window, whose rows have `width` cells.
RELIEF_VECTORISED inline void place_inside(const RowPositions& at,
                                           int width,
                                           const BilinearPlaces& out) noexcept {
    const float* const columns = at.columns.data();
    const float* const rows = at.rows.data();
    float* __restrict const across = out.across;
    float* __restrict const down = out.down;
    std::int32_t* __restrict const cells = out.cells;
    const std::size_t size = at.columns.size();
    for (std::size_t k = 0; k < size; ++k) {
        // Inside, nothing is negative: cutting the fraction off is the floor.
        const float u = columns[k] - 0.5F;
        const float v = rows[k] - 0.5F;
        const auto column = static_cast<std::int32_t>(u);
        const auto row = static_cast<std::int32_t>(v);
        across[k] = u - static_cast<float>(column);
        down[k] = v - static_cast<float>(row);
        cells[k] = row * width + column;
    }
}

/// A mean of cells lies between them: there is nothing to clamp.
template <typename Cell>
Cell to_cell_within(float value) noexcept {
    constexpr float half = 0.5F;
    if constexpr (std::is_floating_point_v<Cell>) {
        return value;
    } else if constexpr (std::is_signed_v<Cell>) {
        return static_cast<Cell>(floor_of(value + half));
    } else {
        return static_cast<Cell>(static_cast<std::int32_t>(value + half));
    }
}

/// All four cells are data.
template <typename Cell>
RELIEF_VECTORISED void blend(const Corners<Cell>& corners,
                             const Shares& shares,
                             Cell* out) noexcept {
    const float* const across = shares.across;
    const float* const down = shares.down;
    Cell* __restrict const to = out;
    const std::size_t size = shares.size;
    for (std::size_t k = 0; k < size; ++k) {
        const float left = 1 - across[k];
        const float upper = static_cast<float>(corners.upper[k].left) * left +
                            static_cast<float>(corners.upper[k].right) * across[k];
        const float lower = static_cast<float>(corners.lower[k].left) * left +
                            static_cast<float>(corners.lower[k].right) * across[k];
        to[k] = to_cell_within<Cell>(upper * (1 - down[k]) + lower * down[k]);
    }
}

/// What a cell adds to a mean: nothing without weight, whatever number stands there.
template <typename Cell>
float counted(Cell cell, std::uint8_t weight) noexcept {
    return weight == 0 ? 0.0F : static_cast<float>(cell);
}

/// Cells weigh 0 to 255; a position whose cells weigh next to nothing gets the value 0. In three
/// loops: of one with all these choices the compiler makes no vectors.
/// Mask: out.weights is 0 to 1.
template <typename Cell>
RELIEF_VECTORISED void blend_weighed(const Corners<Cell>& corners,
                                     const Corners<std::uint8_t>& weights,
                                     const Shares& shares,
                                     const RowOut<Cell>& out) noexcept {
    const float* const across = shares.across;
    const float* const down = shares.down;
    Cell* __restrict const values = out.values;
    float* __restrict const weighed = out.weights;
    std::array<float, bilinear_part> sums{};
    const std::size_t size = shares.size;
    for (std::size_t k = 0; k < size; ++k) {
        const float left = 1 - across[k];
        const float up = 1 - down[k];
        const float w0 = left * up * (static_cast<float>(weights.upper[k].left) / 255.0F);
        const float w1 = across[k] * up * (static_cast<float>(weights.upper[k].right) / 255.0F);
        const float w2 = left * down[k] * (static_cast<float>(weights.lower[k].left) / 255.0F);
        const float w3 =
            across[k] * down[k] * (static_cast<float>(weights.lower[k].right) / 255.0F);
        sums[k] = counted(corners.upper[k].left, weights.upper[k].left) * w0 +
                  counted(corners.upper[k].right, weights.upper[k].right) * w1 +
                  counted(corners.lower[k].left, weights.lower[k].left) * w2 +
                  counted(corners.lower[k].right, weights.lower[k].right) * w3;
        weighed[k] = w0 + w1 + w2 + w3;
    }
    for (std::size_t k = 0; k < size; ++k) {
        const float divisor = weighed[k] < least_weight ? least_weight : weighed[k];
        const float counts = weighed[k] < least_weight ? 0.0F : 1.0F;
        values[k] = to_cell_within<Cell>(sums[k] / divisor * counts);
    }
    for (std::size_t k = 0; k < size; ++k) {
        const float weight = weighed[k] < least_weight ? 0.0F : weighed[k];
        weighed[k] = weight < 1.0F ? weight : 1.0F;
    }
}

}  // namespace relief::source
