// let, var, global-state.

#include "tiler/expression/grammar.hpp"
#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace relief::expression {
namespace {

/// Children: the values of the variables, the result. The values are worked out where they are
/// used.
class Let final : public Node {
public:
    using Node::Node;
    Value evaluate(const Run& run) const override { return child(child_count() - 1).evaluate(run); }
};

/// Worked out at its first use: an evaluation has one feature and one view, so it stays the same.
class Variable final : public Node {
public:
    explicit Variable(const Parser::Variable& variable)
        : Node({.type = variable.value->type(), .reads = variable.value->reads()}),
          value_(variable.value),
          slot_(variable.slot) {}

    Value evaluate(const Run& run) const override {
        Value& slot = run.slots[slot_];
        if (slot.is(Kind::value)) slot = value_->evaluate(run);
        return slot;
    }

private:
    NodePointer value_;
    std::size_t slot_;
};

bool is_variable_name(const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    });
}

/// The values; nothing after an error.
std::optional<std::vector<NodePointer>> parse_values(Parser& parser, const Json& json) {
    std::vector<NodePointer> values;
    for (std::size_t i = 1; i + 1 < json.size(); i += 2) {
        if (!json[i].is_string()) {
            parser.fail(
                "Expected string, but found " + std::string(script_type(json[i])) + " instead.",
                {i});
            return std::nullopt;
        }
        if (!is_variable_name(json[i].get_ref<const std::string&>())) {
            parser.fail("Variable names must contain only alphanumeric characters or '_'.", {i});
            return std::nullopt;
        }
        if (i + 2 >= json.size()) {
            parser.fail("Expected a value for the variable and a result after it.", {i});
            return std::nullopt;
        }
        values.push_back(parser.parse_child(json[i + 1], i + 1, {}));
        if (!values.back()) return std::nullopt;
    }
    return values;
}

NodePointer parse_let(Parser& parser, const Json& json) {
    if (json.size() < 4)
        return parser.fail("Expected at least 3 arguments, but found " +
                           std::to_string(json.size() - 1) + " instead.");
    auto parts = parse_values(parser, json);
    if (!parts) return nullptr;
    const auto name = [&](std::size_t i) { return json[2 * i + 1].get<std::string>(); };
    const std::size_t count = parts->size();
    for (std::size_t i = 0; i < count; ++i) parser.bind(name(i), {(*parts)[i], parser.new_slot()});
    const std::size_t last = json.size() - 1;
    NodePointer result = parser.parse_child(json[last], last, {parser.expected_type()});
    for (std::size_t i = 0; i < count; ++i) parser.unbind(name(i));
    if (!result) return nullptr;
    const Type type = result->type();
    parts->push_back(std::move(result));
    return std::make_shared<Let>(Node::Facts{
        .type = type, .key = parser.key(), .children = std::move(*parts), .role = Node::Role::let});
}

NodePointer parse_var(Parser& parser, const Json& json) {
    if (json.size() != 2 || !json[1].is_string())
        return parser.fail("'var' expression requires exactly one string literal argument.");
    const auto name = json[1].get<std::string>();
    const auto* const variable = parser.variable(name);
    if (variable == nullptr)
        return parser.fail("Unknown variable \"" + name + "\". Make sure \"" + name +
                               "\" has been bound in an enclosing \"let\" expression before "
                               "using it.",
                           {1});
    return std::make_shared<Variable>(*variable);
}

class GlobalState final : public Node {
public:
    GlobalState(Facts facts, std::string name) : Node(std::move(facts)), name_(std::move(name)) {}

    Value evaluate(const Run& run) const override {
        const Value* const found = find_member(run.with.global_state, name_);
        return found == nullptr ? Value() : *found;
    }

private:
    std::string name_;
};

NodePointer parse_global_state(Parser& parser, const Json& json) {
    if (json.size() != 2)
        return parser.fail("Expected 1 argument, but found " + std::to_string(json.size() - 1) +
                           " instead.");
    if (json[1].is_null()) return parser.fail("Global state property must be defined.");
    if (!json[1].is_string())
        return parser.fail("Global state property must be string, but found " +
                           std::string(script_type(json[1])) + " instead.");
    return std::make_shared<GlobalState>(
        Node::Facts{.type = Kind::value, .key = parser.key(), .reads = reads_global_state},
        json[1].get<std::string>());
}

constexpr std::array<Rule, 3> binding_table{{
    {"let", parse_let},
    {"var", parse_var},
    {"global-state", parse_global_state},
}};

}  // namespace

std::span<const Rule> binding_rules() {
    return binding_table;
}

}  // namespace relief::expression
