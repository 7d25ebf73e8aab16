#pragma once
// The sums of runs of sorted rows.

#include "tiler/core/deadline.hpp"
#include "tiler/shown/columns.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relief::shown {

Error counting_took_too_long();
/// How many are counted before the time is looked at.
inline constexpr std::size_t rows_between_looks = 65'536;

/// All that is given outlives it.
class CellCounter {
public:
    CellCounter(const Columns& columns, const RowFilter& filter, const Deadline& deadline);

    /// Adds what lies in the cell, whose rows are those of the run, to an empty total.
    /// Errors: out_of_time.
    Result<void> add(const report::Cell& cell, Columns::Run run, CellTotal& total);

private:
    struct Sums {
        std::uint64_t x = 0;
        std::uint64_t y = 0;
        std::uint64_t weight = 0;
    };
    /// How a row's place within its cell is taken from its key.
    struct Inside {
        unsigned shift = 0;
        std::uint64_t mask = 0;
    };
    struct Fitting {
        std::uint64_t count = 0;
        std::uint64_t weight = 0;
        std::uint64_t both = 0;  ///< x in the lower half, y in the upper
    };

    void add_all(Columns::Run run, CellTotal& total) const;
    Sums sums_of(Columns::Run run) const;
    Sums sums_before(std::size_t position) const;
    Sums added_up(Sums sums, Columns::Run run) const;

    Result<void> add_fitting(const report::Cell& cell, Columns::Run run, CellTotal& total);
    Result<void> add_present(Columns::Run run, const Inside& inside, Fitting& sums);
    void add_rows(Columns::Run run, const Inside& inside, Fitting& sums) const;
    std::size_t first_fitting(Columns::Run run) const;
    unsigned fits(std::size_t i) const noexcept;

    const Columns::Sorted& sorted_;
    const std::vector<std::uint32_t>& gone_;
    const Deadline& deadline_;
    bool open_;
    std::int32_t since_;
    std::int32_t until_;
    unsigned statuses_;
    std::vector<std::uint8_t> categories_;  ///< 1 for each number that fits; of filters only
    std::size_t looked_ = 0;
};

}  // namespace relief::shown
