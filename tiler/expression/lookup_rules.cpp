// at, slice, length.

#include "tiler/expression/characters.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/operands.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace relief::expression {
namespace {

/// Children: index, list.
class At final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        return with_two(run, children(), [&](const Value& index, const Value& list) {
            const double number = index.as_number();
            const auto items = list.items();
            if (number >= 0 && number < static_cast<double>(items.size()) &&
                number == std::floor(number))
                return items[static_cast<std::size_t>(number)];
            return run.fail(key(), [&] { return refusal(number, items.size()); });
        });
    }

private:
    static std::string refusal(double index, std::size_t size) {
        const std::string shown = to_text(index);
        if (index < 0) return "Array index out of bounds: " + shown + " < 0.";
        if (index >= static_cast<double>(size))
            return "Array index out of bounds: " + shown + " > " +
                   to_text(static_cast<double>(size) - 1) + ".";
        return "Array index must be an integer, but found " + shown + " instead.";
    }
};

NodePointer parse_at(Parser& parser, const Json& json) {
    if (json.size() != 3) return parser.fail(wrong_count("2 arguments", json));
    const Type item = parser.expected_type().value_or(Kind::value);
    auto parts = parse_two(parser, json, {Type(Kind::number), Type::array(item)});
    if (parts.empty()) return nullptr;
    const Type type = parts[1]->type().item();
    return std::make_shared<At>(
        Node::Facts{.type = type, .key = parser.key(), .children = std::move(parts)});
}

/// Children: text or list, begin, and end or nothing.
class Slice final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        return with_two(run, children(), [&](const Value& input, const Value& begin) {
            const Value end = child_count() > 2
                                  ? child(2).evaluate(run)
                                  : Value::number(std::numeric_limits<double>::infinity());
            if (end.failed()) return end;
            if (!input.is(Kind::string) && !input.is(Kind::array))
                return run.fail(key(), [&] {
                    return "Expected first argument to be of type array or string, but found " +
                           type_of(input).name() + " instead.";
                });
            return cut(input, {begin.as_number(), end.as_number()});
        });
    }

private:
    struct Ends {
        double begin;
        double end;
    };

    static Value cut(const Value& input, const Ends& ends) {
        const bool is_text = input.is(Kind::string);
        const std::string_view text = input.as_text();
        const std::size_t size = is_text ? count_characters(text) : input.items().size();
        const std::size_t begin = position_in(ends.begin, size);
        const std::size_t end = std::max(begin, position_in(ends.end, size));
        if (!is_text) return Value::array(input.items().subspan(begin, end - begin));
        const std::string_view rest = text.substr(byte_after(text, begin));
        return Value::text(rest.substr(0, byte_after(rest, end - begin)));
    }
};

NodePointer parse_slice(Parser& parser, const Json& json) {
    if (json.size() < 3 || json.size() > 4)
        return parser.fail(wrong_count("2 or 3 arguments", json));
    auto parts = parse_two(parser, json, {Type(Kind::value), Type(Kind::number)});
    if (parts.empty()) return nullptr;
    const Type type = parts[0]->type();
    if (!type.is(Kind::array) && !type.is(Kind::string) && !type.is(Kind::value))
        return parser.fail("Expected first argument to be of type array or string, but found " +
                           type.name() + " instead");
    if (json.size() == 4) {
        parts.push_back(parser.parse_child(json[3], 3, {Kind::number}));
        if (!parts.back()) return nullptr;
    }
    // A part of a list of three is no list of three.
    const Type cut = type.is(Kind::array) ? Type::array(type.item()) : type;
    return std::make_shared<Slice>(
        Node::Facts{.type = cut, .key = parser.key(), .children = std::move(parts)});
}

class Length final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        const Value input = child(0).evaluate(run);
        if (input.failed()) return input;
        if (input.is(Kind::string))
            return Value::number(static_cast<double>(count_characters(input.as_text())));
        if (input.is(Kind::array)) return Value::number(static_cast<double>(input.items().size()));
        return run.fail(key(), [&] {
            return "Expected value to be of type string or array, but found " +
                   type_of(input).name() + " instead.";
        });
    }
};

NodePointer parse_length(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail(wrong_count("1 argument", json));
    NodePointer input = parser.parse_child(json[1], 1, {});
    if (!input) return nullptr;
    const Type type = input->type();
    if (!type.is(Kind::array) && !type.is(Kind::string) && !type.is(Kind::value))
        return parser.fail("Expected argument of type string or array, but found " + type.name() +
                           " instead.");
    return std::make_shared<Length>(
        Node::Facts{.type = Kind::number, .key = parser.key(), .children = {std::move(input)}});
}

constexpr std::array<Rule, 3> lookup_table{{
    {"at", parse_at},
    {"slice", parse_slice},
    {"length", parse_length},
}};

}  // namespace

std::span<const Rule> lookup_rules() {
    return lookup_table;
}

}  // namespace relief::expression
