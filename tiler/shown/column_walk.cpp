// Columns::count() and each(): what lies in cells, found by halving.

#include "tiler/shown/columns.hpp"

#include <algorithm>
#include <array>
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

Error counting_took_too_long() {
    return {Fault::out_of_time, "the reports could not be counted in time"};
}

/// Six bits of x and of y that a key of twelve bits holds, x in the lower half: sums of both in one
/// addition.
constexpr std::array<std::uint64_t, 4096> halves_of_keys() {
    std::array<std::uint64_t, 4096> halves{};
    for (std::uint64_t key = 0; key < halves.size(); ++key) {
        std::uint64_t x = 0;
        std::uint64_t y = 0;
        for (unsigned bit = 0; bit < 6; ++bit) {
            x |= ((key >> (2 * bit)) & 1U) << bit;
            y |= ((key >> (2 * bit + 1)) & 1U) << bit;
        }
        halves[key] = (y << 32U) | x;
    }
    return halves;
}
constexpr auto halves = halves_of_keys();

constexpr std::size_t rows_between_looks = 65'536;

}  // namespace

/// Down the quadtree to the cells that are asked for, past what is empty or outside.
template <typename Take>
class Descent {
public:
    using Narrow = std::function<std::pair<std::size_t, std::size_t>(
        const report::Cell&, std::size_t, std::size_t)>;
    Descent(const CellRange& range, Narrow narrow, Take take)
        : range_(range), narrow_(std::move(narrow)), take_(std::move(take)) {}

    Result<void> run(std::size_t size) { return visit({}, 0, size); }

private:
    Result<void> visit(const report::Cell& cell, std::size_t begin, std::size_t end) {
        if (begin == end || !meets(cell)) return {};
        if (cell.zoom == range_.zoom) return take_(cell, begin, end);
        for (std::uint64_t child = 0; child < 4; ++child) {
            const report::Cell inner{static_cast<std::uint8_t>(cell.zoom + 1),
                                     (cell.path << 2U) | child};
            const auto run = narrow_(inner, begin, end);
            if (auto done = visit(inner, run.first, run.second); !done) return done;
            begin = run.second;
        }
        return {};
    }
    bool meets(const report::Cell& cell) const noexcept {
        const unsigned deeper = range_.zoom - cell.zoom;
        const report::Spot place = report::spot_of(cell.path);
        const auto first = [&](std::uint32_t at) { return std::uint64_t{at} << deeper; };
        const auto last = [&](std::uint32_t at) { return ((std::uint64_t{at} + 1) << deeper) - 1; };
        return first(place.x) <= range_.right && last(place.x) >= range_.left &&
               first(place.y) <= range_.bottom && last(place.y) >= range_.top;
    }

    CellRange range_;
    Narrow narrow_;
    Take take_;
};

/// The sums of runs of sorted rows.
class CellCounter {
public:
    CellCounter(const Columns& columns, const RowFilter& filter, const Deadline& deadline)
        : sorted_(*columns.sorted_),
          gone_(*columns.gone_),
          filter_(filter),
          open_(filter.is_open()),
          deadline_(deadline) {}

    Result<void> add(const report::Cell& cell, Columns::Run run, CellTotal& total) {
        if (open_) {
            add_all(run, total);
            return {};
        }
        return add_fitting(cell, run, total);
    }

private:
    void add_all(Columns::Run run, CellTotal& total) const {
        total.count = run.end - run.begin;
        const PlaceSums sums = sums_of(run);
        total.x = sums.x;
        total.y = sums.y;
        total.first = narrowed(run.begin);
        const auto from = std::lower_bound(gone_.begin(), gone_.end(), run.begin);
        for (auto gone = from; gone != gone_.end() && *gone < run.end; ++gone) {
            const report::Spot spot = report::spot_of(sorted_.keys[*gone]);
            --total.count;
            total.x -= spot.x;
            total.y -= spot.y;
            if (*gone == total.first) ++total.first;
        }
    }

    struct PlaceSums {
        std::uint64_t x = 0;
        std::uint64_t y = 0;
    };
    PlaceSums sums_of(Columns::Run run) const {
        if (run.end - run.begin <= Columns::block) return added_up({}, run);
        const PlaceSums before = sums_before(run.begin);
        const PlaceSums all = sums_before(run.end);
        return {all.x - before.x, all.y - before.y};
    }
    PlaceSums sums_before(std::size_t position) const {
        if (position == 0) return {};
        const std::size_t blocks = std::min(position / Columns::block, sorted_.sums_x.size() - 1);
        return added_up({sorted_.sums_x[blocks], sorted_.sums_y[blocks]},
                        {blocks * Columns::block, position});
    }
    PlaceSums added_up(PlaceSums sums, Columns::Run run) const {
        for (std::size_t i = run.begin; i < run.end; ++i) {
            const report::Spot spot = report::spot_of(sorted_.keys[i]);
            sums.x += spot.x;
            sums.y += spot.y;
        }
        return sums;
    }

