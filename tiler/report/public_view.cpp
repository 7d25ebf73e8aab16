#include "tiler/report/public_view.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace relief::report {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 1'440 * minute_ms;

std::int64_t floored(std::int64_t value, std::int64_t step) noexcept {
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

/// Days since 1970 of the first of a month, and the month that a day lies in.
/// Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2021.
struct YearMonth {
    std::int64_t year;
    unsigned month;
};

std::int64_t first_day(YearMonth of) noexcept {
    of.year -= of.month <= 2 ? 1 : 0;
    const std::int64_t era = floored(of.year, 400) / 400;
    const std::int64_t year = of.year - era * 400;
    const unsigned day = (153 * (of.month > 2 ? of.month - 3 : of.month + 9) + 2) / 5;
    return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

YearMonth month_of(std::int64_t day) noexcept {
    day += 719468;
    const std::int64_t era = floored(day, 146097) / 146097;
    const auto of_era = static_cast<unsigned>(day - era * 146097);
    const unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    const unsigned shifted = (5 * of_year + 2) / 153;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {static_cast<std::int64_t>(year) + era * 400 + (month <= 2 ? 1 : 0), month};
}

InstantRange step_from(std::int64_t first, std::int64_t end) noexcept {
    return {Instant{first}, Instant{end - 1}};
}

/// Members of one level and time in one cell, by source.
std::size_t distinct_sources(std::span<const Member> members) {
    std::vector<std::uint64_t> sources;
    sources.reserve(members.size());
    for (const Member& member : members) sources.push_back(member.source);
    std::sort(sources.begin(), sources.end());
    return static_cast<std::size_t>(std::unique(sources.begin(), sources.end()) - sources.begin());
}

/// A cell whose members are enough, not yet told by category.
struct Bunch {
    Cell cell;
    std::vector<Member> members;
};

/// Those of one level and time, sorted by key: cell by cell from the smallest up.
void bunch_up(std::vector<Member> members, const LevelRule& rule, std::vector<Bunch>& bunches) {
    for (int zoom = rule.cell_zoom; zoom >= rule.merge_zoom && !members.empty(); --zoom) {
        std::vector<Member> left;
        for (auto begin = members.begin(); begin != members.end();) {
            const Cell cell = cell_of(begin->key, static_cast<std::uint8_t>(zoom));
            const auto end = std::find_if(begin, members.end(), [&](const Member& member) {
                return member.key > cell.last_key();
            });
            // What is known to a larger cell only waits for that one.
            std::vector<Member> inside;
            std::copy_if(begin, end, std::back_inserter(inside), [&](const Member& member) {
                return member.zoom >= cell.zoom;
            });
            const bool enough = distinct_sources(inside) >= rule.sources;
            std::copy_if(begin, end, std::back_inserter(left), [&](const Member& member) {
                return !enough || member.zoom < cell.zoom;
            });
            if (enough) bunches.push_back({cell, std::move(inside)});
            begin = end;
        }
        members = std::move(left);
    }
}

/// Finds out which cells have none near them.
class Isolation {
public:
    explicit Isolation(const std::vector<Bunch>& bunches) {
        for (const Bunch& bunch : bunches) cells_.insert(bunch.cell);
        for (const Cell& cell : cells_) keys_.insert({cell.first_key(), cell});
    }

    bool is_isolated(const Cell& cell) const {
        for (int reach = 1; reach <= isolation_reach; ++reach)
            for (int south = -reach; south <= reach; ++south)
                for (int east = -reach; east <= reach; ++east) {
                    if (std::max(std::abs(south), std::abs(east)) != reach) continue;
                    Cell near;
                    if (neighbour(cell, {east, south}, near) && is_shown(near, cell)) return false;
                }
        return true;
    }

private:
    /// Something of the place `near` is in a cell that `cell` has no part of.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): what is around, then what it is around
    bool is_shown(const Cell& near, const Cell& cell) const {
        for (auto inside = keys_.lower_bound({near.first_key(), Cell{}});
             inside != keys_.end() && inside->first <= near.last_key();
             ++inside)
            if (!inside->second.overlaps(cell)) return true;
        for (std::uint8_t zoom = 0; zoom < near.zoom; ++zoom) {
            const Cell around = near.ancestor(zoom);
            if (!around.overlaps(cell) && cells_.contains(around)) return true;
        }
        return false;
    }

    std::set<Cell> cells_;
    std::set<std::pair<std::uint64_t, Cell>> keys_;
};

std::uint64_t told_count(std::size_t sources, const LevelRule& rule) {
    return sources / rule.sources * rule.sources;
}

/// By category where all parts are large enough. What is left is too small as long as the smallest
/// part does not join it: else it would be known by taking the parts from the whole.
void tell_by_category(Bunch bunch, const LevelRule& rule, std::vector<Group>& groups) {
    std::sort(bunch.members.begin(), bunch.members.end(), [](const Member& a, const Member& b) {
        return std::tie(a.category, a.source) < std::tie(b.category, b.source);
    });
    std::vector<std::span<const Member>> parts;
    std::vector<Member> rest;
    for (auto begin = bunch.members.begin(); begin != bunch.members.end();) {
        const auto end = std::find_if(begin, bunch.members.end(), [&](const Member& member) {
            return member.category != begin->category;
        });
        const std::span<const Member> part(begin, end);
        if (begin->category != 0 && distinct_sources(part) >= rule.sources)
            parts.push_back(part);
        else
            rest.insert(rest.end(), begin, end);
        begin = end;
    }
    while (!rest.empty() && distinct_sources(rest) < rule.sources && !parts.empty()) {
        std::size_t least = parts.front().size();
        for (const auto& part : parts) least = std::min(least, part.size());
        std::erase_if(parts, [&](const auto& part) {
            if (part.size() != least) return false;
            rest.insert(rest.end(), part.begin(), part.end());
            return true;
        });
    }
    const Member& one = bunch.members.front();
    Group group{bunch.cell, rounded(Instant{one.time}, rule.time), {}, one.level, 0};
    for (const auto& part : parts) {
        group.category = part.front().category;
        group.count = told_count(distinct_sources(part), rule);
        groups.push_back(group);
    }
    if (rest.empty()) return;
    group.category.reset();
    group.count = told_count(distinct_sources(rest), rule);
    groups.push_back(group);
}

/// Those of one level.
void add_groups(std::span<const Member> members,
                const PrivacyLevels& levels,
                std::vector<Group>& groups) {
    const LevelRule& rule = levels.of(members.front().level);
    if (rule.open != Sight::cell) return;
    std::vector<Bunch> bunches;
    for (auto begin = members.begin(); begin != members.end();) {
        const auto end = std::find_if(
            begin, members.end(), [&](const Member& member) { return member.time != begin->time; });
        bunch_up({begin, end}, rule, bunches);
        begin = end;
    }
    if (rule.hides_isolated) {
        const Isolation isolation(bunches);
        std::erase_if(bunches,
                      [&](const Bunch& bunch) { return isolation.is_isolated(bunch.cell); });
    }
    for (Bunch& bunch : bunches) tell_by_category(std::move(bunch), rule, groups);
}

}  // namespace

Sight sight_of(const PrivacyLevels& levels, View view, const Report& report, Moderation rule) {
    if (report.level == Sensitivity::severe) return Sight::absent;
    if (view == View::exact) return Sight::exact;
    const bool shown = report.status == Status::verified ||
                       (report.status == Status::fresh && rule == Moderation::after);
    return shown ? levels.of(report.level).sight_of(view) : Sight::absent;
}

InstantRange time_of(const Report& report) noexcept {
    return report.said.time ? *report.said.time : InstantRange(report.received);
}

InstantRange rounded(Instant moment, TimeStep step) noexcept {
    const std::int64_t day = floored(moment.milliseconds, day_ms) / day_ms;
    switch (step) {
        case TimeStep::minute: {
            const Instant minute{floored(moment.milliseconds, minute_ms)};
            return {minute, minute};
        }
        case TimeStep::day: return step_from(day * day_ms, (day + 1) * day_ms);
        case TimeStep::week: {
            // 1970-01-01 was a Thursday.
            const std::int64_t monday = floored(day + 3, 7) - 3;
            return step_from(monday * day_ms, (monday + 7) * day_ms);
        }
        case TimeStep::month: {
            const YearMonth month = month_of(day);
            const YearMonth next = month.month == 12 ? YearMonth{month.year + 1, 1}
                                                     : YearMonth{month.year, month.month + 1};
            return step_from(first_day(month) * day_ms, first_day(next) * day_ms);
        }
    }
    return {moment, moment};
}

std::optional<Cell> own_area(const Draft& said) noexcept {
    switch (said.precision) {
        case Precision::exact: return std::nullopt;
        case Precision::near: return cell_of(said.place, 10);
        case Precision::region: return cell_of(said.place, 8);
    }
    return std::nullopt;
}

Member member_of(const Report& report, const LevelRule& rule, std::uint16_t category) {
    Cell cell = cell_of(report.said.place, rule.cell_zoom);
    if (const auto area = own_area(report.said); area && area->zoom < cell.zoom) cell = *area;
    return {cell.first_key(),
            std::hash<std::string_view>{}(report.said.contact),
            rounded(time_of(report).first, rule.time).first.milliseconds,
            category,
            cell.zoom,
            report.level};
}

std::vector<Group> public_groups(std::vector<Member> members, const PrivacyLevels& levels) {
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return std::tie(a.level, a.time, a.key, a.category, a.source) <
               std::tie(b.level, b.time, b.key, b.category, b.source);
    });
    std::vector<Group> groups;
    for (auto begin = members.begin(); begin != members.end();) {
        const auto end = std::find_if(begin, members.end(), [&](const Member& member) {
            return member.level != begin->level;
        });
        add_groups({begin, end}, levels, groups);
        begin = end;
    }
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        const auto order = [](const Group& group) {
            return std::tuple(group.cell.first_key(),
                              group.cell.zoom,
                              group.level,
                              group.time.first,
                              group.category.value_or(0));
        };
        return order(a) < order(b);
    });
    return groups;
}

}  // namespace relief::report
