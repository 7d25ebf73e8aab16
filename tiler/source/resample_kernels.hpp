#pragma once
// The resampling kernels, one picture row at a time.

#include "tiler/core/boxes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace relief::source {

/// Positions of one picture row's centres in window cells: (0, 0) is the outer corner of the first
/// cell. Those outside the window are not finite.
struct RowPositions {
    std::span<const float> columns;
    std::span<const float> rows;
};

/// One band of a window. `weights` is null when every cell is data.
template <typename Cell>
struct Cells {
    const Cell* values;
    const std::uint8_t* weights;
    int width;
    int height;
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
        out.weights[k] =
            source.weights == nullptr ? 1.0F : static_cast<float>(source.weights[cell]) / 255.0F;
    }
}

/// A square of `taps` × `taps` cells around a position, with separable weights.
template <int taps>
struct Stencil {
    int column, row;  ///< of the first cell
    float across[taps];
    float down[taps];
};

inline Stencil<2> bilinear_stencil(float column, float row) noexcept {
    const float u = column - 0.5F;
    const float v = row - 0.5F;
    const int i = floor_of(u);
    const int j = floor_of(v);
    const float fx = u - static_cast<float>(i);
    const float fy = v - static_cast<float>(j);
    return {i, j, {1 - fx, fx}, {1 - fy, fy}};
}

/// Keys' cubic convolution with a = -1/2 (R. Keys, 1981), as GDAL and most of the field use it.
inline void cubic_weights(float f, float* w) noexcept {
    const float f2 = f * f;
    const float f3 = f2 * f;
    w[0] = -0.5F * f3 + f2 - 0.5F * f;
    w[1] = 1.5F * f3 - 2.5F * f2 + 1;
    w[2] = -1.5F * f3 + 2 * f2 + 0.5F * f;
    w[3] = 0.5F * f3 - 0.5F * f2;
}

inline Stencil<4> cubic_stencil(float column, float row) noexcept {
    const float u = column - 0.5F;
    const float v = row - 0.5F;
    const int i = floor_of(u);
    const int j = floor_of(v);
    Stencil<4> stencil{};
    stencil.column = i - 1;
    stencil.row = j - 1;
    cubic_weights(u - static_cast<float>(i), stencil.across);
    cubic_weights(v - static_cast<float>(j), stencil.down);
    return stencil;
}

template <int taps>
auto make_stencil(float column, float row) noexcept {
    if constexpr (taps == 2) return bilinear_stencil(column, row);
    if constexpr (taps == 4) return cubic_stencil(column, row);
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
            line += static_cast<Sum>(cell[x]) * static_cast<Sum>(s.across[x]);
        sum += line * static_cast<Sum>(s.down[y]);
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
            const float mask = source.weights == nullptr
                                   ? 1.0F
                                   : static_cast<float>(source.weights[cell]) / 255.0F;
            const float weight = s.across[x] * s.down[y] * mask;
            if (weight == 0) continue;
            sum.value += static_cast<Sum>(source.values[cell]) * static_cast<Sum>(weight);
            sum.weight += static_cast<Sum>(weight);
        }
    }
    return sum;
}

template <int taps, typename Cell>
void stencil_row(const Cells<Cell>& source, const RowPositions& at, const RowOut<Cell>& out) {
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const auto stencil = make_stencil<taps>(at.columns[k], at.rows[k]);
        const bool inside = stencil.column >= 0 && stencil.row >= 0 &&
                            stencil.column + taps <= source.width &&
                            stencil.row + taps <= source.height;
        if (inside && source.weights == nullptr) {
            out.values[k] = to_cell<Cell>(plain_sum(source, stencil));
            out.weights[k] = 1;
            continue;
        }
        const auto sum = weighted_sum(source, stencil);
        // Negative lobes of a cubic over holes can leave next to nothing to divide by.
        if (sum.weight < 1e-3) continue;
        out.values[k] = to_cell<Cell>(sum.value / sum.weight);
        out.weights[k] = std::min(1.0F, static_cast<float>(sum.weight));
    }
}