    Result<void> add_fitting(const report::Cell& cell, Columns::Run run, CellTotal& total) {
        const unsigned inner_bits = 64U - 2U * cell.zoom;
        const unsigned shift = inner_bits > 12 ? inner_bits - 12 : 0;
        const std::uint64_t inside = (std::uint64_t{1} << std::min(inner_bits, 12U)) - 1;
        std::uint64_t both = 0;
        std::uint64_t lone = 0;
        auto gone = std::lower_bound(gone_.begin(), gone_.end(), run.begin);
        for (std::size_t i = run.begin; i < run.end; ++i) {
            if (++looked_ % rows_between_looks == 0 && deadline_.passed())
                return counting_took_too_long();
            if (gone != gone_.end() && *gone == i) {
                ++gone;
                continue;
            }
            if (!fits(i)) continue;
            if (total.count++ == 0) {
                total.first = narrowed(i);
                lone = sorted_.keys[i];
            }
            both += halves[(sorted_.keys[i] >> shift) & inside];
        }
        if (total.count == 0) return {};
        place(cell, {both, lone, shift}, total);
        return {};
    }

    bool fits(std::size_t i) const noexcept {
        if (filter_.since && sorted_.minutes[i] < *filter_.since) return false;
        if (filter_.until && sorted_.minutes[i] > *filter_.until) return false;
        const unsigned status = (sorted_.marks[i] >> 4U) & 0xFU;
        return (filter_.statuses & (1U << status)) != 0 &&
               filter_.holds_category(sorted_.categories[i]);
    }

    struct Sums {
        std::uint64_t both;
        std::uint64_t lone;
        unsigned shift;
    };
    /// One is where it is; of several, 1/64 of a cell is near enough.
    static void place(const report::Cell& cell, const Sums& sums, CellTotal& total) {
        if (total.count == 1) {
            const report::Spot spot = report::spot_of(sums.lone);
            total.x = spot.x;
            total.y = spot.y;
            return;
        }
        const report::Spot corner = report::spot_of(cell.first_key());
        const unsigned half_shift = sums.shift / 2;
        const std::uint64_t middle = total.count * ((std::uint64_t{1} << half_shift) / 2);
        total.x = total.count * corner.x + ((sums.both & 0xFFFFFFFFU) << half_shift) + middle;
        total.y = total.count * corner.y + ((sums.both >> 32U) << half_shift) + middle;
    }

    const Columns::Sorted& sorted_;
    const std::vector<std::uint32_t>& gone_;
    const RowFilter& filter_;
    bool open_;
    const Deadline& deadline_;
    std::size_t looked_ = 0;
};

Result<void> Columns::count(const CellRange& range,
                            const RowFilter& filter,
                            const Deadline& deadline,
                            const TakeCell& take) const {
    CellCounter counter(*this, filter, deadline);
    const auto narrow = [this](const report::Cell& cell, std::size_t begin, std::size_t end) {
        const Run run = run_of(cell, {begin, end});
        return std::pair(run.begin, run.end);
    };
    const auto add = [&](const report::Cell& cell, std::size_t begin, std::size_t end) {
        CellTotal total;
        auto added = counter.add(cell, {begin, end}, total);
        const report::Spot place = report::spot_of(cell.path);
        if (added && total.count != 0) take(place.x, place.y, total);
        return added;
    };
    if (auto done = Descent<decltype(add)>(range, narrow, add).run(sorted_->size()); !done)
        return done;
    for (std::size_t i = 0; i < tail_->size(); ++i) {
        const PointRow& row = (*tail_)[i];
        const report::Cell cell = report::cell_of(row.key, range.zoom);
        if (!holds_place(range, cell) || !filter.holds(row)) continue;
        const report::Spot place = report::spot_of(cell.path);
        const report::Spot spot = report::spot_of(row.key);
        take(place.x, place.y, {1, spot.x, spot.y, narrowed(sorted_->size() + i)});
    }
    return {};
}

Result<void> Columns::each(const CellRange& range,
                           const RowFilter& filter,
                           const Deadline& deadline,
                           const TakePoint& take) const {
    std::size_t looked = 0;
    bool stopped = false;
    const auto narrow = [this](const report::Cell& cell, std::size_t begin, std::size_t end) {
        const Run run = run_of(cell, {begin, end});
        return std::pair(run.begin, run.end);
    };
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
    if (auto done = Descent<decltype(visit)>(range, narrow, visit).run(sorted_->size()); !done)
        return done;
    if (stopped) return {};
    for (std::size_t i = 0; i < tail_->size(); ++i) {
        const PointRow& row = (*tail_)[i];
        if (is_chosen(range, filter, row) && !take(row, narrowed(sorted_->size() + i))) return {};
    }
    return {};
}

}  // namespace relief::shown
