#include "tiler/shown/columns.hpp"

#include <algorithm>
#include <utility>

namespace relief::shown {
namespace {

constexpr std::uint16_t pack(const PointRow& row) noexcept {
    return static_cast<std::uint16_t>((row.severity << 8U) | (row.status << 4U) | row.level);
}

void widen(std::pair<report::Spot, report::Spot>& box, const report::Spot& spot) noexcept {
    box.first = {std::min(box.first.x, spot.x), std::min(box.first.y, spot.y)};
    box.second = {std::max(box.second.x, spot.x), std::max(box.second.y, spot.y)};
}

}  // namespace

bool RowFilter::holds_category(std::uint16_t category) const noexcept {
    if (!categories) return true;
    return category < categories->size() && (*categories)[category];
}

bool RowFilter::holds(const PointRow& row) const noexcept {
    return (!since || row.minute >= *since) && (!until || row.minute <= *until) &&
           (statuses & (1U << row.status)) != 0 && holds_category(row.category);
}

bool RowFilter::holds(const AreaRow& row) const noexcept {
    if (statuses != 0xFF && (!row.told_status || (statuses & (1U << row.status)) == 0))
        return false;
    return (!since || row.first_minute >= *since) && (!until || row.last_minute <= *until) &&
           holds_category(row.category);
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

std::uint32_t Columns::Sorted::weight(std::size_t position) const noexcept {
    return report::weight_of(static_cast<report::Severity>(marks[position] >> 8U));
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
    sums_weight.clear();
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    std::uint64_t weights = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i % block == 0) {
            sums_x.push_back(x);
            sums_y.push_back(y);
            sums_weight.push_back(weights);
        }
        const report::Spot spot = report::spot_of(keys[i]);
        x += spot.x;
        y += spot.y;
        weights += weight(i);
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
    return sorted_->keys.capacity() * of_row + sorted_->sums_x.size() * 3 * sizeof(std::uint64_t) +
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

}  // namespace relief::shown
