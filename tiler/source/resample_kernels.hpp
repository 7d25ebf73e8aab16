#pragma once
// The resampling kernels that look at the cells around a point, one picture row at a time.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

namespace relief::source {

/// Positions of one picture row's centres in window cells: (0, 0) is the outer corner of the first
/// cell. Those outside the window are not finite.
struct RowPositions {
    std::span<const float> columns;
    std::span<const float> rows;
};

/// One of them.
struct CellPoint {
    float column, row;
};

/// One band of a window. `weights` is null when every cell is data.
template <typename Cell>
struct Cells {
    const Cell* values;
    const std::uint8_t* weights;
    int width;
    int height;

    /// Shape: 0 to 1.
    float weight(std::size_t cell) const noexcept {
        return weights == nullptr ? 1.0F : static_cast<float>(weights[cell]) / 255.0F;
    }
};

template <typename Cell>
struct RowOut {
    Cell* values;
    float* weights;
};

/// Sums in float are exact enough for up to 24 bits; 32-bit integers and doubles are summed in
/// double.
template <typename Cell>
using SumOf =
    std::conditional_t<(sizeof(Cell) > 4 || (std::is_integral_v<Cell> && sizeof(Cell) == 4)),
                       double,
                       float>;

template <typename Cell, typename Sum>
Cell to_cell(Sum value) noexcept {
    if constexpr (std::is_integral_v<Cell>) {
        // Cubic overshoots: clamp before rounding.
        constexpr auto low = static_cast<Sum>(std::numeric_limits<Cell>::lowest());
        constexpr auto high = static_cast<Sum>(std::numeric_limits<Cell>::max());
        if (value <= low) return std::numeric_limits<Cell>::lowest();
        if (value >= high) return std::numeric_limits<Cell>::max();
        return static_cast<Cell>(std::is_signed_v<Cell> ? std::floor(value + Sum(0.5))
                                                        : value + Sum(0.5));
    } else {
        return static_cast<Cell>(value);
    }
}

inline int floor_of(float value) noexcept {
    const int whole = static_cast<int>(value);
    return whole - (static_cast<float>(whole) > value ? 1 : 0);
}

template <typename Cell>
void nearest_row(const Cells<Cell>& source, const RowPositions& at, const RowOut<Cell>& out) {
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const int column = floor_of(at.columns[k]);
        const int row = floor_of(at.rows[k]);
        if (column < 0 || row < 0 || column >= source.width || row >= source.height) continue;
        const std::size_t cell =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(source.width) +
            static_cast<std::size_t>(column);
        out.values[k] = source.values[cell];
        out.weights[k] = source.weight(cell);
    }
}

/// A square of `taps` × `taps` cells around a position, with separable weights.
template <int taps>
struct Stencil {
    int column, row;  ///< of the first cell
    std::array<float, static_cast<std::size_t>(taps)> across;
    std::array<float, static_cast<std::size_t>(taps)> down;
};

inline Stencil<2> bilinear_stencil(CellPoint at) noexcept {
    const float u = at.column - 0.5F;
    const float v = at.row - 0.5F;
    const int i = floor_of(u);
    const int j = floor_of(v);
    const float fx = u - static_cast<float>(i);
    const float fy = v - static_cast<float>(j);
    return {i, j, {1 - fx, fx}, {1 - fy, fy}};
}

/// Keys' cubic convolution with a = -1/2 (R. Keys, 1981), as GDAL and most of the field use it.
inline std::array<float, 4> cubic_weights(float f) noexcept {
    const float f2 = f * f;
    const float f3 = f2 * f;
    return {-0.5F * f3 + f2 - 0.5F * f,
            1.5F * f3 - 2.5F * f2 + 1,
            -1.5F * f3 + 2 * f2 + 0.5F * f,
            0.5F * f3 - 0.5F * f2};
}

inline Stencil<4> cubic_stencil(CellPoint at) noexcept {
    const float u = at.column - 0.5F;
    const float v = at.row - 0.5F;
    const int i = floor_of(u);
    const int j = floor_of(v);
    return {i - 1,
            j - 1,
            cubic_weights(u - static_cast<float>(i)),
            cubic_weights(v - static_cast<float>(j))};
}

template <int taps>
auto make_stencil(CellPoint at) noexcept {
    if constexpr (taps == 2) return bilinear_stencil(at);
    if constexpr (taps == 4) return cubic_stencil(at);
}

/// Every cell of the stencil is inside and data.
template <int taps, typename Cell>
SumOf<Cell> plain_sum(const Cells<Cell>& source, const Stencil<taps>& s) noexcept {
    using Sum = SumOf<Cell>;
    const Cell* cell = source.values + static_cast<std::ptrdiff_t>(s.row) * source.width + s.column;
    Sum sum = 0;
    for (int y = 0; y < taps; ++y, cell += source.width) {
        Sum line = 0;
        for (int x = 0; x < taps; ++x)
            line +=
                static_cast<Sum>(cell[x]) * static_cast<Sum>(s.across[static_cast<std::size_t>(x)]);
        sum += line * static_cast<Sum>(s.down[static_cast<std::size_t>(y)]);
    }
    return sum;
}

template <typename Sum>
struct WeightedSum {
    Sum value = 0;
    Sum weight = 0;
};

/// Cells outside the window or without data do not count.
template <int taps, typename Cell>
WeightedSum<SumOf<Cell>> weighted_sum(const Cells<Cell>& source, const Stencil<taps>& s) noexcept {
    using Sum = SumOf<Cell>;
    WeightedSum<Sum> sum;
    for (int y = 0; y < taps; ++y) {
        const int row = s.row + y;
        if (row < 0 || row >= source.height) continue;
        for (int x = 0; x < taps; ++x) {
            const int column = s.column + x;
            if (column < 0 || column >= source.width) continue;
            const std::size_t cell =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(source.width) +
                static_cast<std::size_t>(column);
            const float weight = s.across[static_cast<std::size_t>(x)] *
                                 s.down[static_cast<std::size_t>(y)] * source.weight(cell);
            if (weight == 0) continue;
            sum.value += static_cast<Sum>(source.values[cell]) * static_cast<Sum>(weight);
            sum.weight += static_cast<Sum>(weight);
        }
    }
    return sum;
}

/// Negative lobes of a cubic over holes can leave next to nothing to divide by.
inline constexpr float least_weight = 1e-3F;

template <int taps, typename Cell>
void stencil_row(const Cells<Cell>& source, const RowPositions& at, const RowOut<Cell>& out) {
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const auto stencil = make_stencil<taps>({at.columns[k], at.rows[k]});
        const bool inside = stencil.column >= 0 && stencil.row >= 0 &&
                            stencil.column + taps <= source.width &&
                            stencil.row + taps <= source.height;
        if (inside && source.weights == nullptr) {
            out.values[k] = to_cell<Cell>(plain_sum(source, stencil));
            out.weights[k] = 1;
            continue;
        }
        const auto sum = weighted_sum(source, stencil);
        if (sum.weight < least_weight) continue;
        out.values[k] = to_cell<Cell>(sum.value / sum.weight);
        out.weights[k] = std::min(1.0F, static_cast<float>(sum.weight));
    }
}

}  // namespace relief::source
