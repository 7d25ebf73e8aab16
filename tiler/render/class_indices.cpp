#include "tiler/render/class_indices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

namespace relief::render {
namespace {

using Classes = std::vector<style::ColourClass>;

// The last range of a map includes its high end.
std::size_t last_range(const Classes& classes) {
    std::size_t last = classes.size();
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (classes[i].low < classes[i].high) last = i;
    return last;
}

/// One entry for every value of an 8 or 16-bit type.
template <typename Cell>
class Table {
public:
    explicit Table(const Classes& classes) : indices_(std::size_t{1} << (8 * sizeof(Cell)), 0) {
        const auto last = last_range(classes);
        for (std::size_t i = 0; i < classes.size(); ++i) fill(classes[i], i, i == last);
    }

    std::uint8_t operator()(Cell value) const { return indices_[place(value)]; }

private:
    static constexpr double lowest = std::numeric_limits<Cell>::lowest();
    static constexpr double highest = std::numeric_limits<Cell>::max();

    static std::size_t place(double value) { return static_cast<std::size_t>(value - lowest); }

    void fill(const style::ColourClass& one, std::size_t index, bool with_high) {
        const double first = std::max(std::ceil(one.low), lowest);
        const bool closed = with_high || one.low == one.high;
        const double end = closed ? std::floor(one.high) + 1 : std::ceil(one.high);
        const double bounded = std::min(end, highest + 1);
        if (!(first < bounded)) return;
        std::fill(indices_.begin() + static_cast<std::ptrdiff_t>(place(first)),
                  indices_.begin() + static_cast<std::ptrdiff_t>(place(bounded)),
                  static_cast<std::uint8_t>(index + 1));
    }

    std::vector<std::uint8_t> indices_;
};

/// Classes of numbers too many for a table, as half-open stretches of the line: a value at or above
/// n of the bounds has the index indices()[n]. A class that includes its high end ends at the next
/// number after it.
template <typename Number>
class Stretches {
public:
    explicit Stretches(const Classes& classes) {
        const auto last = last_range(classes);
        for (std::size_t i = 0; i < classes.size(); ++i) {
            bounds_.push_back(number(classes[i].low));
            bounds_.push_back(end(classes[i], i == last));
        }
        std::sort(bounds_.begin(), bounds_.end());
        bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
        indices_.assign(bounds_.size() + 1, 0);
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const auto index = static_cast<std::uint8_t>(i + 1);
            std::fill(indices_.begin() + below(number(classes[i].low)) + 1,
                      indices_.begin() + below(end(classes[i], i == last)) + 1,
                      index);
        }
    }

    const std::vector<Number>& bounds() const noexcept { return bounds_; }
    const std::vector<std::uint8_t>& indices() const noexcept { return indices_; }

    std::uint8_t index_of(Number value) const {
        // NaN is below no bound, so the search would place it above all of them.
        if (std::isnan(value)) return 0;
        const auto above = std::upper_bound(bounds_.begin(), bounds_.end(), value);
        return indices_[static_cast<std::size_t>(above - bounds_.begin())];
    }

private:
    static Number number(double value) {
        constexpr double largest = std::numeric_limits<Number>::max();
        return static_cast<Number>(std::clamp(value, -largest, largest));
    }
    static Number end(const style::ColourClass& one, bool with_high) {
        const auto high = number(one.high);
        const bool closed = with_high || one.low == one.high;
        return closed ? std::nextafter(high, std::numeric_limits<Number>::infinity()) : high;
    }
    std::ptrdiff_t below(Number bound) const {
        return std::lower_bound(bounds_.begin(), bounds_.end(), bound) - bounds_.begin();
    }

    std::vector<Number> bounds_;
    std::vector<std::uint8_t> indices_;
};

/// Classed rasters come in patches: most cells repeat their neighbour's value.
template <typename Number, typename Cell>
std::vector<std::uint8_t> searched(const Stretches<Number>& stretches,
                                   std::span<const Cell> cells) {
    std::vector<std::uint8_t> indices(cells.size());
    Number value = 0;
    auto index = stretches.index_of(value);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto next = static_cast<Number>(cells[i]);
        if (next != value) {
            value = next;
            index = stretches.index_of(value);
        }
        indices[i] = index;
    }
    return indices;
}

// Up to here counting bounds for every cell, four at once, beats a search that mispredicts.
constexpr std::size_t few_bounds = 16;

/// As searched(), for continuous values among few bounds. NaN reaches no bound: index 0.
std::vector<std::uint8_t> counted(const Stretches<float>& stretches, std::span<const float> cells) {
    const auto count = cells.size();
    std::vector<std::uint8_t> ranks(count, 0);
    std::uint8_t* const rank = ranks.data();
    for (const float bound : stretches.bounds())
        for (std::size_t i = 0; i < count; ++i)
            rank[i] = static_cast<std::uint8_t>(rank[i] + (cells[i] >= bound ? 1 : 0));
    const std::uint8_t* const indices = stretches.indices().data();
    std::transform(rank, rank + count, rank, [indices](std::uint8_t n) { return indices[n]; });
    return ranks;
}

}  // namespace

std::vector<std::uint8_t> class_indices(const BandValues& band,
                                        const style::ColourClasses& classes) {
    return std::visit(
        [&]<typename Cell>(const std::vector<Cell>& cells) {
            if constexpr (sizeof(Cell) < 4) {
                const Table<Cell> table(classes.classes);
                std::vector<std::uint8_t> indices(cells.size());
                std::transform(cells.begin(), cells.end(), indices.begin(), table);
                return indices;
            } else {
                using Number = std::conditional_t<std::is_same_v<Cell, float>, float, double>;
                const Stretches<Number> stretches(classes.classes);
                if constexpr (std::is_same_v<Cell, float>)
                    if (stretches.bounds().size() <= few_bounds) return counted(stretches, cells);
                return searched<Number, Cell>(stretches, cells);
            }
        },
        band);
}

}  // namespace relief::render
