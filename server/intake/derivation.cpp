#include "server/intake/derivation.hpp"

#include <algorithm>
#include <utility>

namespace relief::intake {
namespace {

using report::Report;
using report::Sight;
using report::View;

constexpr std::int64_t minute_ms = 60'000;

/// A point, or the area that its place is known to.
void put_itself(shown::Board& board, const Report& report) {
    // Ids are no part of the columns.
    const shown::PublicReport all = public_report(report, 0);
    const std::uint16_t category = board.category(all.category);
    if (all.area)
        board.put(shown::area_row(all, category));
    else
        board.put(shown::point_row(all, category));
}

}  // namespace

shown::PublicReport public_report(const Report& report, std::uint64_t feature) {
    shown::PublicReport all;
    all.number = report.number;
    all.feature = feature;
    all.id = report.id;
    all.place = report.said.place;
    all.area = report::own_area(report.said);
    if (all.area) {
        const LonLatBox box = report::box_of(*all.area);
        all.place = {(box.west + box.east) / 2, (box.south + box.north) / 2};
    }
    all.title = report.said.title;
    all.description = report.said.description;
    all.category = report.said.category;
    all.severity = report.said.severity;
    all.status = report.status;
    all.level = report.level;
    const InstantRange time = report::time_of(report);
    all.time = {report::rounded(time.first, report::TimeStep::minute).first,
                report::rounded(time.last, report::TimeStep::minute).first};
    all.received = report::rounded(report.received, report::TimeStep::minute).first;
    all.changed = report::rounded(report.changed, report::TimeStep::minute).first;
    all.photos = report.photos;
    all.licence = report.said.licence;
    all.attribution = report.said.attribution;
    return all;
}

void Derivation::take(const exact::OutboxEntry& entry, const Known& before) {
    const auto number = static_cast<std::uint32_t>(entry.number);
    take_exact(number, entry.report);
    take_analyst(number, entry.report);
    take_member(entry.number, entry.report, before);
    regroup_ = regroup_ || before.missed;
    take_open(entry.number, entry.report, before.known);
}

void Derivation::take_exact(std::uint32_t number, const std::optional<Report>& report) {
    const bool seen =
        report &&
        report::sight_of(rules_.levels, View::exact, *report, rules_.moderation) != Sight::absent;
    if (seen)
        put_itself(exact_, *report);
    else
        exact_.erase(number);
}

void Derivation::take_analyst(std::uint32_t number, const std::optional<Report>& report) {
    const Sight sight =
        report ? report::sight_of(rules_.levels, View::analyst, *report, rules_.moderation)
               : Sight::absent;
    if (sight == Sight::absent) {
        analyst_.erase(number);
        return;
    }
    if (sight == Sight::exact) return put_itself(analyst_, *report);
    const report::LevelRule& rule = rules_.levels.of(report->level);
    shown::PublicReport blurred = public_report(*report, 0);
    const report::Cell cell = report::cell_of(report->said.place, rule.analyst_zoom);
    if (!blurred.area || blurred.area->zoom > cell.zoom) blurred.area = cell;
    blurred.time = report::rounded(blurred.time.first, rule.time);
    const auto row = shown::area_row(blurred, analyst_.category(blurred.category));
    // It has no texts there: nobody is to notice that what is not shown was changed.
    if (!analyst_.has(row)) analyst_.put(row);
}

void Derivation::take_open(std::int64_t number, const std::optional<Report>& report, bool known) {
    const bool seen =
        report &&
        report::sight_of(rules_.levels, View::open, *report, rules_.moderation) == Sight::exact;
    if (known) return;
    if (!seen) {
        // Of what was never shown by itself nobody is to notice that it came.
        if (open_.erase(static_cast<std::uint32_t>(number))) changes_[number].reset();
        return;
    }
    put_itself(open_, *report);
    changes_[number] = public_report(*report, rules_.feature_of(report->id));
}

void Derivation::take_member(std::int64_t number,
                             const std::optional<Report>& report,
                             const Known& before) {
    const auto known = members_.find(number);
    const bool was_counted = known != members_.end() && known->second.counted;
    const bool together =
        report &&
        report::sight_of(rules_.levels, View::open, *report, rules_.moderation) == Sight::cell;
    if (!together) {
        if (known != members_.end()) members_.erase(known);
        regroup_ = regroup_ || was_counted;
        return;
    }
    const report::LevelRule& rule = rules_.levels.of(report->level);
    Counted now{report::member_of(*report, rule, open_.category(report->said.category)),
                report->received.milliseconds + rule.delay_minutes * minute_ms,
                false};
    // A note or a grade changes nothing that is counted.
    if (was_counted && known->second.member == now.member) return;
    const std::int64_t last = std::max(now.from, report->changed.milliseconds);
    now.counted = before.batch != 0 && last <= before.batch;
    members_[number] = now;
    regroup_ = regroup_ || was_counted || (now.counted && !before.known);
}

Derivation::Open Derivation::changes() const {
    Open all;
    for (const auto& [number, report] : changes_)
        if (report)
            all.put.push_back(*report);
        else
            all.erased.push_back(number);
    return all;
}

void Derivation::settled() {
    changes_.clear();
    regroup_ = false;
}

void Derivation::begin_batch(std::int64_t moment) {
    for (auto& [number, counted] : members_) {
        if (counted.counted || counted.from > moment) continue;
        counted.counted = true;
        regroup_ = true;
    }
}

std::vector<shown::ShownGroup> Derivation::groups() {
    std::vector<report::Member> members;
    for (const auto& [number, counted] : members_)
        if (counted.counted) members.push_back(counted.member);
    const auto categories = open_.now()->categories;
    std::vector<shown::ShownGroup> groups;
    for (const report::Group& group : report::public_groups(std::move(members), rules_.levels)) {
        shown::ShownGroup told;
        told.row.cell = group.cell;
        told.row.first_minute = shown::minute_of(group.time.first);
        told.row.last_minute = shown::minute_of(group.time.last);
        told.row.count = static_cast<std::uint32_t>(group.count);
        told.row.category = group.category.value_or(0);
        told.row.level = static_cast<std::uint8_t>(group.level);
        if (group.category) told.category = (*categories)[*group.category];
        groups.push_back(std::move(told));
    }
    return groups;
}

}  // namespace relief::intake
