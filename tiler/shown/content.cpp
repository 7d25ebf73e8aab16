#include "tiler/shown/content.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace relief::shown {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr LonLatBox world{-180, -85.0511287798066, 180, 85.0511287798066};

std::int64_t floor_divided(std::int64_t value, std::int64_t by) noexcept {
    return value / by - (value % by < 0 ? 1 : 0);
}

/// From the least to the most of what was told.
class Extent {
public:
    void add_minutes(std::int32_t first, std::int32_t last) noexcept {
        first_ = std::min(first_, first);
        last_ = std::max(last_, last);
    }
    void add_spots(const report::Spot& low, const report::Spot& high) noexcept {
        low_ = {std::min(low_.x, low.x), std::min(low_.y, low.y)};
        high_ = {std::max(high_.x, high.x), std::max(high_.y, high.y)};
        any_ = true;
    }
    void tell(Content& content) const {
        content.bounds = world;
        if (!any_) return;
        const report::Place west_north = report::place_of(low_);
        const report::Place east_south = report::place_of(high_);
        content.bounds = {
            west_north.longitude, east_south.latitude, east_south.longitude, west_north.latitude};
        content.times = InstantRange(instant_of(first_), instant_of(last_));
    }

private:
    static constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    std::int32_t first_ = std::numeric_limits<std::int32_t>::max();
    std::int32_t last_ = std::numeric_limits<std::int32_t>::min();
    report::Spot low_{most, most};
    report::Spot high_{};
    bool any_ = false;
};

bool by_cell(const AreaRow& a, const AreaRow& b) noexcept {
    const auto order = [](const AreaRow& row) {
        return std::tuple(row.cell.first_key(),
                          row.cell.zoom,
                          row.level,
                          row.number,
                          row.first_minute,
                          row.category);
    };
    return order(a) < order(b);
}

}  // namespace

std::int32_t minute_of(Instant moment) noexcept {
    const std::int64_t minute = floor_divided(moment.milliseconds, minute_ms);
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(minute,
                                 std::numeric_limits<std::int32_t>::min(),
                                 std::numeric_limits<std::int32_t>::max()));
}

Instant instant_of(std::int32_t minute) noexcept {
    return {minute * minute_ms};
}

RowFilter row_filter(const report::ReportFilter& filter, const Categories& categories) {
    RowFilter rows;
    // Told to the minute: the one that it begins within counts.
    if (filter.since) rows.since = minute_of(*filter.since);
    if (filter.until) rows.until = minute_of(*filter.until);
    if (!filter.categories.empty()) {
        rows.categories.emplace(categories.size(), false);
        for (const std::string& wanted : filter.categories)
            for (std::size_t i = 1; i < categories.size(); ++i)
                if (categories[i] == wanted) (*rows.categories)[i] = true;
    }
    if (!filter.statuses.empty()) {
        rows.statuses = 0;
        for (const report::Status status : filter.statuses)
            rows.statuses |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(status));
    }
    return rows;
}

std::uint16_t Board::category(std::string_view text) {
    if (text.empty()) return 0;
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    if (categories_.size() > std::numeric_limits<std::uint16_t>::max()) return 0;
    const auto number = static_cast<std::uint16_t>(categories_.size());
    categories_.emplace_back(text);
    numbers_.emplace(text, number);
    frozen_categories_.reset();
    last_.reset();
    return number;
}

void Board::load(std::vector<PointRow> points, std::vector<AreaRow> areas) {
    columns_.load(std::move(points));
    areas_.clear();
    for (AreaRow& area : areas) areas_.emplace(area.number, area);
    sorted_areas_.reset();
    last_.reset();
}

void Board::put(const PointRow& row) {
    if (areas_.erase(row.number) != 0) sorted_areas_.reset();
    columns_.put(row);
    last_.reset();
}

void Board::put(const AreaRow& row) {
    columns_.erase(row.number);
    areas_[row.number] = row;
    sorted_areas_.reset();
    last_.reset();
}

bool Board::has(const AreaRow& row) const {
    const auto there = areas_.find(row.number);
    return there != areas_.end() && there->second == row;
}

bool Board::erase(std::uint32_t number) {
    const bool area = areas_.erase(number) != 0;
    if (!area && !columns_.has(number)) return false;
    if (area) sorted_areas_.reset();
    columns_.erase(number);
    last_.reset();
    return true;
}

void Board::put_groups(std::vector<AreaRow> groups) {
    groups_ = std::move(groups);
    sorted_areas_.reset();
    last_.reset();
}

bool Board::has_groups(std::vector<AreaRow> groups) const {
    std::vector<AreaRow> there = groups_;
    std::sort(there.begin(), there.end(), by_cell);
    std::sort(groups.begin(), groups.end(), by_cell);
    return there == groups;
}

void Board::measure(Content& content) {
    Extent extent;
    content.points.spread([&](std::int32_t first, std::int32_t last, const auto& box) {
        extent.add_minutes(first, last);
        extent.add_spots(box.first, box.second);
    });
    for (const AreaRow& area : *content.areas) {
        extent.add_minutes(area.first_minute, area.last_minute);
        extent.add_spots(report::spot_of(area.cell.first_key()),
                         report::spot_of(area.cell.last_key()));
    }
    extent.tell(content);
}

ContentPointer Board::now() {
    if (last_) return last_;
    if (!sorted_areas_) {
        std::vector<AreaRow> areas = groups_;
        for (const auto& [number, area] : areas_) areas.push_back(area);
        std::sort(areas.begin(), areas.end(), by_cell);
        sorted_areas_ = std::make_shared<const std::vector<AreaRow>>(std::move(areas));
    }
    if (!frozen_categories_) frozen_categories_ = std::make_shared<const Categories>(categories_);
    auto content = std::make_shared<Content>();
    content->points = columns_.now();
    content->areas = sorted_areas_;
    content->categories = frozen_categories_;
    measure(*content);
    last_ = std::move(content);
    return last_;
}

}  // namespace relief::shown
