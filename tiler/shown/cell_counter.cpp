#include "tiler/shown/cell_counter.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace relief::shown {
namespace {

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

/// A look at a table instead of a question: half of the answers would be guessed wrongly.
std::vector<std::uint8_t> table_of(const RowFilter& filter) {
    std::vector<std::uint8_t> table(std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1, 1);
    if (!filter.categories) return table;
    std::fill(table.begin(), table.end(), std::uint8_t{0});
    for (std::size_t i = 0; i < std::min(filter.categories->size(), table.size()); ++i)
        table[i] = (*filter.categories)[i] ? 1 : 0;
    return table;
}

}  // namespace

Error counting_took_too_long() {
    return {Fault::out_of_time, "the reports could not be counted in time"};
}

CellCounter::CellCounter(const Columns& columns, const RowFilter& filter, const Deadline& deadline)
    : sorted_(*columns.sorted_),
      gone_(*columns.gone_),
      deadline_(deadline),
      open_(filter.is_open()),
      since_(filter.since.value_or(std::numeric_limits<std::int32_t>::min())),
      until_(filter.until.value_or(std::numeric_limits<std::int32_t>::max())),
      statuses_(filter.statuses) {
    if (!open_) categories_ = table_of(filter);
}

Result<void> CellCounter::add(const report::Cell& cell, Columns::Run run, CellTotal& total) {
    if (!open_) return add_fitting(cell, run, total);
    add_all(run, total);
    return {};
}

void CellCounter::add_all(Columns::Run run, CellTotal& total) const {
    total.count = run.end - run.begin;
    const Sums sums = sums_of(run);
    total.x = sums.x;
    total.y = sums.y;
    total.weight = sums.weight;
    total.first = static_cast<std::uint32_t>(run.begin);
    const auto from = std::lower_bound(gone_.begin(), gone_.end(), run.begin);
    for (auto gone = from; gone != gone_.end() && *gone < run.end; ++gone) {
        const report::Spot spot = report::spot_of(sorted_.keys[*gone]);
        --total.count;
        total.x -= spot.x;
        total.y -= spot.y;
        total.weight -= sorted_.weight(*gone);
        if (*gone == total.first) ++total.first;
    }
}

CellCounter::Sums CellCounter::sums_of(Columns::Run run) const {
    if (run.end - run.begin <= Columns::block) return added_up({}, run);
    const Sums before = sums_before(run.begin);
    const Sums all = sums_before(run.end);
    return {all.x - before.x, all.y - before.y, all.weight - before.weight};
}

CellCounter::Sums CellCounter::sums_before(std::size_t position) const {
    if (position == 0) return {};
    const std::size_t blocks = std::min(position / Columns::block, sorted_.sums_x.size() - 1);
    return added_up({sorted_.sums_x[blocks], sorted_.sums_y[blocks], sorted_.sums_weight[blocks]},
                    {blocks * Columns::block, position});
}

CellCounter::Sums CellCounter::added_up(Sums sums, Columns::Run run) const {
    for (std::size_t i = run.begin; i < run.end; ++i) {
        const report::Spot spot = report::spot_of(sorted_.keys[i]);
        sums.x += spot.x;
        sums.y += spot.y;
        sums.weight += sorted_.weight(i);
    }
    return sums;
}

/// One is where it is; of several, 1/64 of a cell is near enough.
Result<void> CellCounter::add_fitting(const report::Cell& cell,
                                      Columns::Run run,
                                      CellTotal& total) {
    const unsigned inner_bits = 64U - 2U * cell.zoom;
    Inside inside;
    inside.shift = inner_bits > 12 ? inner_bits - 12 : 0;
    inside.mask = (std::uint64_t{1} << std::min(inner_bits, 12U)) - 1;
    Fitting sums;
    if (auto added = add_present(run, inside, sums); !added) return added;
    if (sums.count == 0) return {};
    const std::size_t first = first_fitting(run);
    total.count = sums.count;
    total.weight = sums.weight;
    total.first = static_cast<std::uint32_t>(first);
    if (sums.count == 1) {
        const report::Spot spot = report::spot_of(sorted_.keys[first]);
        total.x = spot.x;
        total.y = spot.y;
        return {};
    }
    const report::Spot corner = report::spot_of(cell.first_key());
    const unsigned half_shift = inside.shift / 2;
    const std::uint64_t middle = sums.count * ((std::uint64_t{1} << half_shift) / 2);
    total.x = sums.count * corner.x + ((sums.both & 0xFFFFFFFFU) << half_shift) + middle;
    total.y = sums.count * corner.y + ((sums.both >> 32U) << half_shift) + middle;
    return {};
}

/// From one that is gone to the next, and in parts between which the time is looked at.
Result<void> CellCounter::add_present(Columns::Run run, const Inside& inside, Fitting& sums) {
    auto gone = std::lower_bound(gone_.begin(), gone_.end(), run.begin);
    for (std::size_t begin = run.begin; begin < run.end;) {
        std::size_t end = std::min(run.end, begin + rows_between_looks);
        if (gone != gone_.end()) end = std::min<std::size_t>(end, *gone);
        add_rows({begin, end}, inside, sums);
        looked_ += end - begin + 1;
        if (looked_ >= rows_between_looks && deadline_.passed()) return counting_took_too_long();
        if (looked_ >= rows_between_looks) looked_ = 0;
        begin = end;
        for (; gone != gone_.end() && *gone == begin; ++gone) ++begin;
    }
    return {};
}

void CellCounter::add_rows(Columns::Run run, const Inside& inside, Fitting& sums) const {
    for (std::size_t i = run.begin; i < run.end; ++i) {
        const std::uint64_t fit = fits(i);
        sums.count += fit;
        sums.weight += fit * sorted_.weight(i);
        sums.both += fit * halves[(sorted_.keys[i] >> inside.shift) & inside.mask];
    }
}

/// There is one.
std::size_t CellCounter::first_fitting(Columns::Run run) const {
    std::size_t i = run.begin;
    while (fits(i) == 0 || std::binary_search(gone_.begin(), gone_.end(), i)) ++i;
    return i;
}

/// 1 or 0, without a branch.
unsigned CellCounter::fits(std::size_t i) const noexcept {
    const std::int32_t minute = sorted_.minutes[i];
    const unsigned status = (sorted_.marks[i] >> 4U) & 0xFU;
    return static_cast<unsigned>(minute >= since_) & static_cast<unsigned>(minute <= until_) &
           (statuses_ >> status) & categories_[sorted_.categories[i]];
}

}  // namespace relief::shown
