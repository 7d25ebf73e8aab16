// in, index-of.

#include "tiler/expression/characters.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/operands.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::expression {
namespace {

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
        return with_two(run, children(), [&](const Value& needle, const Value& haystack) {
            if (is_nothing(haystack)) return Value::boolean(false);
            if (!is_needle(needle.kind())) return wrong_kind(run, needle);
            if (haystack.is(Kind::string)) return Value::boolean(stands_in(needle, haystack));
            if (!haystack.is(Kind::array)) return wrong_haystack(run, haystack);
            const auto items = haystack.items();
            return Value::boolean(std::any_of(items.begin(), items.end(), [&](const Value& item) {
                return item.equals(needle);
            }));
        });
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
        if (needle.is(Kind::string))
            return find_text(text, needle.as_text()) != std::string_view::npos;
        return find_text(text, needle_text(needle)) != std::string_view::npos;
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

class IndexOf final : public Search {
public:
    using Search::Search;

    Value evaluate(const Run& run) const override {
        return with_two(run, children(), [&](const Value& needle, const Value& haystack) {
            if (!is_needle(needle.kind())) return wrong_kind(run, needle);
            const Value from = child_count() > 2 ? child(2).evaluate(run) : Value::number(0);
            if (from.failed()) return from;
            if (haystack.is(Kind::string))
                return index_in_text(haystack.as_text(), needle_text(needle), from.as_number());
            if (haystack.is(Kind::array))
                return index_in_list(haystack.items(), needle, from.as_number());
            return wrong_haystack(run, haystack);
        });
    }

private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): haystack and needle differ in type
    static Value index_in_text(std::string_view text, const std::string& needle, double from) {
        // Before the beginning is the beginning: in a text nothing is counted from the end.
        const double begin = std::isnan(from) ? 0 : std::clamp(from, 0.0, 1e9);
        const std::size_t found =
            find_text(text, needle, byte_after(text, static_cast<std::size_t>(begin)));
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

constexpr std::array<Rule, 2> search_table{{
    {"in", parse_in},
    {"index-of", parse_index_of},
}};

}  // namespace

std::span<const Rule> search_rules() {
    return search_table;
}

}  // namespace relief::expression