/// Cells [first, last) along one axis under a footprint, the outer two counted by the part that is
/// covered.
struct Coverage {
    int first, last;
    float head, tail;  ///< weights of the first and the last cell
    float of(int cell) const noexcept {
        if (cell == first) return head;
        return cell == last - 1 ? tail : 1.0F;
    }
};

inline Coverage cover(float centre, double width, int length) noexcept {
    // A footprint smaller than a cell takes the cell it lies in, as drawing larger than the data
    // must.
    const auto half = static_cast<float>(std::max(width, 1e-3) / 2);
    const float low = centre - half;
    const float high = centre + half;
    const int first = floor_of(low);
    const int last = std::max(first + 1, static_cast<int>(std::ceil(high)));
    const float head = std::min(high, static_cast<float>(first + 1)) - low;
    const float tail = last - 1 == first ? head : high - static_cast<float>(last - 1);
    const int inner_first = std::max(0, first);
    const int inner_last = std::min(length, last);
    return {inner_first,
            inner_last,
            inner_first == first ? head : 1.0F,
            inner_last == last ? tail : 1.0F};
}

template <typename Cell>
void average_row(const Cells<Cell>& source,
                 const RowPositions& at,
                 PixelPoint footprint,
                 const RowOut<Cell>& out) {
    using Sum = SumOf<Cell>;
    const auto area =
        static_cast<Sum>(std::max(footprint.column, 1e-3) * std::max(footprint.row, 1e-3));
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const Coverage across = cover(at.columns[k], footprint.column, source.width);
        const Coverage down = cover(at.rows[k], footprint.row, source.height);
        WeightedSum<Sum> sum;
        for (int row = down.first; row < down.last; ++row) {
            const std::size_t base =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(source.width);
            WeightedSum<Sum> line;
            for (int column = across.first; column < across.last; ++column) {
                const std::size_t cell = base + static_cast<std::size_t>(column);
                Sum weight = static_cast<Sum>(across.of(column));
                if (source.weights != nullptr)
                    weight *= static_cast<Sum>(source.weights[cell]) / 255;
                line.value += static_cast<Sum>(source.values[cell]) * weight;
                line.weight += weight;
            }
            sum.value += line.value * static_cast<Sum>(down.of(row));
            sum.weight += line.weight * static_cast<Sum>(down.of(row));
        }
        if (sum.weight <= 0) continue;
        out.values[k] = to_cell<Cell>(sum.value / sum.weight);
        out.weights[k] = std::min(1.0F, static_cast<float>(sum.weight / area));
    }
}

/// The value that covers most of the footprint; of two that cover the same, the smaller.
template <typename Cell>
void mode_row(const Cells<Cell>& source,
              const RowPositions& at,
              PixelPoint footprint,
              const RowOut<Cell>& out) {
    std::vector<std::pair<Cell, float>> counts;
    const auto area =
        static_cast<float>(std::max(footprint.column, 1e-3) * std::max(footprint.row, 1e-3));
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const Coverage across = cover(at.columns[k], footprint.column, source.width);
        const Coverage down = cover(at.rows[k], footprint.row, source.height);
        counts.clear();
        float total = 0;
        for (int row = down.first; row < down.last; ++row) {
            const std::size_t base =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(source.width);
            for (int column = across.first; column < across.last; ++column) {
                const std::size_t cell = base + static_cast<std::size_t>(column);
                float weight = across.of(column) * down.of(row);
                if (source.weights != nullptr)
                    weight *= static_cast<float>(source.weights[cell]) / 255.0F;
                if (weight <= 0) continue;
                total += weight;
                const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& c) {
                    return c.first == source.values[cell];
                });
                if (known == counts.end()) {
                    counts.emplace_back(source.values[cell], weight);
                } else {
                    known->second += weight;
                }
            }
        }
        if (counts.empty()) continue;
        const auto most =
            std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
                return a.second != b.second ? a.second < b.second : a.first > b.first;
            });
        out.values[k] = most->first;
        out.weights[k] = std::min(1.0F, total / area);
    }
}

}  // namespace relief::source
