#include "tiler/pipeline/feature_choice.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace relief::pipeline {
namespace {

using workspace::TimeChoice;
using workspace::TimeInterval;

/// A feature of an index, as a filter asks for it. What cannot be read is not there.
class IndexRow final : public query::Row {
public:
    IndexRow(const vector::VectorIndex& index, std::uint32_t feature, GeometryKind kind)
        : index_(index), feature_(feature), kind_(kind) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        const std::uint32_t number = index_.value_number(feature_, attribute);
        if (number == 0) return std::nullopt;
        auto value = index_.value(number);
        return value ? std::optional(std::move(*value)) : std::nullopt;
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override { return index_.id_of(feature_); }

private:
    const vector::VectorIndex& index_;
    std::uint32_t feature_;
    GeometryKind kind_;
};

bool meets(const TimeInterval& interval, const InstantRange& moment) noexcept {
    return (!interval.first || *interval.first <= moment.last) &&
           (!interval.last || moment.first <= *interval.last);
}

std::int64_t distance_of(const TimeInterval& interval, const InstantRange& moment) noexcept {
    if (interval.first && moment.last < *interval.first)
        return interval.first->milliseconds - moment.last.milliseconds;
    if (interval.last && moment.first > *interval.last)
        return moment.first.milliseconds - interval.last->milliseconds;
    return 0;
}

/// Moments by their number.
struct MomentList {
    std::size_t size;
    std::function<InstantRange(std::size_t)> at;
};

MomentList moments_in(const vector::VectorIndex& index) {
    return {index.moments(), [&index](std::size_t i) { return index.moment(i); }};
}

MomentList moments_in(const std::vector<InstantRange>& moments) {
    return {moments.size(), [&moments](std::size_t i) { return moments[i]; }};
}

/// The one that ends last, and of these the shortest.
std::optional<InstantRange> newest_of(const MomentList& moments) {
    std::optional<InstantRange> newest;
    for (std::size_t i = 0; i < moments.size; ++i) {
        const InstantRange moment = moments.at(i);
        if (!newest ||
            std::pair(newest->last, newest->first) < std::pair(moment.last, moment.first))
            newest = moment;
    }
    return newest;
}

std::optional<InstantRange> nearest_to(const TimeInterval& interval, const MomentList& moments) {
    std::optional<InstantRange> nearest;
    auto least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < moments.size; ++i) {
        const InstantRange moment = moments.at(i);
        const std::int64_t distance = distance_of(interval, moment);
        if (distance >= least) continue;
        least = distance;
        nearest = moment;
    }
    return nearest;
}

/// Where an age counts from: what is yet to come is of any age.
Instant end_of(const FeatureTime& time) {
    return std::min(time.choice.interval.last.value_or(time.now), time.now);
}

std::optional<TimeInterval> one_moment(const FeatureTime& time,
                                       const std::optional<InstantRange>& moment) {
    if (!moment) return std::nullopt;
    const auto& age = time.choice.maximum_age;
    const bool nearest = time.choice.rule == TimeChoice::Rule::nearest;
    const std::int64_t off = nearest ? distance_of(time.choice.interval, *moment)
                                     : time.now.milliseconds - moment->last.milliseconds;
    if (age && off > age->count()) return std::nullopt;
    return TimeInterval{moment->first, moment->last};
}

TimeInterval within(const FeatureTime& time) {
    TimeInterval interval = time.choice.interval;
    if (!time.choice.maximum_age) return interval;
    const Instant oldest{end_of(time).milliseconds - time.choice.maximum_age->count()};
    interval.first = std::max(interval.first.value_or(oldest), oldest);
    return interval;
}

MeantMoments of_one(const std::optional<TimeInterval>& moment) {
    if (!moment) return {true, {}};
    return {false, InstantRange(*moment->first, *moment->last)};
}

/// Where the moments themselves are not known.
MeantMoments part_of(const InstantRange& extent, const TimeInterval& wanted) {
    if (!meets(wanted, extent)) return {true, {}};
    return {false,
            InstantRange(std::max(wanted.first.value_or(extent.first), extent.first),
                         std::min(wanted.last.value_or(extent.last), extent.last))};
}

MeantMoments meeting(const FeatureTimes& times, const TimeInterval& wanted) {
    if (times.moments.empty()) return part_of(times.extent, wanted);
    MeantMoments meant{true, {}};
    for (const InstantRange& moment : times.moments) {
        if (!meets(wanted, moment)) continue;
        const InstantRange before = meant.span.value_or(moment);
        meant = {
            false,
            InstantRange(std::min(before.first, moment.first), std::max(before.last, moment.last))};
    }
    return meant;
}

std::optional<TimeInterval> interval_among(const FeatureTime& time, const MomentList& moments) {
    switch (time.choice.rule) {
        case TimeChoice::Rule::newest: return one_moment(time, newest_of(moments));
        case TimeChoice::Rule::nearest:
            return one_moment(time, nearest_to(time.choice.interval, moments));
        case TimeChoice::Rule::within: break;
    }
    return within(time);
}

}  // namespace

Result<std::optional<FeatureTime>> parse_feature_time(std::string_view time,
                                                      std::string_view maximum_age,
                                                      Instant now) {
    auto choice = workspace::parse_time_choice(time, maximum_age);
    if (!choice) return choice.error();
    if (time.empty() && !choice->maximum_age) return std::optional<FeatureTime>();
    if (time.empty()) choice->rule = TimeChoice::Rule::within;
    return std::optional(FeatureTime{*choice, now});
}

std::optional<TimeInterval> interval_of(const FeatureTime& time, const vector::VectorIndex& index) {
    return interval_among(time, moments_in(index));
}

std::optional<TimeInterval> interval_of(const FeatureTime& time,
                                        const std::vector<InstantRange>& moments) {
    return interval_among(time, moments_in(moments));
}

MeantMoments meant_moments(const FeatureTime& time, const FeatureTimes& times) {
    switch (time.choice.rule) {
        case TimeChoice::Rule::newest: return of_one(one_moment(time, times.newest));
        case TimeChoice::Rule::nearest:
            if (times.moments.empty()) return {};
            return of_one(
                one_moment(time, nearest_to(time.choice.interval, moments_in(times.moments))));
        case TimeChoice::Rule::within: break;
    }
    return meeting(times, within(time));
}

std::function<bool(std::uint32_t feature, GeometryKind kind)> wanted_by(
    const FeatureChoice& choice, const vector::VectorIndex& index, std::uint32_t zoom) {
    if (!choice.time && choice.filters.empty()) return {};
    const auto interval = choice.time ? interval_of(*choice.time, index) : TimeInterval{};
    if (!interval) return [](std::uint32_t, GeometryKind) { return false; };
    const auto in_time = [&index, wanted = *interval](std::uint32_t feature) {
        const std::uint32_t moment = index.moment_number(feature);
        return moment != 0 && moment <= index.moments() && meets(wanted, index.moment(moment - 1));
    };
    return [&choice, &index, zoom, in_time](std::uint32_t feature, GeometryKind kind) {
        if (choice.time && !in_time(feature)) return false;
        const IndexRow row(index, feature, kind);
        return std::all_of(choice.filters.begin(), choice.filters.end(), [&](const auto& filter) {
            return filter.holds(row, zoom);
        });
    };
}

}  // namespace relief::pipeline
