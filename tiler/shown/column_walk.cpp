// What lies in cells, found by halving.

#include "tiler/shown/cell_counter.hpp"
#include "tiler/shown/column_descent.hpp"
#include "tiler/shown/columns.hpp"

#include <algorithm>
#include <utility>

namespace relief::shown {
namespace {

std::uint32_t narrowed(std::size_t number) noexcept {
    return static_cast<std::uint32_t>(number);
}

bool holds_place(const CellRange& range, const report::Cell& cell) noexcept {
    const report::Spot place = report::spot_of(cell.path);
    return place.x >= range.left && place.x <= range.right && place.y >= range.top &&
           place.y <= range.bottom;
}

bool is_chosen(const CellRange& range, const RowFilter& filter, const PointRow& row) noexcept {
    return holds_place(range, report::cell_of(row.key, range.zoom)) && filter.holds(row);
}

bool is_gone(const std::vector<std::uint32_t>& gone, std::size_t position) noexcept {
    return std::binary_search(gone.begin(), gone.end(), narrowed(position));
}

}  // namespace

template <typename Take>
Result<void> Columns::descend(const CellRange& range, const Take& take) const {
    const auto narrow = [this](const report::Cell& cell, std::size_t begin, std::size_t end) {
        const Run run = run_of(cell, {begin, end});
        return std::pair(run.begin, run.end);
    };
    return Descent(range, narrow, take).run(sorted_->size());
}

Result<void> Columns::count(const CellRange& range,
                            const RowFilter& filter,
                            const Deadline& deadline,
                            const TakeCell& take) const {
    CellCounter counter(*this, filter, deadline);
    const auto add = [&](const report::Cell& cell, std::size_t begin, std::size_t end) {
        CellTotal total;
        auto added = counter.add(cell, {begin, end}, total);
        const report::Spot place = report::spot_of(cell.path);
        if (added && total.count != 0) take(place.x, place.y, total);
        return added;
    };
    if (auto done = descend(range, add); !done) return done;
    for (std::size_t i = 0; i < tail_->size(); ++i) {
        const PointRow& row = (*tail_)[i];
        const report::Cell cell = report::cell_of(row.key, range.zoom);
        if (!holds_place(range, cell) || !filter.holds(row)) continue;
        const report::Spot place = report::spot_of(cell.path);
        const report::Spot spot = report::spot_of(row.key);
        const auto severity = static_cast<report::Severity>(row.severity);
        take(place.x,
             place.y,
             {1, spot.x, spot.y, narrowed(sorted_->size() + i), report::weight_of(severity)});
    }
    return {};
}

Result<void> Columns::each(const CellRange& range,
                           const RowFilter& filter,
                           const Deadline& deadline,
                           const TakePoint& take) const {
    std::size_t looked = 0;
    bool stopped = false;
    const auto is_seen = [this, &filter](const PointRow& row, std::size_t at) {
        return filter.holds(row) && !is_gone(*gone_, at);
    };
    const auto visit = [&](const report::Cell&, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end && !stopped; ++i) {
            if (++looked % rows_between_looks == 0 && deadline.passed())
                return Result<void>(counting_took_too_long());
            const PointRow row = sorted_->at(i);
            stopped = is_seen(row, i) && !take(row, narrowed(i));
        }
        return Result<void>();
    };
    if (auto done = descend(range, visit); !done) return done;
    if (stopped) return {};
    for (std::size_t i = 0; i < tail_->size(); ++i) {
        const PointRow& row = (*tail_)[i];
        if (is_chosen(range, filter, row) && !take(row, narrowed(sorted_->size() + i))) return {};
    }
    return {};
}

/// What lies in a cell of the range and is not whole is halved on until it is, or few are left.
class PartWalk {
public:
    PartWalk(const Columns& columns,
             const RowFilter& filter,
             const Deadline& deadline,
             const Columns::Parts& parts)
        : columns_(columns),
          filter_(filter),
          deadline_(deadline),
          parts_(parts),
          counter_(columns, filter, deadline) {}

    Result<void> visit(const report::Cell& cell, Columns::Run run) {
        constexpr std::size_t few = 24;
        constexpr std::uint8_t deepest = 32;
        if (run.begin == run.end) return {};
        if (run.end - run.begin <= few || cell.zoom == deepest) return take_each(run);
        if (parts_.is_whole(cell)) return take_whole(cell, run);
        for (std::uint64_t child = 0; child < 4; ++child) {
            const report::Cell inner{static_cast<std::uint8_t>(cell.zoom + 1),
                                     (cell.path << 2U) | child};
            const Columns::Run within = columns_.run_of(inner, run);
            if (auto done = visit(inner, within); !done) return done;
            run.begin = within.end;
        }
        return {};
    }

private:
    Result<void> take_whole(const report::Cell& cell, Columns::Run run) {
        CellTotal total;
        auto added = counter_.add(cell, run, total);
        if (added && total.count != 0) parts_.take_cell(cell, total);
        return added;
    }
    Result<void> take_each(Columns::Run run) {
        looked_ += run.end - run.begin;
        if (looked_ >= rows_between_looks && deadline_.passed()) return counting_took_too_long();
        if (looked_ >= rows_between_looks) looked_ = 0;
        for (std::size_t i = run.begin; i < run.end; ++i) {
            const PointRow row = columns_.sorted_->at(i);
            if (filter_.holds(row) && !is_gone(*columns_.gone_, i))
                parts_.take_point(row, narrowed(i));
        }
        return {};
    }

    const Columns& columns_;
    const RowFilter& filter_;
    const Deadline& deadline_;
    const Columns::Parts& parts_;
    CellCounter counter_;
    std::size_t looked_ = 0;
};

Result<void> Columns::count_parts(const CellRange& range,
                                  const RowFilter& filter,
                                  const Deadline& deadline,
                                  const Parts& parts) const {
    PartWalk walk(*this, filter, deadline, parts);
    const auto visit = [&](const report::Cell& cell, std::size_t begin, std::size_t end) {
        return walk.visit(cell, {begin, end});
    };
    if (auto done = descend(range, visit); !done) return done;
    for (std::size_t i = 0; i < tail_->size(); ++i) {
        const PointRow& row = (*tail_)[i];
        if (is_chosen(range, filter, row)) parts.take_point(row, narrowed(sorted_->size() + i));
    }
    return {};
}

}  // namespace relief::shown
