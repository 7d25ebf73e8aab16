// at, in, index-of, slice, length.

#include "tiler/expression/characters.hpp"
#include "tiler/expression/grammar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::expression {
namespace {

std::string wrong_count(std::string_view wanted, const Json& json) {
    return "Expected " + std::string(wanted) + ", but found " + std::to_string(json.size() - 1) +
           " instead.";
}

/// The first two parts of the types; nothing after an error, which both may have.
std::vector<NodePointer> parse_two(Parser& parser,
                                   const Json& json,
                                   const std::array<Type, 2>& types) {
    std::vector<NodePointer> parts;
    for (const std::size_t i : {0U, 1U})
        parts.push_back(parser.parse_child(json[i + 1], i + 1, {types[i]}));
    if (!parts[0] || !parts[1]) parts.clear();
    return parts;
}

/// Children: index, list.
class At final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        const Value index = child(0).evaluate(run);
        if (index.failed()) return index;
        const Value list = child(1).evaluate(run);
        if (list.failed()) return list;
        const double number = index.as_number();
        const auto items = list.items();
        if (number >= 0 && number < static_cast<double>(items.size()) &&
            number == std::floor(number))
            return items[static_cast<std::size_t>(number)];
        return run.fail(key(), [&] { return refusal(number, items.size()); });
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

bool is_needle(Kind kind) {
    return kind == Kind::boolean || kind == Kind::string || kind == Kind::number ||
           kind == Kind::null;
}

std::string wrong_needle(const Type& type) {
    return "Expected first argument to be of type boolean, string, number or null, but found " +
           type.name() + " instead";
}

/// What is looked for in a text: null is looked for as "null".
std::string needle_text(const Value& needle) {
    return needle.is_null() ? "null" : to_text(needle);
}

/// Children: needle, haystack, and for `index-of` where to begin or nothing.
class Search : public Node {
public:
    using Node::Node;

protected:
    Value wrong_kind(const Run& run, const Value& needle) const {
        return run.fail(key(), [&] { return wrong_needle(type_of(needle)) + "."; });
    }

    Value wrong_haystack(const Run& run, const Value& haystack) const {
        return run.fail(key(), [&] {
            return "Expected second argument to be of type array or string, but found " +
                   type_of(haystack).name() + " instead.";
        });
    }
};

class In final : public Search {
public:
    using Search::Search;

    Value evaluate(const Run& run) const override {
        const Value needle = child(0).evaluate(run);
        if (needle.failed()) return needle;
        const Value haystack = child(1).evaluate(run);
        if (haystack.failed()) return haystack;
        if (is_nothing(haystack)) return Value::boolean(false);
        if (!is_needle(needle.kind())) return wrong_kind(run, needle);
        if (haystack.is(Kind::string)) return Value::boolean(stands_in(needle, haystack));
        if (!haystack.is(Kind::array)) return wrong_haystack(run, haystack);
        const auto items = haystack.items();
        return Value::boolean(std::any_of(
            items.begin(), items.end(), [&](const Value& item) { return item.equals(needle); }));
    }

private:
    static bool is_nothing(const Value& haystack) {
        return haystack.is_null() || (haystack.is(Kind::string) && haystack.as_text().empty()) ||
               (haystack.is(Kind::boolean) && !haystack.as_boolean()) ||
               (haystack.is(Kind::number) && !(std::abs(haystack.as_number()) > 0));
    }

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): needle and haystack, as everywhere
    static bool stands_in(const Value& needle, const Value& haystack) {
        const std::string_view text = haystack.as_text();
        if (needle.is(Kind::string)) return text.find(needle.as_text()) != std::string_view::npos;
        return text.find(needle_text(needle)) != std::string_view::npos;
    }
};

NodePointer check_needle(Parser& parser, const std::vector<NodePointer>& parts) {
    const Type type = parts[0]->type();
    if (is_needle(type.kind()) || type.is(Kind::value)) return parts[0];
    return parser.fail(wrong_needle(type));
}

NodePointer parse_in(Parser& parser, const Json& json) {
    if (json.size() != 3) return parser.fail(wrong_count("2 arguments", json));
    auto parts = parse_two(parser, json, {Type(Kind::value), Type(Kind::value)});
    if (parts.empty() || !check_needle(parser, parts)) return nullptr;
    return std::make_shared<In>(
        Node::Facts{.type = Kind::boolean, .key = parser.key(), .children = std::move(parts)});
}

/// ECMA-262, ToIntegerOrInfinity, then counted from the end when negative; 0 to size.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a number and a size, as in at()
std::size_t position_in(double index, std::size_t size) {
    if (std::isnan(index)) return 0;
    const auto length = static_cast<double>(size);
    const double whole = std::trunc(index);
    return static_cast<std::size_t>(std::clamp(whole < 0 ? whole + length : whole, 0.0, length));
}

class IndexOf final : public Search {
public:
    using Search::Search;

    Value evaluate(const Run& run) const override {
        const Value needle = child(0).evaluate(run);
        if (needle.failed()) return needle;
        const Value haystack = child(1).evaluate(run);
        if (haystack.failed()) return haystack;
        if (!is_needle(needle.kind())) return wrong_kind(run, needle);
        const Value from = child_count() > 2 ? child(2).evaluate(run) : Value::number(0);
        if (from.failed()) return from;
        if (haystack.is(Kind::string))
            return index_in_text(haystack.as_text(), needle_text(needle), from.as_number());
        if (haystack.is(Kind::array))
            return index_in_list(haystack.items(), needle, from.as_number());
        return wrong_haystack(run, haystack);
    }

private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): haystack and needle differ in type
    static Value index_in_text(std::string_view text, const std::string& needle, double from) {
        // Before the beginning is the beginning: in a text nothing is counted from the end.
        const double begin = std::isnan(from) ? 0 : std::clamp(from, 0.0, 1e9);
        const std::size_t found =
            text.find(needle, byte_after(text, static_cast<std::size_t>(begin)));
        if (found == std::string_view::npos) return Value::number(-1);
        return Value::number(static_cast<double>(count_characters(text.substr(0, found))));
    }

    static Value index_in_list(std::span<const Value> items, const Value& needle, double from) {
        for (std::size_t i = position_in(from, items.size()); i < items.size(); ++i)
            if (items[i].equals(needle)) return Value::number(static_cast<double>(i));
        return Value::number(-1);
    }
};

NodePointer parse_index_of(Parser& parser, const Json& json) {
    if (json.size() < 3 || json.size() > 4)
        return parser.fail(wrong_count("2 or 3 arguments", json));
    auto parts = parse_two(parser, json, {Type(Kind::value), Type(Kind::value)});
    if (parts.empty() || !check_needle(parser, parts)) return nullptr;
    if (json.size() == 4) {
        parts.push_back(parser.parse_child(json[3], 3, {Kind::number}));
        if (!parts.back()) return nullptr;
    }
    return std::make_shared<IndexOf>(
        Node::Facts{.type = Kind::number, .key = parser.key(), .children = std::move(parts)});
}

/// Children: text or list, begin, and end or nothing.
class Slice final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        const Value input = child(0).evaluate(run);
        if (input.failed()) return input;
        const Value begin = child(1).evaluate(run);
        if (begin.failed()) return begin;
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

constexpr std::array<Rule, 5> lookup_table{{
    {"at", parse_at},
    {"in", parse_in},
    {"index-of", parse_index_of},
    {"slice", parse_slice},
    {"length", parse_length},
}};

}  // namespace

std::span<const Rule> lookup_rules() {
    return lookup_table;
}

}  // namespace relief::expression
