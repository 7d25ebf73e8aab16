#include "tiler/workspace/time_choice.hpp"

#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <tuple>

namespace relief::workspace {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view nearest_word = "nearest:";
constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t longest = 1'000'000 * day;  // beyond year 9999 whatever it is added to

constexpr const char* interval_forms =
    "an instant, a day, a month or a year (2024-05-01T10:00:00Z, 2024-05-01, 2024-05, 2024), or "
    "START/END of these, where \"..\" is an open end and one side may be a duration (P30D)";

Error not_a_time(std::string_view text, const std::string& forms) {
    return bad_request("time \"" + std::string(text.substr(0, 100)) +
                       "\" is not understood; write " + forms);
}

struct Unit {
    char letter;
    bool of_clock;
    std::int64_t length;
};
constexpr std::array<Unit, 5> units{{{'W', false, 7 * day},
                                     {'D', false, day},
                                     {'H', true, hour},
                                     {'M', true, minute},
                                     {'S', true, second}}};

/// ISO 8601 in whole units of fixed length: P2W, P1DT6H; years and months have none.
std::optional<milliseconds> parse_iso_duration(std::string_view text) {
    if (!text.starts_with('P') || text.size() < 3) return std::nullopt;
    text.remove_prefix(1);
    std::int64_t sum = 0;
    bool clock = false;
    while (!text.empty()) {
        if (text.front() == 'T' && !clock && text.size() > 1) {
            clock = true;
            text.remove_prefix(1);
        }
        std::int64_t count = 0;
        const auto number = std::from_chars(text.data(), text.data() + text.size(), count);
        const char* const end = number.ptr;
        if (number.ec != std::errc{} || count < 0 || end == text.data() + text.size())
            return std::nullopt;
        const auto* const unit = std::find_if(units.begin(), units.end(), [&](const Unit& one) {
            return one.letter == *end && one.of_clock == clock;
        });
        if (unit == units.end() || count > longest / unit->length) return std::nullopt;
        sum = std::min(longest, sum + count * unit->length);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    return milliseconds(sum);
}

std::optional<milliseconds> parse_any_duration(std::string_view text) {
    return text.starts_with('P') ? parse_iso_duration(text) : parse_duration(text);
}

/// One side of START/END: an instant's range, a duration, or open.
struct Side {
    std::optional<InstantRange> range;
    std::optional<milliseconds> duration;
};

std::optional<Side> parse_side(std::string_view text) {
    Side side;
    if (text.empty() || text == "..") return side;
    if (text.starts_with('P')) {
        side.duration = parse_iso_duration(text);
        return side.duration ? std::optional(side) : std::nullopt;
    }
    const auto range = parse_instant(text);
    if (!range) return std::nullopt;
    side.range = *range;
    return side;
}

/// None when a duration has nothing to count from, or both sides are open.
std::optional<TimeInterval> interval_of(const Side& from, const Side& to) {
    TimeInterval interval;
    if (from.range) interval.first = from.range->first;
    if (to.range) interval.last = to.range->last;
    if (from.duration && interval.last)
        interval.first = Instant{interval.last->milliseconds - from.duration->count()};
    if (to.duration && interval.first)
        interval.last = Instant{interval.first->milliseconds + to.duration->count()};
    const bool loose = (from.duration && !interval.first) || (to.duration && !interval.last);
    if (loose || (!interval.first && !interval.last)) return std::nullopt;
    return interval;
}

/// None when it is not understood; what ends before it begins is told apart by the caller.
std::optional<TimeInterval> read_interval(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        const auto range = parse_instant(text);
        return range ? std::optional(TimeInterval{range->first, range->last}) : std::nullopt;
    }
    const auto from = parse_side(text.substr(0, slash));
    const auto to = parse_side(text.substr(slash + 1));
    return from && to ? interval_of(*from, *to) : std::nullopt;
}

/// `forms`: all that may be written where the text stood.
Result<TimeInterval> checked_interval(std::string_view text, const std::string& forms) {
    const auto interval = read_interval(text);
    if (!interval) return not_a_time(text, forms);
    if (interval->first && interval->last && *interval->first > *interval->last)
        return bad_request("time \"" + std::string(text.substr(0, 100)) +
                           "\" ends before it begins");
    return *interval;
}

/// When it was taken: at its own time, else within what the provenance states, which may be
/// nothing: at any time. A mosaic's scenes are chosen by their own times afterwards.
TimeInterval taken(const Layer& layer, const Observation& observation) {
    if (observation.time) return {observation.time->first, observation.time->last};
    if (observation.mosaic && observation.mosaic->extent()) return {};
    const auto stated = parse_interval(layer.provenance.acquired);
    return stated ? *stated : TimeInterval{};
}

/// How far apart the two are; 0 where they share an instant.
std::int64_t distance(const TimeInterval& interval, const TimeInterval& other) {
    if (interval.first && other.last && *other.last < *interval.first)
        return interval.first->milliseconds - other.last->milliseconds;
    if (interval.last && other.first && *other.first > *interval.last)
        return other.first->milliseconds - interval.last->milliseconds;
    return 0;
}

bool is_too_far(const TimeChoice& choice, const TimeInterval& shown, Instant now) {
    if (!choice.maximum_age) return false;
    if (choice.rule == TimeChoice::Rule::nearest)
        return distance(choice.interval, shown) > choice.maximum_age->count();
    const Instant end = std::min(choice.interval.last.value_or(now), now);
    return end.milliseconds - shown.last.value_or(end).milliseconds > choice.maximum_age->count();
}

/// How well a time fits what is asked, the smaller the better: what was said in the same words,
/// what lies inside, what may. So a year can be asked for where its months are there too.
enum class Fit : std::uint8_t { same, inside, reaching_over };

Fit fit_of(const TimeChoice& choice, const InstantRange& time) {
    if (choice.words == time) return Fit::same;
    const bool inside = choice.interval.holds(time.first) && choice.interval.holds(time.last);
    return inside ? Fit::inside : Fit::reaching_over;
}

const Observation* nearest(const Layer& layer, const TimeChoice& choice) {
    const auto key = [&](const Observation& one) {
        const std::int64_t off = distance(choice.interval, {one.time->first, one.time->last});
        return std::tuple(off, fit_of(choice, *one.time), *one.time);
    };
    return &*std::min_element(layer.observations.begin(),
                              layer.observations.end(),
                              [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

const Observation* newest_within(const Layer& layer, const TimeChoice& choice) {
    const Observation* best = nullptr;
    for (const Observation& one : layer.observations) {
        if (!one.time || distance(choice.interval, {one.time->first, one.time->last}) > 0) continue;
        if (best == nullptr || fit_of(choice, *one.time) <= fit_of(choice, *best->time))
            best = &one;
    }
    return best;
}

}  // namespace

Result<TimeInterval> parse_interval(std::string_view text) {
    return checked_interval(text, interval_forms);
}

Result<TimeChoice> parse_time_choice(std::string_view time, std::string_view maximum_age) {
    TimeChoice choice;
    if (!maximum_age.empty()) {
        choice.maximum_age = parse_any_duration(maximum_age);
        if (!choice.maximum_age)
            return bad_request("max_age \"" + std::string(maximum_age.substr(0, 100)) +
                               "\" is not a duration; write for instance 6h, 30d or P30D");
    }
    if (time.empty() || time == "latest") return choice;
    choice.rule = TimeChoice::Rule::within;
    if (time.starts_with(nearest_word)) {
        choice.rule = TimeChoice::Rule::nearest;
        time.remove_prefix(nearest_word.size());
    }
    auto interval = checked_interval(
        time, std::string(interval_forms) + ", nearest: with one of these behind it, or latest");
    if (!interval) return interval.error();
    choice.interval = *interval;
    if (const auto words = parse_observed(time)) choice.words = *words;
    return choice;
}

const Observation* choose(const Layer& layer, const TimeChoice& choice, Instant now) {
    const Observation* found = &layer.newest();
    if (!found->time) {
        const bool within = choice.rule == TimeChoice::Rule::within;
        if (within && distance(choice.interval, taken(layer, *found)) > 0) return nullptr;
    } else if (choice.rule == TimeChoice::Rule::within) {
        found = newest_within(layer, choice);
    } else if (choice.rule == TimeChoice::Rule::nearest) {
        found = nearest(layer, choice);
    }
    if (found == nullptr || is_too_far(choice, taken(layer, *found), now)) return nullptr;
    return found;
}

std::string to_age_text(milliseconds age) {
    const std::int64_t length = std::max<std::int64_t>(age.count(), 0);
    if (length >= day) return "P" + std::to_string(length / day) + "D";
    if (length >= hour) return "PT" + std::to_string(length / hour) + "H";
    if (length >= minute) return "PT" + std::to_string(length / minute) + "M";
    return "PT" + std::to_string(length / second) + "S";
}

std::optional<InstantRange> observed_at(const Layer& layer, const Observation& observation) {
    if (observation.time) return observation.time;
    if (const auto said = parse_observed(layer.provenance.acquired)) return *said;
    const auto stated = parse_interval(layer.provenance.acquired);
    if (!stated) return std::nullopt;
    // Open on one side, or counted from it.
    return InstantRange(stated->first ? *stated->first : *stated->last,
                        stated->last ? *stated->last : *stated->first);
}

}  // namespace relief::workspace
