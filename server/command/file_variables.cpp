#include "server/command/file_variables.hpp"

#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/served_layers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace relief::command {
namespace {

using source::Variable;
using source::VariableAxis;
using source::VariableSlice;

std::set<InstantRange> times_of(const Variable& variable) {
    std::set<InstantRange> times;
    for (const VariableSlice& slice : variable.slices) {
        if (slice.time) times.insert(*slice.time);
    }
    return times;
}

/// In quotes for the shell where it needs them.
std::string quoted(const std::string& word) {
    const bool plain = std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '/' || c == '=';
    });
    return plain ? word : "\"" + word + "\"";
}

std::string order_for(const std::string& file, const Variable& variable) {
    std::string order = "relief add " + quoted(file) + " --variable " + quoted(variable.name);
    for (const VariableAxis& axis : variable.axes)
        order += " --at " + quoted(axis.name + "=" + axis.values.front());
    return order;
}

std::string listed_values(const VariableAxis& axis) {
    constexpr std::size_t most = 12;
    std::string text = axis.name + ": ";
    for (std::size_t i = 0; i < axis.values.size() && i < most; ++i)
        text += (i == 0 ? "" : ", ") + axis.values[i];
    if (axis.values.size() > most)
        text += " and " + std::to_string(axis.values.size() - most) + " more";
    return text + (axis.unit.empty() ? "" : " (" + axis.unit + ")");
}

std::string times_words(const std::set<InstantRange>& times) {
    if (times.size() == 1) return "; " + to_text(*times.begin());
    return "; " + std::to_string(times.size()) + " times, " + to_text(*times.begin()) + " to " +
           to_text(*times.rbegin());
}

std::string variable_words(const std::string& file, const Variable& variable) {
    std::string text = "  " + variable.name;
    if (!variable.title.empty()) text += ", \"" + variable.title + "\"";
    if (!variable.unit.empty()) text += ", " + variable.unit;
    if (!variable.problem.empty()) return text + "\n    cannot be read: " + variable.problem + "\n";
    if (const auto times = times_of(variable); !times.empty()) text += times_words(times);
    text += "\n";
    for (const VariableAxis& axis : variable.axes) text += "    " + listed_values(axis) + "\n";
    return text + "    " + order_for(file, variable) + "\n";
}

nlohmann::ordered_json document_of_variable(const std::string& file, const Variable& variable) {
    auto times = nlohmann::ordered_json::array();
    for (const InstantRange& time : times_of(variable)) times.push_back(to_text(time));
    auto dimensions = nlohmann::ordered_json::array();
    for (const VariableAxis& axis : variable.axes)
        dimensions.push_back({{"name", axis.name}, {"unit", axis.unit}, {"values", axis.values}});
    nlohmann::ordered_json document{{"name", variable.name},
                                    {"title", variable.title},
                                    {"unit", variable.unit},
                                    {"times", std::move(times)},
                                    {"dimensions", std::move(dimensions)},
                                    {"problem", nullptr},
                                    {"add", nullptr}};
    if (variable.problem.empty()) {
        document["add"] = order_for(file, variable);
    } else {
        document["problem"] = variable.problem;
    }
    return document;
}

std::string check_pair(const std::string& text) {
    const std::size_t equal = text.find('=');
    if (equal != std::string::npos && equal > 0 && equal + 1 < text.size()) return {};
    return "\"" + text + "\" is not understood; write DIMENSION=VALUE, e.g. level=850";
}

/// The variable's own name only where the file has others, and the values that were chosen.
std::string suffix_of(const Variable& chosen, const source::VariableWords& words, bool alone) {
    std::string suffix = alone ? std::string() : chosen.name;
    for (const auto& [axis, value] : words.at) suffix += (suffix.empty() ? "" : "-") + value;
    return suffix;
}

Result<void> settle_times(const Variable& chosen, ingest::AddOrder& order) {
    if (order.time && chosen.slices.size() > 1)
        return bad_request("variable \"" + chosen.name + "\" has " +
                           std::to_string(chosen.slices.size()) +
                           " times of its own; leave --time out");
    for (const VariableSlice& slice : chosen.slices)
        order.parts.push_back(
            {{chosen.dataset, slice.band, {}}, order.time ? order.time : slice.time});
    return {};
}

}  // namespace

void add_variable_options(CLI::App& verb, VariableOptions& options) {
    verb.add_option("--variable",
                    options.variable,
                    "which variable of a NetCDF, HDF or GRIB file; `relief inspect FILE` names "
                    "them")
        ->group("Files that hold several rasters");
    verb.add_option("--at",
                    options.at,
                    "which value of another dimension, e.g. level=850; once for each dimension")
        ->check(check_pair)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group("Files that hold several rasters");
}

source::VariableWords words_of(const VariableOptions& options) {
    source::VariableWords words{options.variable, {}};
    for (const std::string& pair : options.at) {
        const std::size_t equal = pair.find('=');
        words.at.emplace_back(pair.substr(0, equal), pair.substr(equal + 1));
    }
    return words;
}

Result<void> choose_parts(const VariableOptions& options, ingest::AddOrder& order) {
    const source::VariableWords words = words_of(options);
    const std::string path = std::filesystem::absolute(order.file).string();
    const auto variables = ingest::inspect_variables(order.program, path);
    if (!variables) return variables.error();
    if (variables->empty()) {
        if (words.variable.empty() && words.at.empty()) return {};
        return bad_request("it has no variables or dimensions to choose from");
    }
    const auto chosen = source::choose_variable(*variables, words);
    if (!chosen) return chosen.error();
    if (auto settled = settle_times(*chosen, order); !settled) return settled;
    const std::string stem = order.file.stem().string();
    order.stem = ingest::layer_stem(stem, suffix_of(*chosen, words, variables->size() == 1));
    order.stem_title = ingest::title_of(stem, {chosen->name, chosen->title, {}});
    return {};
}

std::string variables_in_words(const std::string& file, const std::vector<Variable>& variables) {
    std::string text = "  holds " + std::to_string(variables.size()) +
                       (variables.size() == 1 ? " variable:\n" : " variables:\n");
    for (const Variable& variable : variables) text += variable_words(file, variable);
    return text;
}

std::string variables_json(const std::string& file, const std::vector<Variable>& variables) {
    auto list = nlohmann::ordered_json::array();
    for (const Variable& variable : variables) list.push_back(document_of_variable(file, variable));
    return nlohmann::ordered_json{{"file", file}, {"variables", std::move(list)}}.dump(
        -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace relief::command
