#pragma once
// Bilinear resampling of those places of a picture row whose four cells all lie inside the window.

#include "tiler/core/boxes.hpp"
#include "tiler/source/bilinear_kernels.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

namespace relief::source {

/// Places of a row, half open.
struct RowRun {
    std::size_t first = 0;
    std::size_t last = 0;
    bool operator==(const RowRun&) const = default;
};

/// The positions of one row, worked out once for all bands. Gives the numbers of stencil_row<2>()
/// to the last bit: the same sums in the same order, in steps that the compiler makes vectors of.
class BilinearRow {
public:
    /// The places that sample() takes: from the first that needs no cell outside the window to the
    /// last, empty when one between them needs some.
    RowRun prepare(const RowPositions& at, PixelSize window) {
        run_ = inside_run(at, window);
        const std::size_t size = run_.last - run_.first;
        for (auto* values : {&across_, &down_}) values->resize(size);
        cells_.resize(size);
        if (size > 0)
            place_inside(
                part_of(at, run_), window.width, {across_.data(), down_.data(), cells_.data()});
        return run_;
    }

    /// Types whose cells fit a float; the others are summed in double.
    template <typename Cell>
    static constexpr bool takes = std::is_same_v<SumOf<Cell>, float>;

    /// The run of prepare(), in a band of its window; `out` begins with the row.
    template <typename Cell>
    void sample(const Cells<Cell>& source, const RowOut<Cell>& out) const {
        static_assert(takes<Cell>);
        const RowOut<Cell> to{out.values + run_.first, out.weights + run_.first};
        Corners<Cell> corners{};
        Corners<std::uint8_t> weights{};
        for (std::size_t begin = 0; begin < cells_.size(); begin += bilinear_part) {
            const std::size_t size = std::min(bilinear_part, cells_.size() - begin);
            const Shares shares{across_.data() + begin, down_.data() + begin, size};
            collect(Plane<Cell>{source.values, source.width}, begin, size, corners);
            if (source.weights == nullptr) {
                blend(corners, shares, to.values + begin);
                continue;
            }
            collect(Plane<std::uint8_t>{source.weights, source.width}, begin, size, weights);
            blend_weighed(corners, weights, shares, {to.values + begin, to.weights + begin});
        }
        if (source.weights == nullptr) std::fill_n(to.weights, cells_.size(), 1.0F);
    }

    static RowPositions part_of(const RowPositions& at, RowRun run) noexcept {
        const std::size_t size = run.last - run.first;
        return {at.columns.subspan(run.first, size), at.rows.subspan(run.first, size)};
    }

private:
    struct Inside {
        float right, bottom;
        bool holds(float x, float y) const noexcept {
            // "Not a number" is not inside.
            return x >= 0.5F && x < right && y >= 0.5F && y < bottom;
        }
    };

    static RowRun inside_run(const RowPositions& at, PixelSize window) {
        if (window.width < 2 || window.height < 2) return {};
        const Inside inside{static_cast<float>(window.width) - 0.5F,
                            static_cast<float>(window.height) - 0.5F};
        RowRun run{0, at.columns.size()};
        const auto holds = [&](std::size_t k) { return inside.holds(at.columns[k], at.rows[k]); };
        while (run.first < run.last && !holds(run.first)) ++run.first;
        while (run.first < run.last && !holds(run.last - 1)) --run.last;
        const bool some = run.first < run.last;
        return some && all_inside(part_of(at, run), inside) ? run : RowRun{};
    }

    static bool all_inside(const RowPositions& at, const Inside& inside) {
        // No branch, so that the compiler makes vectors of it.
        unsigned outside = 0;
        for (std::size_t k = 0; k < at.columns.size(); ++k) {
            const float x = at.columns[k];
            const float y = at.rows[k];
            outside |=
                static_cast<unsigned>(!(x >= 0.5F)) | static_cast<unsigned>(!(x < inside.right)) |
                static_cast<unsigned>(!(y >= 0.5F)) | static_cast<unsigned>(!(y < inside.bottom));
        }
        return outside == 0;
    }

    template <typename Cell>
    struct Plane {
        const Cell* cells;
        int width;
    };

    template <typename Cell>
    void collect(const Plane<Cell>& plane,
                 std::size_t begin,
                 std::size_t size,
                 Corners<Cell>& corners) const {
        const std::int32_t* const first = cells_.data() + begin;
        for (std::size_t k = 0; k < size; ++k) {
            const Cell* const cell = plane.cells + first[k];
            std::memcpy(&corners.upper[k], cell, sizeof corners.upper[k]);
            std::memcpy(&corners.lower[k], cell + plane.width, sizeof corners.lower[k]);
        }
    }

    RowRun run_;
    std::vector<float> across_;
    std::vector<float> down_;
    std::vector<std::int32_t> cells_;
};

}  // namespace relief::source
