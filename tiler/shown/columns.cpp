#include "tiler/shown/columns.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relief::shown {
namespace {

constexpr std::uint16_t pack(const PointRow& row) noexcept {
    return static_cast<std::uint16_t>((row.severity << 8U) | (row.status << 4U) | row.level);
}

std::uint32_t narrowed(std::size_t number) noexcept {
    return static_cast<std::uint32_t>(number);
}

void widen(std::pair<report::Spot, report::Spot>& box, const report::Spot& spot) noexcept {
    box.first = {std::min(box.first.x, spot.x), std::min(box.first.y, spot.y)};
    box.second = {std::max(box.second.x, spot.x), std::max(box.second.y, spot.y)};
}

bool fits_category(const RowFilter& filter, std::uint16_t category) noexcept {
    if (!filter.categories) return true;
    return category < filter.categories->size() && (*filter.categories)[category];
}

}  // namespace

bool RowFilter::holds(const PointRow& row) const noexcept {
    return (!since || row.minute >= *since) && (!until || row.minute <= *until) &&
           (statuses & (1U << row.status)) != 0 && fits_category(*this, row.category);
}

bool RowFilter::holds(const AreaRow& row) const noexcept {
    if (statuses != 0xFF && (!row.told_status || (statuses & (1U << row.status)) == 0))
        return false;
    return (!since || row.first_minute >= *since) && (!until || row.last_minute <= *until) &&
           fits_category(*this, row.category);
}

PointRow Columns::Sorted::at(std::size_t position) const noexcept {
    const std::uint16_t mark = marks[position];
    return {keys[position],
            minutes[position],
            numbers[position],
            categories[position],
            static_cast<std::uint8_t>(mark >> 8U),
            static_cast<std::uint8_t>((mark >> 4U) & 0xFU),
            static_cast<std::uint8_t>(mark & 0xFU)};
}

void Columns::Sorted::reserve(std::size_t rows) {
    keys.reserve(rows);
    minutes.reserve(rows);
    numbers.reserve(rows);
    categories.reserve(rows);
    marks.reserve(rows);
}

void Columns::Sorted::add(const PointRow& row) {
    keys.push_back(row.key);
    minutes.push_back(row.minute);
    numbers.push_back(row.number);
    categories.push_back(row.category);
    marks.push_back(pack(row));
}

void Columns::Sorted::sum_up() {
    sums_x.clear();
    sums_y.clear();
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i % block == 0) {
            sums_x.push_back(x);
            sums_y.push_back(y);
        }
        const report::Spot spot = report::spot_of(keys[i]);
        x += spot.x;
        y += spot.y;
        if (i == 0) box = {spot, spot};
        widen(box, spot);
    }
    if (keys.empty()) return;
    const auto [least, most] = std::minmax_element(minutes.begin(), minutes.end());
    first_minute = *least;
    last_minute = *most;
}

void Columns::spread(const TakeSpread& take) const {
    if (gone_->size() < sorted_->size())
        take(sorted_->first_minute, sorted_->last_minute, sorted_->box);
    for (const PointRow& row : *tail_) {
        const report::Spot spot = report::spot_of(row.key);
        take(row.minute, row.minute, {spot, spot});
    }
}

Columns::Columns()
    : sorted_(std::make_shared<const Sorted>()),
      gone_(std::make_shared<const std::vector<std::uint32_t>>()),
      tail_(std::make_shared<const std::vector<PointRow>>()) {}

std::uint64_t Columns::size() const noexcept {
    return sorted_->size() - gone_->size() + tail_->size();
}

PointRow Columns::at(std::uint32_t position) const noexcept {
    return position < sorted_->size() ? sorted_->at(position)
                                      : (*tail_)[position - sorted_->size()];
}

std::size_t Columns::bytes() const noexcept {
    constexpr std::size_t of_row = sizeof(std::uint64_t) + sizeof(std::int32_t) +
                                   sizeof(std::uint32_t) + 2 * sizeof(std::uint16_t);
    return sorted_->keys.capacity() * of_row + sorted_->sums_x.size() * 2 * sizeof(std::uint64_t) +
           gone_->size() * sizeof(std::uint32_t) + tail_->size() * sizeof(PointRow);
}

Columns::Run Columns::run_of(const report::Cell& cell, Run within) const noexcept {
    const auto& keys = sorted_->keys;
    const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(within.begin);
    const auto end = keys.begin() + static_cast<std::ptrdiff_t>(within.end);
    const auto first = std::lower_bound(begin, end, cell.first_key());
    const auto last = std::upper_bound(first, end, cell.last_key());
    return {static_cast<std::size_t>(first - keys.begin()),
            static_cast<std::size_t>(last - keys.begin())};
}

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

namespace {

bool holds_place(const CellRange& range, const report::Cell& cell) noexcept {
    const report::Spot place = report::spot_of(cell.path);
    return place.x >= range.left && place.x <= range.right && place.y >= range.top &&
           place.y <= range.bottom;
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
        total.x =
            sum_before(sorted_.sums_x, run.end, true) - sum_before(sorted_.sums_x, run.begin, true);
        total.y = sum_before(sorted_.sums_y, run.end, false) -
                  sum_before(sorted_.sums_y, run.begin, false);
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

    std::uint64_t sum_before(const std::vector<std::uint64_t>& sums,
                             std::size_t position,
                             bool of_x) const {
        if (position == 0) return 0;
        const std::size_t blocks = std::min(position / Columns::block, sums.size() - 1);
        std::uint64_t sum = sums[blocks];
        for (std::size_t i = blocks * Columns::block; i < position; ++i) {
            const report::Spot spot = report::spot_of(sorted_.keys[i]);
            sum += of_x ? spot.x : spot.y;
        }
        return sum;
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
               fits_category(filter_, sorted_.categories[i]);
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
    const auto visit = [&](const report::Cell&, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end && !stopped; ++i) {
            if (++looked % rows_between_looks == 0 && deadline.passed())
                return Result<void>(counting_took_too_long());
            const PointRow row = sorted_->at(i);
            if (!filter.holds(row) || std::binary_search(gone_->begin(), gone_->end(), narrowed(i)))
                continue;
            stopped = !take(row, narrowed(i));
        }
        return Result<void>();
    };
    if (auto done = Descent<decltype(visit)>(range, narrow, visit).run(sorted_->size()); !done)
        return done;
    for (std::size_t i = 0; i < tail_->size() && !stopped; ++i) {
        const PointRow& row = (*tail_)[i];
        if (!holds_place(range, report::cell_of(row.key, range.zoom)) || !filter.holds(row))
            continue;
        stopped = !take(row, narrowed(sorted_->size() + i));
    }
    return {};
}

}  // namespace relief::shown
