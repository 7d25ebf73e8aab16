#include "tiler/expression/parser.hpp"

#include "tiler/expression/conversion.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace relief::expression {
namespace {

constexpr std::size_t most_errors = 100;
constexpr const char* literal_advice = " If you wanted a literal array, use [\"literal\", [...]].";

template <std::size_t count>
bool one_of(const Type& type, const std::array<Kind, count>& kinds) {
    return std::find(kinds.begin(), kinds.end(), type.kind()) != kinds.end();
}

/// Of these, a value of unknown type is taken on trust and checked while evaluating.
bool is_checked(const Type& expected) {
    return one_of(expected,
                  std::array{Kind::string, Kind::number, Kind::boolean, Kind::object, Kind::array});
}

/// Whether what comes is turned into the expected type.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of Type::accepts
bool is_converted(const Type& expected, const Type& actual) {
    switch (expected.kind()) {
        case Kind::projection:
        case Kind::color_array:
            return one_of(actual, std::array{Kind::value, Kind::string, Kind::array});
        case Kind::color:
        case Kind::formatted:
        case Kind::image: return one_of(actual, std::array{Kind::value, Kind::string});
        case Kind::padding:
        case Kind::number_array:
            return one_of(actual, std::array{Kind::value, Kind::number, Kind::array});
        case Kind::anchor_offsets: return one_of(actual, std::array{Kind::value, Kind::array});
        default: return false;
    }
}

std::string key_of(const std::vector<std::size_t>& path) {
    std::string text;
    for (const std::size_t index : path) text += "[" + std::to_string(index) + "]";
    return text;
}

}  // namespace

Parser::Parser(PropertyKeys& keys, const ParseLimits& limits)
    : keys_(&keys), limits_(limits), constants_(std::make_shared<Scratch>(limits.constants)) {}

std::string Parser::key() const {
    return key_of(path_);
}

NodePointer Parser::fail(const std::string& message, std::initializer_list<std::size_t> below) {
    std::vector<std::size_t> path = path_;
    path.insert(path.end(), below);
    return fail_at(path, message);
}

NodePointer Parser::fail_at(const std::vector<std::size_t>& path, const std::string& message) {
    if (errors_.size() < most_errors) errors_.push_back({key_of(path), message});
    return nullptr;
}

bool Parser::check(const Type& expected,
                   const Type& actual,
                   std::initializer_list<std::size_t> below) {
    if (expected.accepts(actual)) return true;
    fail("Expected " + expected.name() + " but found " + actual.name() + " instead.", below);
    return false;
}

NodePointer Parser::literal(const Json& json) {
    const auto value = value_of(json, *constants_);
    if (!value)
        return fail("The literals of this expression need more than " +
                    std::to_string(limits_.constants) + " bytes.");
    return std::make_shared<Literal>(type_of(*value), *value);
}

NodePointer Parser::parse_child(const Json& json, std::size_t index, const Expected& expected) {
    path_.push_back(index);
    NodePointer node = parse(json, expected);
    path_.pop_back();
    return node;
}

bool Parser::within_limits() {
    if (gave_up_) return false;
    ++parts_;
    if (path_.size() < limits_.depth && parts_ <= limits_.parts) return true;
    gave_up_ = {key(),
                parts_ > limits_.parts ? "The expression has too many parts."
                                       : "The expression is nested more than " +
                                             std::to_string(limits_.depth) + " levels deep."};
    return false;
}

std::vector<ParseError> Parser::take_errors() {
    if (gave_up_) return {*gave_up_};
    return std::move(errors_);
}

NodePointer Parser::parse(const Json& json, const Expected& expected) {
    if (!within_limits()) return nullptr;
    const std::optional<Type> outer = std::exchange(expected_, expected.type);
    NodePointer node = parse_operation(json);
    if (node && expected_) node = fit(std::move(node), expected.annotation);
    if (node) node = fold(std::move(node));
    expected_ = outer;
    return node;
}

NodePointer Parser::parse_operation(const Json& json) {
    if (json.is_object()) return fail("Bare objects invalid. Use [\"literal\", {...}] instead.");
    if (!json.is_array()) return literal(json);
    if (json.empty())
        return fail(
            "Expected an array with at least one element. If you wanted a literal array, use "
            "[\"literal\", []].");
    if (!json[0].is_string())
        return fail("Expression name must be a string, but found " +
                        std::string(script_type(json[0])) + " instead." + literal_advice,
                    {0});
    const auto& name = json[0].get_ref<const std::string&>();
    const auto* const rule = find_rule(name);
    if (rule == nullptr)
        return fail("Unknown expression \"" + name.substr(0, 100) + "\"." + literal_advice, {0});
    return rule->parse(*this, json);
}

NodePointer Parser::fit(NodePointer node, Annotation annotation) {
    const Type expected = *expected_;
    const bool checked = is_checked(expected) && node->type().is(Kind::value);
    if (!checked && !is_converted(expected, node->type()))
        return check(expected, node->type(), {}) ? node : nullptr;
    if (annotation == Annotation::none) return node;
    if (checked && annotation == Annotation::as_usual)
        return make_assertion(expected, {std::move(node)}, key());
    return make_conversion(expected, {std::move(node)}, key());
}

NodePointer Parser::fold(NodePointer node) {
    if (node->role() == Node::Role::literal || node->type().is(Kind::image)) return node;
    if (node->reads() != reads_nothing) return node;
    Evaluation nothing;
    nothing.scratch = constants_.get();
    nothing.explain = true;
    nothing.text_limit = limits_.texts;
    std::vector<Value> slots(slots_, Value::unknown());
    const Value value = node->evaluate(Run{nothing, slots.data()});
    if (value.failed()) return fail(std::string(value.as_failure().message));
    return std::make_shared<Literal>(node->type(), value);
}

void Parser::bind(const std::string& name, const Variable& variable) {
    variables_[name].push_back(variable);
}

void Parser::unbind(const std::string& name) {
    variables_[name].pop_back();
}

const Parser::Variable* Parser::variable(const std::string& name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() || found->second.empty() ? nullptr : &found->second.back();
}

}  // namespace relief::expression
