#pragma once
// Places along a Morton curve, in columns: how many lie in a cell is the difference of two
// searches.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace relief::shown {

/// One place with what requests filter by.
struct PointRow {
    std::uint64_t key = 0;       ///< see report::key_of()
    std::int32_t minute = 0;     ///< since 1970
    std::uint32_t number = 0;    ///< names the report in its store
    std::uint16_t category = 0;  ///< number of a text; 0: none
    std::uint8_t severity = 0;   ///< of report::Severity
    std::uint8_t status = 0;     ///< of report::Status
    std::uint8_t level = 0;      ///< of Sensitivity
    bool operator==(const PointRow&) const = default;
};

/// An area that stands for one report or for several.
struct AreaRow {
    report::Cell cell;
    std::int32_t first_minute = 0;
    std::int32_t last_minute = 0;
    std::uint32_t number = 0;  ///< of the only report; 0: they are not told apart
    std::uint32_t count = 0;
    std::uint16_t category = 0;
    std::uint8_t severity = 0;
    std::uint8_t status = 0;
    std::uint8_t level = 0;
    bool told_status = false;  ///< a severity and a status are told too
    bool operator==(const AreaRow&) const = default;
};

/// All that is given must hold. What an area does not tell fits no filter that asks for it.
struct RowFilter {
    std::optional<std::int32_t> since{};
    std::optional<std::int32_t> until{};
    std::optional<std::vector<bool>> categories{};  ///< by number; longer numbers do not fit
    std::uint8_t statuses = 0xFF;                   ///< a bit for each

    bool is_open() const noexcept { return !since && !until && !categories && statuses == 0xFF; }
    bool holds_category(std::uint16_t category) const noexcept;
    bool holds(const PointRow& row) const noexcept;
    bool holds(const AreaRow& row) const noexcept;
};

/// What lies in a cell.
struct CellTotal {
    std::uint64_t count = 0;
    std::uint64_t x = 0;  ///< of all, steps of the world
    std::uint64_t y = 0;
    std::uint32_t first = 0;   ///< lowest position
    std::uint64_t weight = 0;  ///< of all, by severity: see report::weight_of()
};

/// Cells of one zoom, by columns and rows, both ends inside.
struct CellRange {
    std::uint8_t zoom = 0;
    std::uint32_t left = 0;
    std::uint32_t top = 0;
    std::uint32_t right = 0;
    std::uint32_t bottom = 0;
};

/// Points as they were at one moment. For any thread.
class Columns {
public:
    using TakeCell =
        std::function<void(std::uint32_t column, std::uint32_t row, const CellTotal& total)>;
    /// `position` names the point in these columns. False: stop.
    using TakePoint = std::function<bool(const PointRow& row, std::uint32_t position)>;

    Columns();

    std::uint64_t size() const noexcept;
    PointRow at(std::uint32_t position) const noexcept;

    /// Tells each cell of the range that has something in it, some of them in several parts.
    /// Errors: out_of_time.
    Result<void> count(const CellRange& range,
                       const RowFilter& filter,
                       const Deadline& deadline,
                       const TakeCell& take) const;
    /// Of cells as small as those of the range and smaller.
    struct Parts {
        /// Whether all of the cell counts to one thing.
        std::function<bool(const report::Cell& cell)> is_whole;
        std::function<void(const report::Cell& cell, const CellTotal& total)> take_cell;
        std::function<void(const PointRow& row, std::uint32_t position)> take_point;
    };
    /// Tells all of the range, as cells that are whole or point by point. Errors: out_of_time.
    Result<void> count_parts(const CellRange& range,
                             const RowFilter& filter,
                             const Deadline& deadline,
                             const Parts& parts) const;
    /// Tells each point of the range. Errors: out_of_time.
    Result<void> each(const CellRange& range,
                      const RowFilter& filter,
                      const Deadline& deadline,
                      const TakePoint& take) const;

    /// From the first minute to the last, and the corners of a box that holds all: of what was
    /// sorted together the same while something of it is left. Not told of nothing.
    using TakeSpread = std::function<void(
        std::int32_t first, std::int32_t last, const std::pair<report::Spot, report::Spot>& box)>;
    void spread(const TakeSpread& take) const;

    std::size_t bytes() const noexcept;

private:
    friend class ColumnsWriter;
    friend class CellCounter;
    friend class PartWalk;

    /// Sorted by key, then by number; never changed.
    struct Sorted {
        std::vector<std::uint64_t> keys;
        std::vector<std::int32_t> minutes;
        std::vector<std::uint32_t> numbers;
        std::vector<std::uint16_t> categories;
        std::vector<std::uint16_t> marks;  ///< severity, status and level
        /// Sums of x, of y and of weights of all before each 64th.
        std::vector<std::uint64_t> sums_x;
        std::vector<std::uint64_t> sums_y;
        std::vector<std::uint64_t> sums_weight;
        std::int32_t first_minute = 0;
        std::int32_t last_minute = 0;
        std::pair<report::Spot, report::Spot> box;

        std::size_t size() const noexcept { return keys.size(); }
        PointRow at(std::size_t position) const noexcept;
        std::uint32_t weight(std::size_t position) const noexcept;
        void reserve(std::size_t rows);
        void add(const PointRow& row);
        void sum_up();
    };
    struct Run {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    static constexpr std::size_t block = 64;
    Run run_of(const report::Cell& cell, Run within) const noexcept;
    template <typename Take>
    Result<void> descend(const CellRange& range, const Take& take) const;

    std::shared_ptr<const Sorted> sorted_;
    std::shared_ptr<const std::vector<std::uint32_t>> gone_;  ///< positions, ascending
    std::shared_ptr<const std::vector<PointRow>> tail_;       ///< come since, in any order
};

/// The only one who changes them; belongs to one thread.
class ColumnsWriter {
public:
    /// All at once. Numbers are each once.
    void load(std::vector<PointRow> rows);
    /// Takes the place of what had the number.
    void put(const PointRow& row);
    void erase(std::uint32_t number);
    bool has(std::uint32_t number) const noexcept;

    /// As they are now: what is handed out stays as it is.
    Columns now();
    /// Of what finds a report by its number; that of the columns is their own.
    std::size_t bytes() const noexcept { return keys_.capacity() * sizeof(std::uint64_t); }

private:
    void merge();
    void remember(const PointRow& row);

    static constexpr std::uint64_t none = ~std::uint64_t{0};
    std::shared_ptr<const Columns::Sorted> sorted_ = std::make_shared<const Columns::Sorted>();
    std::vector<std::uint32_t> gone_;
    std::vector<PointRow> tail_;
    std::vector<std::uint64_t> keys_;  ///< of each number
    bool changed_ = true;
    Columns last_;
};

}  // namespace relief::shown
