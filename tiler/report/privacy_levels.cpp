#include "tiler/report/privacy_levels.hpp"

#include "tiler/core/version.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>

namespace relief::report {
namespace {

using LevelsJson = nlohmann::json;

constexpr std::int64_t minutes_an_hour = 60;
constexpr std::int64_t minutes_a_day = 24 * minutes_an_hour;

Error wrong(const std::string& level, const std::string& word, const std::string& allowed) {
    return bad_request("privacy.levels: " + level + "." + word + " is not as it must be; it is " +
                       allowed);
}

struct Wanted {
    std::int64_t least;
    std::int64_t most;
};

/// Numbers come as texts too: YAML's are.
std::optional<std::int64_t> whole_number(const LevelsJson& value, const Wanted& range) {
    std::int64_t number = 0;
    if (value.is_number_integer()) {
        number = value.get<std::int64_t>();
    } else if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    } else {
        return std::nullopt;
    }
    if (number < range.least || number > range.most) return std::nullopt;
    return number;
}

/// "48h", "7d", "0".
std::optional<std::int64_t> minutes_of(const LevelsJson& value) {
    if (!value.is_string()) return whole_number(value, {0, 0});
    std::string text = value.get<std::string>();
    std::int64_t unit = 1;
    if (text.ends_with('d')) unit = minutes_a_day;
    if (text.ends_with('h')) unit = minutes_an_hour;
    if (text.ends_with('d') || text.ends_with('h') || text.ends_with('m')) text.pop_back();
    const auto number = whole_number(text, {0, 365 * minutes_a_day});
    if (!number || *number > 365 * minutes_a_day / unit) return std::nullopt;
    return *number * unit;
}

template <typename Value, std::size_t Count>
bool read_name(const EnumNames<Count>& names, const LevelsJson& json, Value& value) {
    const auto found = json.is_string()
                           ? find_name<Value>(names, json.get_ref<const std::string&>())
                           : std::nullopt;
    if (found) value = *found;
    return found.has_value();
}

template <typename Number>
bool read_number(const LevelsJson& json, const Wanted& range, Number& value) {
    const auto found = whole_number(json, range);
    if (found) value = static_cast<Number>(*found);
    return found.has_value();
}

bool read_truth(const LevelsJson& json, bool& value) {
    if (json.is_boolean()) value = json.get<bool>();
    if (json.is_string()) value = json == "true";
    return json.is_boolean() || json == "true" || json == "false";
}

/// Gives what is allowed where the value is wrong, and nothing where it is right.
std::optional<std::string> read_word(const std::string& word,
                                     const LevelsJson& value,
                                     LevelRule& rule) {
    const auto unless = [](bool good, const char* allowed) {
        return good ? std::optional<std::string>() : std::string(allowed);
    };
    constexpr const char* sights = "absent, cell or exact";
    if (word == "open") return unless(read_name(sight_names, value, rule.open), sights);
    if (word == "analyst") return unless(read_name(sight_names, value, rule.analyst), sights);
    if (word == "cell_zoom")
        return unless(read_number(value, {4, 20}, rule.cell_zoom), "a zoom from 4 to 20");
    if (word == "analyst_zoom")
        return unless(read_number(value, {4, 20}, rule.analyst_zoom), "a zoom from 4 to 20");
    if (word == "merge_zoom")
        return unless(read_number(value, {2, 20}, rule.merge_zoom), "a zoom from 2 to 20");
    if (word == "sources")
        return unless(read_number(value, {1, 1000}, rule.sources), "a number from 1 to 1000");
    if (word == "time")
        return unless(read_name(time_step_names, value, rule.time), "minute, day, week or month");
    if (word == "hides_isolated")
        return unless(read_truth(value, rule.hides_isolated), "true or false");
    if (word == "delay") {
        const auto minutes = minutes_of(value);
        if (minutes) rule.delay_minutes = *minutes;
        return unless(minutes.has_value(), "a time such as 48h or 7d, of a year at most");
    }
    return "one of open, analyst, cell_zoom, analyst_zoom, merge_zoom, sources, time, delay and "
           "hides_isolated";
}

Result<void> read_level(const std::string& name, const LevelsJson& words, PrivacyLevels& levels) {
    const auto level = parse_sensitivity(name);
    if (!level)
        return bad_request("privacy.levels: \"" + name.substr(0, 100) +
                           "\" is no level; levels are low, moderate, high and severe");
    if (!words.is_object()) return wrong(name, "*", "a mapping of words to values");
    LevelRule& rule = levels.rules.at(static_cast<std::size_t>(*level));
    for (const auto& [word, value] : words.items())
        if (const auto allowed = read_word(word, value, rule))
            return wrong(name, word.substr(0, 100), *allowed);
    if (rule.merge_zoom > rule.cell_zoom)
        return wrong(name, "merge_zoom", "not deeper than cell_zoom");
    return {};
}

}  // namespace

PrivacyLevels default_privacy_levels() noexcept {
    return {
        {LevelRule{Sight::exact, Sight::exact, 20, 20, 20, 1, TimeStep::minute, 0, false},
         LevelRule{Sight::cell, Sight::exact, 15, 20, 10, 3, TimeStep::day, 0, false},
         LevelRule{Sight::cell, Sight::cell, 13, 16, 8, 5, TimeStep::week, 2 * minutes_a_day, true},
         LevelRule{
             Sight::absent, Sight::absent, 8, 8, 8, 10, TimeStep::month, 7 * minutes_a_day, true}}};
}

Result<PrivacyLevels> read_privacy_levels(std::string_view json) {
    PrivacyLevels levels = default_privacy_levels();
    if (json.empty()) return levels;
    const auto document = LevelsJson::parse(json, nullptr, false);
    if (!document.is_object())
        return bad_request("privacy.levels must hold levels, for instance {high: {sources: 7}}");
    for (const auto& [name, words] : document.items())
        if (auto read = read_level(name, words, levels); !read) return read.error();
    return levels;
}

std::string policy_epoch(const PrivacyLevels& levels) {
    std::string text;
    for (const LevelRule& rule : levels.rules) {
        for (const std::int64_t number : {static_cast<std::int64_t>(rule.open),
                                          static_cast<std::int64_t>(rule.analyst),
                                          static_cast<std::int64_t>(rule.cell_zoom),
                                          static_cast<std::int64_t>(rule.analyst_zoom),
                                          static_cast<std::int64_t>(rule.merge_zoom),
                                          static_cast<std::int64_t>(rule.sources),
                                          static_cast<std::int64_t>(rule.time),
                                          rule.delay_minutes,
                                          static_cast<std::int64_t>(rule.hides_isolated)})
            text += std::to_string(number) + ',';
        text += ';';
    }
    return fingerprint(text);
}

}  // namespace relief::report
