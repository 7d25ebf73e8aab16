#include "tiler/vector/time_column.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace relief::vector {
namespace {

/// The likeliest first.
constexpr std::array<std::string_view, 19> usual_names{"time",
                                                       "datetime",
                                                       "date_time",
                                                       "timestamp",
                                                       "date",
                                                       "event_date",
                                                       "observed",
                                                       "observed_at",
                                                       "obs_date",
                                                       "acquired",
                                                       "acq_date",
                                                       "image_date",
                                                       "when",
                                                       "start_time",
                                                       "start_date",
                                                       "start",
                                                       "begin",
                                                       "from",
                                                       "created"};

std::optional<InstantRange> moment_of_text(std::string text) {
    constexpr std::size_t length_of_date = 10;
    constexpr std::size_t longest = 80;
    if (text.size() < 4 || text.size() > longest) return std::nullopt;
    if (text.size() > length_of_date && text[length_of_date] == ' ') text[length_of_date] = 'T';
    if (auto moment = parse_observed(text)) return *moment;
    if (text.size() <= length_of_date || text[length_of_date] != 'T') return std::nullopt;
    const auto moment = parse_observed(text + "Z");
    return moment ? std::optional(*moment) : std::nullopt;
}

std::optional<InstantRange> moment_of_number(std::int64_t number) {
    constexpr std::int64_t last_year = 9999;
    constexpr std::int64_t least_milliseconds = 100'000'000'000;
    constexpr std::int64_t last_moment = 253'402'300'799'999;  // the end of the year 9999
    if (number >= 1000 && number <= last_year) return moment_of_text(std::to_string(number));
    if (number <= last_year || number > last_moment) return std::nullopt;
    return InstantRange(Instant{number >= least_milliseconds ? number : number * 1000});
}

/// Whether an attribute of that value may tell times without being named.
bool tells_itself(const AttributeValue& value) {
    constexpr std::size_t length_of_year = 4;
    const auto* const text = std::get_if<std::string>(&value);
    return text != nullptr && text->size() > length_of_year && moment_of(value).has_value();
}

std::string lower_case(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

/// Where both are true.
std::vector<std::size_t> both(const std::vector<bool>& left, const std::vector<bool>& right) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i] && right[i]) found.push_back(i);
    return found;
}

/// Attributes whose values, one at least, are all times.
std::vector<std::size_t> candidates_in(const AttributeRows& rows) {
    enum class Known : std::uint8_t { not_yet, time, other };
    std::vector<Known> known(rows.values.size(), Known::not_yet);
    std::vector<bool> any(rows.attributes.size());
    std::vector<bool> all(rows.attributes.size(), true);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = rows.attributes[i].type == AttributeType::text;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const std::size_t attribute = i % rows.attributes.size();
        if (rows.rows[i] == 0 || !all[attribute]) continue;
        Known& value = known[rows.rows[i] - 1];
        if (value == Known::not_yet)
            value = tells_itself(rows.values.value(rows.rows[i])) ? Known::time : Known::other;
        any[attribute] = true;
        if (value == Known::other) all[attribute] = false;
    }
    return both(any, all);
}

/// By its name; none when no name is a usual one.
std::optional<std::size_t> likeliest(const AttributeRows& rows,
                                     const std::vector<std::size_t>& candidates) {
    for (const std::string_view name : usual_names)
        for (const std::size_t candidate : candidates)
            if (lower_case(rows.attributes[candidate].name) == name) return candidate;
    return std::nullopt;
}

Error no_such_attribute(const AttributeRows& rows, const std::string& name) {
    constexpr std::size_t most = 40;
    std::string list;
    for (std::size_t i = 0; i < rows.attributes.size() && i < most; ++i)
        list += (i == 0 ? "" : ", ") + rows.attributes[i].name;
    return bad_request("time attribute \"" + name.substr(0, 100) +
                       "\" is not there; attributes are " + (list.empty() ? "none" : list));
}

