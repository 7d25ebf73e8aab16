#pragma once
// Bilinear resampling of a picture row whose cells all lie inside the window and all hold data.

#include "tiler/core/boxes.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace relief::source {

/// The positions of one row, worked out once for all bands. Gives the numbers of stencil_row<2>()
/// to the last bit: the same sums in the same order, in steps that the compiler makes vectors of.
class BilinearRow {
public:
    /// False when some position needs a cell outside the window.
    bool prepare(const RowPositions& at, PixelSize window) {
        const std::size_t size = at.columns.size();
        for (auto* values : {&across_, &down_}) values->resize(size);
        cells_.resize(size);
        if (window.width < 2 || window.height < 2 || !all_inside(at, window)) return false;
        for (std::size_t k = 0; k < size; ++k) {
            // Inside, nothing is negative: cutting the fraction off is the floor.
            const float u = at.columns[k] - 0.5F;
            const float v = at.rows[k] - 0.5F;
            const auto column = static_cast<std::int32_t>(u);
            const auto row = static_cast<std::int32_t>(v);
            across_[k] = u - static_cast<float>(column);
            down_[k] = v - static_cast<float>(row);
            cells_[k] = row * window.width + column;
        }
        return true;
    }

    /// Types whose cells fit a float; the others are summed in double.
    template <typename Cell>
    static constexpr bool takes = std::is_same_v<SumOf<Cell>, float>;

    /// The window of this band is that of prepare().
    template <typename Cell>
    void sample(const Cells<Cell>& source, Cell* out) const {
        static_assert(takes<Cell>);
        for (std::size_t begin = 0; begin < cells_.size(); begin += part) {
            const std::size_t size = std::min(part, cells_.size() - begin);
            Corners<Cell> corners{};
            collect(source, begin, size, corners);
            blend(corners, begin, size, out + begin);
        }
    }

private:
    /// Small enough to stay in the nearest cache.
    static constexpr std::size_t part = 256;

    template <typename Cell>
    struct Corners {
        std::array<Cell, part> upper_left, upper_right, lower_left, lower_right;
    };

    static bool all_inside(const RowPositions& at, PixelSize window) {
        const float right = static_cast<float>(window.width) - 0.5F;
        const float bottom = static_cast<float>(window.height) - 0.5F;
        // "Not a number" is not inside; no branch, so that the compiler makes vectors of it.
        unsigned outside = 0;
        for (std::size_t k = 0; k < at.columns.size(); ++k) {
            const float x = at.columns[k];
            const float y = at.rows[k];
            outside |= static_cast<unsigned>(!(x >= 0.5F)) | static_cast<unsigned>(!(x < right)) |
                       static_cast<unsigned>(!(y >= 0.5F)) | static_cast<unsigned>(!(y < bottom));
        }
        return outside == 0;
    }

    template <typename Cell>
    void collect(const Cells<Cell>& source,
                 std::size_t begin,
                 std::size_t size,
                 Corners<Cell>& corners) const {
        for (std::size_t k = 0; k < size; ++k) {
            const Cell* const cell = source.values + cells_[begin + k];
            corners.upper_left[k] = cell[0];
            corners.upper_right[k] = cell[1];
            corners.lower_left[k] = cell[source.width];
            corners.lower_right[k] = cell[source.width + 1];
        }
    }

    template <typename Cell>
    void blend(const Corners<Cell>& corners, std::size_t begin, std::size_t size, Cell* out) const {
        const float* const across = across_.data() + begin;
        const float* const down = down_.data() + begin;
        for (std::size_t k = 0; k < size; ++k) {
            const float left = 1 - across[k];
            const float upper = static_cast<float>(corners.upper_left[k]) * left +
                                static_cast<float>(corners.upper_right[k]) * across[k];
            const float lower = static_cast<float>(corners.lower_left[k]) * left +
                                static_cast<float>(corners.lower_right[k]) * across[k];
            out[k] = to_cell_within<Cell>(upper * (1 - down[k]) + lower * down[k]);
        }
    }

    /// A mean of cells lies between them: there is nothing to clamp.
    template <typename Cell>
    static Cell to_cell_within(float value) noexcept {
        constexpr float half = 0.5F;
        if constexpr (std::is_floating_point_v<Cell>) {
            return value;
        } else if constexpr (std::is_signed_v<Cell>) {
            return static_cast<Cell>(floor_of(value + half));
        } else {
            return static_cast<Cell>(static_cast<std::int32_t>(value + half));
        }
    }

    std::vector<float> across_;
    std::vector<float> down_;
    std::vector<std::int32_t> cells_;
};

}  // namespace relief::source
