#pragma once
// The resampling kernels that look at all cells under a picture pixel, one picture row at a time.

#include "tiler/core/boxes.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace relief::source {

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

/// A footprint along one axis.
struct Reach {
    float centre;
    double width;
};

inline Coverage cover(const Reach& reach, int length) noexcept {
    // A footprint smaller than a cell takes the cell it lies in, as drawing larger than the data
    // must.
    const auto half = static_cast<float>(std::max(reach.width, 1e-3) / 2);
    const float low = reach.centre - half;
    const float high = reach.centre + half;
    const int first = floor_of(low);
    const int last = std::max(first + 1, static_cast<int>(std::ceil(high)));
    const int inner_first = std::max(0, first);
    const int inner_last = std::min(length, last);
    // Measured after cutting at the window's edge: what is the last cell there may be the first
    // here.
    const auto covered = [&](int cell) {
        return std::min(high, static_cast<float>(cell + 1)) -
               std::max(low, static_cast<float>(cell));
    };
    return {inner_first, inner_last, covered(inner_first), covered(inner_last - 1)};
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
        const Coverage across = cover({at.columns[k], footprint.column}, source.width);
        const Coverage down = cover({at.rows[k], footprint.row}, source.height);
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

/// How much of a footprint each value covers.
template <typename Cell>
class Tally {
public:
    void clear() noexcept {
        shares_.clear();
        total_ = 0;
    }
    void add(Cell value, float weight) {
        total_ += weight;
        const auto known = std::find_if(shares_.begin(), shares_.end(), [&](const Share& share) {
            return share.value == value;
        });
        if (known == shares_.end()) {
            shares_.push_back({value, weight});
        } else {
            known->weight += weight;
        }
    }
    bool empty() const noexcept { return shares_.empty(); }
    float total() const noexcept { return total_; }
    /// Of two values that cover the same, the smaller.
    Cell most() const noexcept {
        const auto less = [](const Share& a, const Share& b) {
            return a.weight != b.weight ? a.weight < b.weight : a.value > b.value;
        };
        return std::max_element(shares_.begin(), shares_.end(), less)->value;
    }

private:
    struct Share {
        Cell value;
        float weight;
    };
    std::vector<Share> shares_;
    float total_ = 0;
};

/// The value that covers most of the footprint.
template <typename Cell>
void mode_row(const Cells<Cell>& source,
              const RowPositions& at,
              PixelPoint footprint,
              const RowOut<Cell>& out) {
    Tally<Cell> tally;
    const auto area =
        static_cast<float>(std::max(footprint.column, 1e-3) * std::max(footprint.row, 1e-3));
    for (std::size_t k = 0; k < at.columns.size(); ++k) {
        out.weights[k] = 0;
        if (!std::isfinite(at.columns[k])) continue;
        const Coverage across = cover({at.columns[k], footprint.column}, source.width);
        const Coverage down = cover({at.rows[k], footprint.row}, source.height);
        tally.clear();
        for (int row = down.first; row < down.last; ++row) {
            const std::size_t base =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(source.width);
            for (int column = across.first; column < across.last; ++column) {
                const std::size_t cell = base + static_cast<std::size_t>(column);
                const float weight = across.of(column) * down.of(row) * source.weight(cell);
                if (weight > 0) tally.add(source.values[cell], weight);
            }
        }
        if (tally.empty()) continue;
        out.values[k] = tally.most();
        out.weights[k] = std::min(1.0F, tally.total() / area);
    }
}

}  // namespace relief::source
