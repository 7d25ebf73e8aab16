#include "tiler/ingest/variables_json.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace relief::ingest {
namespace {

using source::Variable;
using source::VariableAxis;
using source::VariableSlice;
using OrderedJson = nlohmann::ordered_json;
using AnyJson = nlohmann::json;

OrderedJson json_of_slice(const VariableSlice& slice) {
    return OrderedJson::array({slice.band,
                               slice.time ? OrderedJson::array({slice.time->first.milliseconds,
                                                                slice.time->last.milliseconds})
                                          : OrderedJson(nullptr),
                               slice.at});
}

OrderedJson json_of_variable(const Variable& variable) {
    OrderedJson axes = OrderedJson::array();
    for (const VariableAxis& axis : variable.axes)
        axes.push_back({{"name", axis.name}, {"unit", axis.unit}, {"values", axis.values}});
    OrderedJson slices = OrderedJson::array();
    for (const VariableSlice& slice : variable.slices) slices.push_back(json_of_slice(slice));
    return {{"name", variable.name},
            {"title", variable.title},
            {"unit", variable.unit},
            {"dataset", variable.dataset},
            {"placed", variable.placed},
            {"problem", variable.problem},
            {"axes", std::move(axes)},
            {"slices", std::move(slices)}};
}

VariableSlice slice_from(const AnyJson& json) {
    VariableSlice slice;
    slice.band = json.at(0).get<int>();
    if (const AnyJson& time = json.at(1); !time.is_null())
        slice.time = InstantRange(Instant{time.at(0).get<std::int64_t>()},
                                  Instant{time.at(1).get<std::int64_t>()});
    slice.at = json.at(2).get<std::vector<std::size_t>>();
    return slice;
}

Variable variable_from(const AnyJson& json) {
    Variable variable;
    variable.name = json.at("name").get<std::string>();
    variable.title = json.at("title").get<std::string>();
    variable.unit = json.at("unit").get<std::string>();
    variable.dataset = json.at("dataset").get<std::string>();
    variable.placed = json.at("placed").get<bool>();
    variable.problem = json.at("problem").get<std::string>();
    for (const AnyJson& axis : json.at("axes"))
        variable.axes.push_back({axis.at("name").get<std::string>(),
                                 axis.at("unit").get<std::string>(),
                                 axis.at("values").get<std::vector<std::string>>()});
    for (const AnyJson& slice : json.at("slices")) variable.slices.push_back(slice_from(slice));
    return variable;
}

bool makes_sense(const Variable& variable, const std::string& path) {
    // The name becomes a part of a question to a child: one line.
    if (variable.dataset.find('\n') != std::string::npos) return false;
    if (variable.dataset != path && !source::name_within(variable.dataset, path) &&
        variable.dataset != "NETCDF:\"" + path + "\"")
        return false;
    for (const VariableSlice& slice : variable.slices) {
        if (slice.band < 0 || slice.at.size() != variable.axes.size()) return false;
        for (std::size_t i = 0; i < slice.at.size(); ++i) {
            if (slice.at[i] >= variable.axes[i].values.size()) return false;
        }
    }
    return !variable.slices.empty() || !variable.problem.empty();
}

}  // namespace

OrderedJson variables_to_json(const std::vector<Variable>& variables) {
    OrderedJson list = OrderedJson::array();
    for (const Variable& variable : variables) list.push_back(json_of_variable(variable));
    return list;
}

Result<std::vector<Variable>> variables_from_json(const AnyJson& document,
                                                  const std::string& path) {
    const Error nonsense =
        source_broken("the reading process gave an answer that makes no sense", "variables");
    std::vector<Variable> variables;
    try {
        for (const AnyJson& json : document) variables.push_back(variable_from(json));
    } catch (const AnyJson::exception&) {
        return nonsense;
    }
    for (const Variable& variable : variables) {
        if (!makes_sense(variable, path)) return nonsense;
    }
    return variables;
}

}  // namespace relief::ingest
