// What changes the columns.

#include "tiler/shown/columns.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace relief::shown {
namespace {

/// Tail and tombstones are looked at by every answer.
constexpr std::size_t longest_tail = 4096;

std::uint32_t position_of(std::size_t number) noexcept {
    return static_cast<std::uint32_t>(number);
}

bool in_order(const PointRow& a, const PointRow& b) noexcept {
    return std::tie(a.key, a.number) < std::tie(b.key, b.number);
}

}  // namespace

void ColumnsWriter::remember(const PointRow& row) {
    if (row.number >= keys_.size()) keys_.resize(row.number + 1 + row.number / 8, none);
    keys_[row.number] = row.key;
}

bool ColumnsWriter::has(std::uint32_t number) const noexcept {
    return number < keys_.size() && keys_[number] != none;
}

void ColumnsWriter::load(std::vector<PointRow> rows) {
    std::sort(rows.begin(), rows.end(), in_order);
    keys_.clear();
    tail_.clear();
    gone_.clear();
    auto sorted = std::make_shared<Columns::Sorted>();
    sorted->reserve(rows.size());
    for (const PointRow& row : rows) {
        sorted->add(row);
        remember(row);
    }
    sorted->sum_up();
    sorted_ = std::move(sorted);
    changed_ = true;
}

void ColumnsWriter::put(const PointRow& row) {
    erase(row.number);
    remember(row);
    tail_.push_back(row);
    changed_ = true;
    if (tail_.size() > longest_tail) merge();
}

void ColumnsWriter::erase(std::uint32_t number) {
    if (!has(number)) return;
    const std::uint64_t key = std::exchange(keys_[number], none);
    changed_ = true;
    const auto in_tail = std::find_if(
        tail_.begin(), tail_.end(), [&](const PointRow& row) { return row.number == number; });
    if (in_tail != tail_.end()) {
        tail_.erase(in_tail);
        return;
    }
    // Thousands may lie at one place, such as the middle of a town: by number there.
    const auto [begin, end] = std::equal_range(sorted_->keys.begin(), sorted_->keys.end(), key);
    const auto numbers = sorted_->numbers.begin();
    const auto found = std::lower_bound(
        numbers + (begin - sorted_->keys.begin()), numbers + (end - sorted_->keys.begin()), number);
    const auto at = static_cast<std::size_t>(found - numbers);
    gone_.insert(std::upper_bound(gone_.begin(), gone_.end(), position_of(at)), position_of(at));
    if (gone_.size() > longest_tail) merge();
}

void ColumnsWriter::merge() {
    std::sort(tail_.begin(), tail_.end(), in_order);
    auto merged = std::make_shared<Columns::Sorted>();
    merged->reserve(sorted_->size() - gone_.size() + tail_.size());
    auto next = tail_.begin();
    auto gone = gone_.begin();
    for (std::size_t i = 0; i < sorted_->size(); ++i) {
        if (gone != gone_.end() && *gone == i) {
            ++gone;
            continue;
        }
        const PointRow row = sorted_->at(i);
        for (; next != tail_.end() && in_order(*next, row); ++next) merged->add(*next);
        merged->add(row);
    }
    for (; next != tail_.end(); ++next) merged->add(*next);
    merged->sum_up();
    sorted_ = std::move(merged);
    tail_.clear();
    gone_.clear();
}

Columns ColumnsWriter::now() {
    if (!std::exchange(changed_, false)) return last_;
    last_.sorted_ = sorted_;
    last_.gone_ = std::make_shared<const std::vector<std::uint32_t>>(gone_);
    last_.tail_ = std::make_shared<const std::vector<PointRow>>(tail_);
    return last_;
}

}  // namespace relief::shown
