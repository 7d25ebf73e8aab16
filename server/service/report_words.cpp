#include "server/service/report_words.hpp"

#include "tiler/workspace/time_choice.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace relief::service {
namespace {

constexpr std::array<std::string_view, 4> report_word_names{"category", "status", "since", "until"};
constexpr std::size_t most_named = 50;

Error wrong_word(std::string_view name, std::string_view value, const std::string& allowed) {
    return bad_request(std::string(name) + " \"" + std::string(value.substr(0, 100)) +
                       "\" is not known; " + allowed);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name, then its value
Result<std::vector<std::string>> named_in(std::string_view word, std::string_view value) {
    std::vector<std::string> names;
    for (std::string_view rest = value; names.size() < most_named;) {
        const auto comma = rest.find(',');
        names.emplace_back(rest.substr(0, comma));
        if (comma == std::string_view::npos) return names;
        rest.remove_prefix(comma + 1);
    }
    return bad_request(std::string(word) + " names at most " + std::to_string(most_named));
}

std::optional<std::chrono::milliseconds> age_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto parsed = workspace::parse_time_choice("", text);
    return parsed ? parsed->maximum_age : std::nullopt;
}

/// From the beginning of a day that is named, or to its end.
Result<Instant> moment_in(std::string_view name, std::string_view value, Instant now) {
    if (const auto age = age_of(value)) return Instant{now.milliseconds - age->count()};
    const auto range = parse_instant(value);
    if (range) return name == "since" ? range->first : range->last;
    return wrong_word(name,
                      value,
                      "it is an ISO 8601 time such as 2024-05-01 or 2024-05-01T10:00:00Z, or an "
                      "age such as 24h or 7d");
}

Result<void> take_statuses(std::string_view value, report::ReportFilter& filter) {
    const auto names = named_in("status", value);
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const auto status = find_name<report::Status>(report::status_names, name);
        if (!status)
            return wrong_word("status", name, "statuses are new, verified, rejected and duplicate");
        filter.statuses.push_back(*status);
    }
    return {};
}

/// A category may have commas in its name.
Result<void> take_categories(std::string_view value, report::ReportFilter& filter) {
    auto names = named_in("category", value);
    if (!names) return names.error();
    if (names->size() > 1) names->emplace_back(value);
    filter.categories = std::move(*names);
    return {};
}

struct AskedWord {
    const std::string& name;
    const std::string& value;
};

Result<void> take_word(const AskedWord& word, Instant now, report::ReportFilter& filter) {
    if (word.name == "category") return take_categories(word.value, filter);
    if (word.name == "status") return take_statuses(word.value, filter);
    const auto moment = moment_in(word.name, word.value, now);
    if (!moment) return moment.error();
    (word.name == "since" ? filter.since : filter.until) = *moment;
    return {};
}

}  // namespace

bool is_age(std::string_view text) {
    return age_of(text).has_value();
}

Result<std::optional<report::ReportFilter>> report_choice(const FeatureWords& words,
                                                          const ReportAsk& ask) {
    std::optional<report::ReportFilter> filter;
    for (const auto& [name, value] : words) {
        const bool mine = std::find(report_word_names.begin(), report_word_names.end(), name) !=
                          report_word_names.end();
        if (mine && !ask.of_reports)
            return bad_request("parameter \"" + name +
                               "\" is for the layer of reports; of others "
                               "filter= and time= choose");
        if (ask.of_reports && (name == "by" || name == "sum"))
            return bad_request("parameter \"" + name +
                               "\" is not for reports; category= and status= choose what is "
                               "counted");
        if (!mine) continue;
        if (!filter) filter.emplace();
        if (auto taken = take_word({name, value}, ask.now, *filter); !taken) return taken.error();
    }
    return filter;
}

}  // namespace relief::service
