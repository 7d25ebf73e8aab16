#include "tiler/source/variables.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace relief::source {
namespace {

constexpr std::size_t most_named = 20;

/// "t2m, q, lsm", shortened.
std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most_named; ++i)
        text += (i == 0 ? "" : ", ") + words[i];
    if (words.size() > most_named)
        text += " and " + std::to_string(words.size() - most_named) + " more";
    return text;
}

std::string names_of(const std::vector<Variable>& variables) {
    std::vector<std::string> names;
    names.reserve(variables.size());
    for (const Variable& variable : variables) names.push_back(variable.name);
    return listed(names);
}

std::string values_of(const VariableAxis& axis) {
    return listed(axis.values) + (axis.unit.empty() ? "" : " (" + axis.unit + ")");
}

bool ends_with_name(const std::string& path, const std::string& name) {
    return path.size() > name.size() && path.ends_with(name) &&
           path[path.size() - name.size() - 1] == '/';
}

/// By its whole name, or by the last part of it where only one ends so.
Result<Variable> by_name(const std::vector<Variable>& variables, const std::string& name) {
    const Variable* found = nullptr;
    for (const Variable& variable : variables) {
        if (variable.name == name) return variable;
        if (!ends_with_name(variable.name, name)) continue;
        if (found != nullptr)
            return bad_request("it has several variables \"" + name +
                               "\"; write the whole name: " + names_of(variables));
        found = &variable;
    }
    if (found != nullptr) return *found;
    return bad_request("it has no variable \"" + name + "\"; it has: " + names_of(variables));
}

/// The only one that is meant when none is named.
Result<Variable> only_one(const std::vector<Variable>& variables) {
    if (variables.size() == 1) return variables.front();
    std::vector<Variable> placed;
    std::copy_if(
        variables.begin(), variables.end(), std::back_inserter(placed), [](const Variable& one) {
            return one.placed;
        });
    if (placed.size() == 1) return placed.front();
    return bad_request("it holds " + std::to_string(variables.size()) +
                       " variables: " + names_of(variables) + "; choose one with --variable NAME");
}

std::optional<double> number_in(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "850" is "850.0".
bool same_value(const std::string& left, const std::string& right) {
    if (left == right) return true;
    const auto number = number_in(left);
    return number && number == number_in(right);
}

Result<std::size_t> place_on(const VariableAxis& axis, const std::string& value) {
    const auto found = std::find_if(axis.values.begin(), axis.values.end(), [&](const auto& one) {
        return same_value(one, value);
    });
    if (found == axis.values.end())
        return bad_request("its " + axis.name + " has no value \"" + value +
                           "\"; it has: " + values_of(axis));
    return static_cast<std::size_t>(found - axis.values.begin());
}

Result<void> check_axes_exist(const Variable& variable, const VariableWords& words) {
    for (const auto& word : words.at) {
        const std::string& name = word.first;
        const bool known = std::any_of(variable.axes.begin(),
                                       variable.axes.end(),
                                       [&](const VariableAxis& axis) { return axis.name == name; });
        if (known) continue;
        std::vector<std::string> names;
        for (const VariableAxis& axis : variable.axes) names.push_back(axis.name);
        return bad_request("variable \"" + variable.name + "\" has no dimension \"" + name +
                           "\" to choose from" +
                           (names.empty() ? std::string() : "; it has: " + listed(names)));
    }
    return {};
}

/// For each axis which of its values is meant.
Result<std::vector<std::size_t>> places_of(const Variable& variable, const VariableWords& words) {
    std::vector<std::size_t> places;
    for (const VariableAxis& axis : variable.axes) {
        const auto word = std::find_if(words.at.begin(), words.at.end(), [&](const auto& one) {
            return one.first == axis.name;
        });
        if (word == words.at.end())
            return bad_request("variable \"" + variable.name + "\" has several values of " +
                               axis.name + ": " + values_of(axis) + "; choose one with --at \"" +
                               axis.name + "=" + axis.values.front() + "\"");
        const auto place = place_on(axis, word->second);
        if (!place) return place.error();
        places.push_back(*place);
    }
    return places;
}

bool repeats_a_time(const std::vector<VariableSlice>& slices) {
    return std::adjacent_find(
               slices.begin(), slices.end(), [](const auto& left, const auto& right) {
                   return left.time == right.time;
               }) != slices.end();
}

}  // namespace

Result<Variable> choose_variable(const std::vector<Variable>& variables,
                                 const VariableWords& words) {
    auto variable =
        words.variable.empty() ? only_one(variables) : by_name(variables, words.variable);
    if (!variable) return variable;
    if (!variable->problem.empty())
        return source_broken("variable \"" + variable->name +
                             "\" cannot be read: " + variable->problem);
    if (auto known = check_axes_exist(*variable, words); !known) return known.error();
    const auto places = places_of(*variable, words);
    if (!places) return places.error();
    std::erase_if(variable->slices, [&](const VariableSlice& one) { return one.at != *places; });
    if (variable->slices.empty())
        return bad_request("variable \"" + variable->name +
                           "\" has nothing at this combination of values");
    for (VariableSlice& slice : variable->slices) slice.at.clear();
    variable->axes.clear();
    std::stable_sort(variable->slices.begin(),
                     variable->slices.end(),
                     [](const auto& left, const auto& right) { return left.time < right.time; });
    if (repeats_a_time(variable->slices))
        return source_broken("variable \"" + variable->name +
                             "\" cannot be read: its time axis names one moment twice");
    return variable;
}

}  // namespace relief::source
