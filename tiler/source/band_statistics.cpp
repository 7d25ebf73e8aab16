#include "tiler/source/band_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace relief::source {
namespace {

constexpr std::size_t bins = 1U << 16U;
constexpr std::size_t shown_bins = 256;

}  // namespace

StatisticsCollector::StatisticsCollector(ValueType type)
    : exact_(type == ValueType::u8 || type == ValueType::u16 || type == ValueType::i16) {
    if (exact_) counts_.assign(type == ValueType::u8 ? 256 : 65536, 0);
    if (type == ValueType::i16) offset_ = -32768;
}

void StatisticsCollector::add(double value) {
    if (!std::isfinite(value)) return skip();
    minimum_ = valid_ == 0 ? value : std::min(minimum_, value);
    maximum_ = valid_ == 0 ? value : std::max(maximum_, value);
    ++valid_;
    const double step = value - mean_;
    mean_ += step / static_cast<double>(valid_);
    squares_ += step * (value - mean_);
    if (exact_) {
        ++counts_[static_cast<std::size_t>(value - offset_)];
    } else {
        add_binned(value);
    }
}

void StatisticsCollector::add_binned(double value) {
    if (counts_.empty()) {
        pending_.push_back(value);
        if (pending_.size() < 4096) return;
        // The first bins span the first values; a later one outside doubles them.
        counts_.assign(bins, 0);
        offset_ = minimum_;
        bin_ = std::max((maximum_ - minimum_) / static_cast<double>(bins - 1),
                        std::abs(maximum_) * 1e-12 + 1e-300);
        std::vector<double> first;
        first.swap(pending_);
        for (const double early : first)
            ++counts_[static_cast<std::size_t>((early - offset_) / bin_)];
        return;
    }
    while (value < offset_ || value >= offset_ + bin_ * static_cast<double>(bins)) widen(value);
    ++counts_[std::min(bins - 1, static_cast<std::size_t>((value - offset_) / bin_))];
}

void StatisticsCollector::widen(double value) {
    std::vector<std::uint64_t> wider(bins, 0);
    const bool downwards = value < offset_;
    const std::size_t shift = downwards ? bins / 2 : 0;
    for (std::size_t i = 0; i < bins; ++i) wider[shift + i / 2] += counts_[i];
    if (downwards) offset_ -= bin_ * static_cast<double>(bins);
    bin_ *= 2;
    counts_ = std::move(wider);
}

std::uint64_t StatisticsCollector::distinct() const noexcept {
    if (!exact_) return 0;
    return static_cast<std::uint64_t>(
        std::count_if(counts_.begin(), counts_.end(), [](auto n) { return n > 0; }));
}

double StatisticsCollector::value_at_rank(double rank) const {
    if (!pending_.empty()) {
        std::vector<double> sorted = pending_;
        const auto at = std::min(sorted.size() - 1, static_cast<std::size_t>(rank));
        std::nth_element(
            sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
        return sorted[at];
    }
    double below = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (counts_[i] == 0) continue;
        const auto count = static_cast<double>(counts_[i]);
        if (below + count > rank) {
            const double inside = exact_ ? 0 : bin_ * (rank - below) / count;
            return std::clamp(offset_ + static_cast<double>(i) * (exact_ ? 1 : bin_) + inside,
                              minimum_,
                              maximum_);
        }
        below += count;
    }
    return maximum_;
}

std::optional<BandStatistics> StatisticsCollector::result(bool approximate) const {
    if (valid_ == 0) return std::nullopt;
    BandStatistics statistics;
    statistics.minimum = minimum_;
    statistics.maximum = maximum_;
    statistics.mean = mean_;
    statistics.standard_deviation = std::sqrt(squares_ / static_cast<double>(valid_));
    statistics.valid_percent =
        100 * static_cast<double>(valid_) / static_cast<double>(valid_ + skipped_);
    statistics.approximate = approximate;
    for (std::size_t p = 0; p < statistics.percentiles.size(); ++p) {
        statistics.percentiles[p] =
            value_at_rank(static_cast<double>(valid_ - 1) * static_cast<double>(p) / 100);
    }
    draw_histogram(statistics);
    return statistics;
}

void StatisticsCollector::draw_histogram(BandStatistics& statistics) const {
    const bool few = exact_ && maximum_ - minimum_ < static_cast<double>(shown_bins);
    const std::size_t shown = few ? static_cast<std::size_t>(maximum_ - minimum_) + 1 : shown_bins;
    statistics.counts.assign(shown, 0);
    statistics.histogram_low = minimum_;
    statistics.histogram_high = few ? maximum_ + 1 : maximum_;
    const double width = (statistics.histogram_high - minimum_) / static_cast<double>(shown);
    const auto put = [&](double value, std::uint64_t count) {
        const double bin = width > 0 ? (value - minimum_) / width : 0;
        statistics.counts[std::min(shown - 1, static_cast<std::size_t>(std::max(0.0, bin)))] +=
            count;
    };
    for (const double value : pending_) put(value, 1);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (counts_[i] > 0)
            put(offset_ + (static_cast<double>(i) + (exact_ ? 0 : 0.5)) * (exact_ ? 1 : bin_),
                counts_[i]);
    }
}

BandStatistics in_units(BandStatistics cells, double scale, double offset) {
    if (scale == 1 && offset == 0) return cells;
    const auto value = [&](double cell) { return cell * scale + offset; };
    if (scale < 0) {
        std::swap(cells.minimum, cells.maximum);
        std::swap(cells.histogram_low, cells.histogram_high);
        std::reverse(cells.percentiles.begin(), cells.percentiles.end());
        std::reverse(cells.counts.begin(), cells.counts.end());
    }
    for (double* number :
         {&cells.minimum, &cells.maximum, &cells.mean, &cells.histogram_low, &cells.histogram_high})
        *number = value(*number);
    std::transform(
        cells.percentiles.begin(), cells.percentiles.end(), cells.percentiles.begin(), value);
    cells.standard_deviation *= std::abs(scale);
    return cells;
}

}  // namespace relief::source
