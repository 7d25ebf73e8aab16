#include "tiler/vector/cell_count.hpp"

#include "tiler/vector/world.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace relief::vector {
namespace {

constexpr std::uint32_t counted_between_looks = 4096;
/// A filter may be the most of the work.
constexpr std::uint32_t filtered_between_looks = 16;

double as_number(const AttributeValue& value) noexcept {
    if (const auto* const whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    if (const auto* const number = std::get_if<double>(&value)) return *number;
    return 0;
}

Error out_of_time_counting() {
    return {Fault::out_of_time, "the tile could not be made in time"};
}

Error shape_of_no_feature() {
    return source_broken("the layer's file is damaged: a shape of no feature");
}

/// Point by point.
class PointCounter {
public:
    PointCounter(const CountWish& wish, const CellLattice& lattice, CellGrid& grid)
        : wish_(wish),
          level_(wish.index.level_for(deepest_zoom)),
          lattice_(lattice),
          grid_(grid),
          plain_(!wish.rule.by && !wish.rule.sum),
          look_up_(wish.wish.wanted ? filtered_between_looks : counted_between_looks) {}

    Result<void> count() {
        WorldBox all = lattice_.box_of(grid_.place(0));
        all.join(lattice_.box_of(grid_.place(grid_.size() - 1)));
        return VectorIndex::find(
            level_, all, [&](std::uint32_t number) { return take(level_.shapes[number]); });
    }

private:
    Result<void> take(const ShapeEntry& entry) {
        if (++taken_ % look_up_ == 0 && wish_.wish.deadline.passed()) return out_of_time_counting();
        if (entry.kind != static_cast<std::uint8_t>(GeometryKind::point)) return {};
        if (entry.feature >= wish_.index.features()) return shape_of_no_feature();
        const WorldPoint middle{(std::int64_t{entry.box.left} + entry.box.right) / 2,
                                (std::int64_t{entry.box.top} + entry.box.bottom) / 2};
        CellSum* const cell = grid_.at(lattice_.place_of(middle));
        if (cell == nullptr) return {};
        const auto& wanted = wish_.wish.wanted;
        if (wanted && !wanted(entry.feature, GeometryKind::point)) return {};
        cell->first = cell->count == 0 ? entry.feature : std::min(cell->first, entry.feature);
        ++cell->count;
        cell->x += static_cast<std::uint64_t>(middle.x);
        cell->y += static_cast<std::uint64_t>(middle.y);
        return plain_ ? Result<void>() : add_values(entry.feature, *cell);
    }

    Result<void> add_values(std::uint32_t feature, CellSum& cell) const {
        const VectorIndex& index = wish_.index;
        if (wish_.rule.by)
            if (const std::uint32_t number = index.value_number(feature, *wish_.rule.by);
                number != 0)
                ++cell.tally[number];
        if (!wish_.rule.sum) return {};
        const std::uint32_t number = index.value_number(feature, *wish_.rule.sum);
        if (number == 0) return {};
        const auto value = index.value(number);
        if (!value) return value.error();
        cell.sum += as_number(*value);
        return {};
    }

    const CountWish& wish_;
    const Level& level_;
    const CellLattice& lattice_;
    CellGrid& grid_;
    bool plain_;
    std::uint32_t look_up_;
    std::uint32_t taken_ = 0;
};

/// The first entry that is not before the place.
std::size_t first_from(const Records<CountEntry>& entries,
                       std::uint64_t row,
                       std::uint64_t column) {
    std::size_t low = 0;
    std::size_t high = entries.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const CountEntry entry = entries[middle];
        if (std::tuple(std::uint64_t{entry.row}, std::uint64_t{entry.column}) <
            std::tuple(row, column))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<void> add_entry(const CountWish& wish,
                       const CountEntry& entry,
                       std::uint32_t bits,
                       CellGrid& grid) {
    if (entry.first >= wish.index.features()) return shape_of_no_feature();
    CellSum* const cell =
        grid.at({std::int64_t{entry.column} >> bits, std::int64_t{entry.row} >> bits});
    if (cell == nullptr || entry.count == 0) return {};
    cell->add({entry.count, entry.x, entry.y, entry.first, 0, {}});
    return {};
}

/// Row by row of the kept cells, each from the grid's western edge to its eastern one.
Result<void> add_kept(const CountWish& wish,
                      const VectorIndex::Counts& counts,
                      std::uint32_t bits,
                      CellGrid& grid) {
    const CellPlace first = grid.place(0);
    const CellPlace last = grid.place(grid.size() - 1);
    const auto kept = [&](std::int64_t cell) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(cell, 0)) << bits;
    };
    std::uint32_t taken = 0;
    std::size_t at = first_from(counts.entries, kept(first.row), 0);
    while (at < counts.entries.size()) {
        const CountEntry entry = counts.entries[at++];
        if (entry.row >= kept(last.row + 1)) break;
        // Never back: the entries of a damaged file are in any order.
        if (entry.column < kept(first.column)) {
            at = std::max(at, first_from(counts.entries, entry.row, kept(first.column)));
        } else if (entry.column >= kept(last.column + 1)) {
            const std::uint64_t next = std::uint64_t{entry.row} + 1;
            at = std::max(at, first_from(counts.entries, next, kept(first.column)));
        } else if (auto added = add_entry(wish, entry, bits, grid); !added) {
            return added;
        }
        if (++taken % counted_between_looks == 0 && wish.wish.deadline.passed())
            return out_of_time_counting();
    }
    return {};
}

}  // namespace

Result<void> count_cells(const CountWish& wish, const CellLattice& lattice, CellGrid& grid) {
    const bool plain = !wish.wish.wanted && !wish.rule.by && !wish.rule.sum;
    if (plain && wish.rule.form != AggregateForm::hexagon) {
        const auto cells = static_cast<std::uint64_t>(world_side / lattice.side());
        const auto depth = static_cast<std::uint32_t>(std::countr_zero(cells));
        if (const auto counts = wish.index.counts_for(depth))
            return add_kept(wish, *counts, counts->depth - depth, grid);
    }
    return PointCounter(wish, lattice, grid).count();
}

}  // namespace relief::vector
