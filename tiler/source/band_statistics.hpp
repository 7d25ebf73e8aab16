#pragma once
// Statistics of a band from one pass over its cells.

#include "tiler/core/raster_description.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace relief::source {

/// Collects cells one by one. Small integers (8 and 16 bit) are counted exactly; other types go
/// into bins that widen as the range grows, so that one pass is enough.
class StatisticsCollector {
public:
    explicit StatisticsCollector(ValueType type);

    void add(double value);
    void skip() noexcept { ++skipped_; }

    /// No value when no cell had data. Histogram: 256 bins (fewer for integers of a small range).
    std::optional<BandStatistics> result(bool approximate) const;

    std::uint64_t distinct() const noexcept;  ///< of 8 and 16 bit types; 0 for others

private:
    void add_binned(double value);
    void widen(double value);
    double value_at_rank(double rank) const;
    void draw_histogram(BandStatistics& statistics) const;

    bool exact_ = false;
    double offset_ = 0;  ///< value of counts_[0]
    double bin_ = 1;     ///< width of a bin
    std::vector<std::uint64_t> counts_;
    std::vector<double> pending_;  ///< first values, until a range is known
    std::uint64_t valid_ = 0;
    std::uint64_t skipped_ = 0;
    double minimum_ = 0;
    double maximum_ = 0;
    double mean_ = 0;
    double squares_ = 0;  ///< Welford's running sum
};

/// Statistics of cells as those of values: value = cell × scale + offset. A scale below 0 turns the
/// order round.
BandStatistics in_units(BandStatistics cells, double scale, double offset);

}  // namespace relief::source
