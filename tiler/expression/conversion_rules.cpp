// string, number, boolean, object, array; to-string, to-number, to-boolean, to-color.

#include "tiler/expression/conversion.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace relief::expression {
namespace {

class Assertion final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        Value value;
        for (const NodePointer& part : children()) {
            value = part->evaluate(run);
            if (value.failed() || conforms(value, type())) return value;
        }
        return run.fail(key(), [&] {
            return "Expected value to be of type " + type().name() + ", but found " +
                   type_of(value).name() + " instead.";
        });
    }
};

class Conversion final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        Value value;
        for (const NodePointer& part : children()) {
            value = part->evaluate(run);
            if (value.failed()) return value;
            if (const auto result = converted(value, type().kind(), run.scratch())) return *result;
        }
        return run.fail(key(), [&] { return refusal(value); });
    }

private:
    std::string refusal(const Value& value) const {
        const std::string shown = value.is_null() ? "null" : to_text(value).substr(0, 200);
        if (type().is(Kind::number)) return "Could not convert " + shown + " to number.";
        return "Could not parse " + type().name() + " from value '" + shown + "'";
    }
};

/// The parts from the first-th on, each of any type. Nothing after an error.
std::optional<std::vector<NodePointer>> parse_parts(Parser& parser,
                                                    const Json& json,
                                                    std::size_t first) {
    std::vector<NodePointer> parts;
    for (std::size_t i = first; i < json.size(); ++i) {
        NodePointer part = parser.parse_child(json[i], i, {Kind::value});
        if (!part) return std::nullopt;
        parts.push_back(std::move(part));
    }
    return parts;
}

NodePointer parse_assertion_of(Parser& parser, const Json& json, const Type& type) {
    if (json.size() < 2) return parser.fail("Expected at least one argument.");
    auto parts = parse_parts(parser, json, 1);
    return parts ? make_assertion(type, std::move(*parts), parser.key()) : nullptr;
}

template <Kind kind>
NodePointer parse_assertion(Parser& parser, const Json& json) {
    return parse_assertion_of(parser, json, kind);
}

std::optional<Kind> item_kind(const Json& name) {
    if (name == "string") return Kind::string;
    if (name == "number") return Kind::number;
    if (name == "boolean") return Kind::boolean;
    return std::nullopt;
}

bool is_length(const Json& json) {
    if (!json.is_number()) return false;
    const double length = json.get<double>();
    return length >= 0 && length == std::floor(length) && length < 1e9;
}

/// ["array", item type?, length?, value…]
NodePointer parse_array(Parser& parser, const Json& json) {
    if (json.size() < 2) return parser.fail("Expected at least one argument.");
    Type item = Kind::value;
    std::optional<std::size_t> length;
    if (json.size() > 2) {
        const auto kind = item_kind(json[1]);
        if (!kind)
            return parser.fail(
                "The item type argument of \"array\" must be one of string, number, boolean", {1});
        item = *kind;
    }
    if (json.size() > 3 && !json[2].is_null()) {
        if (!is_length(json[2]))
            return parser.fail(
                "The length argument to \"array\" must be a positive integer literal", {2});
        length = static_cast<std::size_t>(json[2].get<double>());
    }
    const std::size_t first = json.size() > 3 ? 3 : json.size() - 1;
    auto parts = parse_parts(parser, json, first);
    if (!parts) return nullptr;
    return make_assertion(Type::array(item, length), std::move(*parts), parser.key());
}

template <Kind kind>
NodePointer parse_conversion(Parser& parser, const Json& json) {
    if (json.size() < 2) return parser.fail("Expected at least one argument.");
    if ((kind == Kind::boolean || kind == Kind::string) && json.size() != 2)
        return parser.fail("Expected one argument.");
    auto parts = parse_parts(parser, json, 1);
    return parts ? make_conversion(kind, std::move(*parts), parser.key()) : nullptr;
}

constexpr std::array<Rule, 9> conversion_table{{
    {"string", parse_assertion<Kind::string>},
    {"number", parse_assertion<Kind::number>},
    {"boolean", parse_assertion<Kind::boolean>},
    {"object", parse_assertion<Kind::object>},
    {"array", parse_array},
    {"to-string", parse_conversion<Kind::string>},
    {"to-number", parse_conversion<Kind::number>},
    {"to-boolean", parse_conversion<Kind::boolean>},
    {"to-color", parse_conversion<Kind::color>},
}};

}  // namespace

NodePointer make_assertion(const Type& type, std::vector<NodePointer> parts, std::string key) {
    return std::make_shared<Assertion>(
        Node::Facts{.type = type, .key = std::move(key), .children = std::move(parts)});
}

NodePointer make_conversion(const Type& type, std::vector<NodePointer> parts, std::string key) {
    return std::make_shared<Conversion>(
        Node::Facts{.type = type, .key = std::move(key), .children = std::move(parts)});
}

std::span<const Rule> conversion_rules() {
    return conversion_table;
}

}  // namespace relief::expression
