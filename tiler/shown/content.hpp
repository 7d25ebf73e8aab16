#pragma once
// What a view shows of reports at one moment, and who keeps it up to date.

#include "tiler/core/boxes.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/report.hpp"
#include "tiler/report/report_filter.hpp"
#include "tiler/shown/columns.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::shown {

using Categories = std::vector<std::string>;  ///< by number; the first is empty

/// Frozen.
struct Content {
    Columns points;
    std::shared_ptr<const std::vector<AreaRow>> areas;  ///< sorted by cell
    std::shared_ptr<const Categories> categories;
    std::optional<InstantRange> times{};  ///< from the first to the last; none of nothing
    LonLatBox bounds;                     ///< the world where there is nothing

    std::uint64_t size() const noexcept { return points.size() + areas->size(); }
    std::size_t bytes() const noexcept { return points.bytes() + areas->size() * sizeof(AreaRow); }
};
using ContentPointer = std::shared_ptr<const Content>;

/// What only single reports tell, in the order of the numbers; nothing of one that is gone.
struct RowText {
    std::uint64_t feature = 0;  ///< id in tiles
    std::string id;             ///< in addresses
    std::string title;
};
class RowTexts {
public:
    RowTexts() = default;
    RowTexts(const RowTexts&) = delete;
    RowTexts& operator=(const RowTexts&) = delete;
    RowTexts(RowTexts&&) = delete;
    RowTexts& operator=(RowTexts&&) = delete;
    virtual ~RowTexts() = default;
    /// For any thread. Errors: source_broken.
    virtual Result<std::vector<std::optional<RowText>>> of(
        std::span<const std::uint32_t> numbers) const = 0;
};

/// A view as it is handed to those who draw it.
struct Sight {
    ContentPointer content;
    std::shared_ptr<const RowTexts> texts;
    std::string version;  ///< equal text: equal content
    Instant changed;
};

/// The filter in the terms of the content. Its box is not part of it.
RowFilter row_filter(const report::ReportFilter& filter, const Categories& categories);

std::int32_t minute_of(Instant moment) noexcept;
/// The first millisecond of the minute.
Instant instant_of(std::int32_t minute) noexcept;

/// Belongs to one thread; what it hands out is for any.
class Board {
public:
    /// A number for the text; 0 for none, and for all that come after the 65,535th.
    std::uint16_t category(std::string_view text);

    /// Numbers are each once.
    void load(std::vector<PointRow> points, std::vector<AreaRow> areas);
    void put(const PointRow& row);
    /// `row` has a number.
    void put(const AreaRow& row);
    /// That very row is there.
    bool has(const AreaRow& row) const;
    /// False when there was nothing.
    bool erase(std::uint32_t number);
    /// In the place of all areas that have no number.
    void put_groups(std::vector<AreaRow> groups);
    /// Those very ones, in any order.
    bool has_groups(std::vector<AreaRow> groups) const;

    /// The same pointer until something was put or erased.
    ContentPointer now();
    std::size_t bytes() const noexcept { return columns_.bytes(); }

private:
    static void measure(Content& content);

    ColumnsWriter columns_;
    std::map<std::uint32_t, AreaRow> areas_;  ///< by number
    std::vector<AreaRow> groups_;
    std::shared_ptr<const std::vector<AreaRow>> sorted_areas_;  ///< null: to be sorted anew
    std::map<std::string, std::uint16_t, std::less<>> numbers_;
    Categories categories_{std::string()};
    std::shared_ptr<const Categories> frozen_categories_;  ///< null: there are new ones
    ContentPointer last_;                                  ///< null: something has changed
};

}  // namespace relief::shown