std::string shown(const AttributeValue& value) {
    struct Words {
        std::string operator()(const std::string& text) const { return text.substr(0, 80); }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return std::to_string(number); }
    };
    return std::visit(Words{}, value);
}

Error no_time(const std::string& attribute, const AttributeValue& value) {
    return bad_request("time attribute \"" + attribute + "\" holds \"" + shown(value) +
                       "\", which is no time; times are written as 2024, 2024-05, 2024-05-01, "
                       "2024-05-01T10:00:00Z or BEGIN/END, or are whole seconds or milliseconds "
                       "since 1970");
}

/// Errors: bad_request quoting a value that is no time.
Result<TimeColumn> column_of(const AttributeRows& rows, std::size_t attribute) {
    const std::size_t width = rows.attributes.size();
    std::vector<std::optional<InstantRange>> of_value(rows.values.size() + 1);
    TimeColumn column{attribute, {}, {}};
    for (std::size_t i = attribute; i < rows.rows.size(); i += width) {
        const std::uint32_t number = rows.rows[i];
        if (number == 0 || of_value[number]) continue;
        const AttributeValue value = rows.values.value(number);
        of_value[number] = moment_of(value);
        if (!of_value[number]) return no_time(rows.attributes[attribute].name, value);
        column.moments.push_back(*of_value[number]);
    }
    auto& moments = column.moments;
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    std::vector<std::uint32_t> places(of_value.size(), 0);
    for (std::size_t number = 1; number < of_value.size(); ++number) {
        if (!of_value[number]) continue;
        const auto place = std::lower_bound(moments.begin(), moments.end(), *of_value[number]);
        places[number] = static_cast<std::uint32_t>(place - moments.begin()) + 1;
    }
    column.numbers.reserve(rows.rows.size() / width);
    for (std::size_t i = attribute; i < rows.rows.size(); i += width)
        column.numbers.push_back(places[rows.rows[i]]);
    return column;
}

Result<TimeSearch> found_in(const AttributeRows& rows, std::size_t attribute) {
    auto column = column_of(rows, attribute);
    if (!column) return column.error();
    TimeSearch search;
    if (!column->moments.empty()) search.found = std::move(*column);
    return search;
}

}  // namespace

std::optional<InstantRange> moment_of(const AttributeValue& value) {
    if (const auto* const text = std::get_if<std::string>(&value)) return moment_of_text(*text);
    if (const auto* const number = std::get_if<std::int64_t>(&value))
        return moment_of_number(*number);
    return std::nullopt;
}

Result<TimeSearch> time_column(const AttributeRows& rows, const std::string& named) {
    if (!named.empty()) {
        const auto same = [&](const auto& attribute) { return attribute.name == named; };
        const auto found = std::find_if(rows.attributes.begin(), rows.attributes.end(), same);
        if (found == rows.attributes.end()) return no_such_attribute(rows, named);
        return found_in(rows, static_cast<std::size_t>(found - rows.attributes.begin()));
    }
    const auto candidates = candidates_in(rows);
    if (candidates.empty()) return TimeSearch{};
    const auto best =
        candidates.size() == 1 ? std::optional(candidates.front()) : likeliest(rows, candidates);
    if (best) return found_in(rows, *best);
    TimeSearch search;
    for (const std::size_t candidate : candidates)
        search.undecided.push_back(rows.attributes[candidate].name);
    return search;
}

FeatureTimes times_of(const TimeColumn& column, const std::string& name) {
    const auto ends_last = std::max_element(
        column.moments.begin(), column.moments.end(), [](const auto& a, const auto& b) {
            return std::pair(a.last, a.first) < std::pair(b.last, b.first);
        });
    FeatureTimes times{name, {column.moments.front().first, ends_last->last}, *ends_last, {}};
    if (column.moments.size() <= most_moments) times.moments = column.moments;
    return times;
}

}  // namespace relief::vector
