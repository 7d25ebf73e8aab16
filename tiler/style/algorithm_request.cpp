#include "tiler/style/algorithm_request.hpp"

#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace relief::style {
namespace {

using nlohmann::json;

constexpr std::size_t longest_parameters = 1000;
constexpr std::string_view word = "algorithm_params";

std::string names_of(std::span<const ParameterFacts> parameters) {
    std::string names;
    for (const auto& one : parameters) names.append(names.empty() ? "" : ", ").append(one.name);
    return names;
}

std::string allowed_values(const ParameterFacts& facts) {
    if (facts.choices.empty())
        return "a number from " + shortest(facts.low) + " to " + shortest(facts.high);
    std::string text;
    for (const auto choice : facts.choices) text.append(text.empty() ? "" : ", ").append(choice);
    return "one of " + text;
}

/// JSON's own true and false are the words of a switch.
std::optional<double> choice_of(const ParameterFacts& facts, const json& value) {
    const std::string text = value.is_string() ? value.get<std::string>() : json_text(value);
    const auto found = std::find(facts.choices.begin(), facts.choices.end(), text);
    if (found == facts.choices.end()) return std::nullopt;
    return static_cast<double>(found - facts.choices.begin());
}

std::optional<double> number_of(const ParameterFacts& facts, const json& value) {
    if (!value.is_number()) return std::nullopt;
    const auto number = value.get<double>();
    // NaN fails both comparisons.
    if (number >= facts.low && number <= facts.high) return number;
    return std::nullopt;
}

/// The tree keeps only the last of the values that one key is given, so keys are watched; an array
/// or a second object within is no parameter's value and need not be built.
Result<json> read_parameters(std::string_view text) {
    if (text.size() > longest_parameters)
        return bad_request(std::string(word) + " has " + std::to_string(text.size()) +
                           " characters; it may have " + std::to_string(longest_parameters));
    std::vector<std::string> keys;
    bool deep = false;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        const bool opens =
            event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
        deep = deep || (opens && depth > 0);
        if (event == json::parse_event_t::key && depth == 1)
            keys.push_back(parsed.get<std::string>());
        return !deep;
    };
    auto root = json::parse(text, watch, false);
    if (root.is_discarded() || deep || !root.is_object())
        return bad_request(std::string(word) + " " + in_quotes(text) +
                           R"( is not a flat JSON object such as {"azimuth":315})");
    std::sort(keys.begin(), keys.end());
    const auto repeated = std::adjacent_find(keys.begin(), keys.end());
    if (repeated != keys.end())
        return bad_request(std::string(word) + ": " + in_quotes(*repeated) + " is named twice");
    return root;
}

class ParameterReader {
public:
    explicit ParameterReader(const AlgorithmFacts& facts) : facts_(facts) {
        call_.id = facts.id;
        for (const auto& one : facts.parameters) call_.values.push_back(one.fallback);
    }

    Result<void> read(const std::string& name, const json& value) {
        const auto found =
            std::find_if(facts_.parameters.begin(), facts_.parameters.end(), [&](const auto& one) {
                return name == one.name || (!one.synonym.empty() && name == one.synonym);
            });
        if (found == facts_.parameters.end()) return unknown(name, value);
        const auto number =
            found->choices.empty() ? number_of(*found, value) : choice_of(*found, value);
        if (!number)
            return bad_request(std::string(word) + ": " + std::string(found->name) + " " +
                               in_quotes(json_text(value)) + " is not " + allowed_values(*found));
        call_.values[static_cast<std::size_t>(found - facts_.parameters.begin())] = *number;
        return {};
    }

    AlgorithmCall take() && { return std::move(call_); }

private:
    Error unknown(const std::string& name, const json& value) const {
        const std::string known = facts_.parameters.empty()
                                      ? " takes no parameters"
                                      : " takes " + names_of(facts_.parameters);
        return bad_request(std::string(word) + ": " + in_quotes(name) + " (" +
                           in_quotes(json_text(value)) + ") is not known; " +
                           std::string(facts_.name) + known);
    }

    const AlgorithmFacts& facts_;
    AlgorithmCall call_;
};

}  // namespace

Result<std::optional<AlgorithmCall>> asked_algorithm(const AlgorithmWords& words) {
    if (words.name.empty()) {
        if (words.parameters.empty()) return std::optional<AlgorithmCall>();
        return bad_request(std::string(word) + " " + in_quotes(words.parameters) +
                           " needs an algorithm; algorithms are " + algorithm_names());
    }
    const auto* const facts = find_algorithm(words.name);
    if (facts == nullptr)
        return bad_request("algorithm " + in_quotes(words.name) + " is not known; it is one of " +
                           algorithm_names());
    ParameterReader reader(*facts);
    if (!words.parameters.empty()) {
        const auto given = read_parameters(words.parameters);
        if (!given) return given.error();
        for (const auto& [name, value] : given->items()) {
            const auto read = reader.read(name, value);
            if (!read) return read.error();
        }
    }
    return std::optional(std::move(reader).take());
}

}  // namespace relief::style
