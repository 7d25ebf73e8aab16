// ==, !=, <, >, <=, >=, collator.

#include "tiler/expression/collator.hpp"
#include "tiler/expression/conversion.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/operands.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>

namespace relief::expression {
namespace {

enum class Operator : std::uint8_t { equal, unequal, less, greater, at_most, at_least };

constexpr std::array<std::string_view, 6> operator_names{"==", "!=", "<", ">", "<=", ">="};

std::string_view name_of(Operator op) {
    return operator_names[static_cast<std::size_t>(op)];
}

bool is_order(Operator op) {
    return op != Operator::equal && op != Operator::unequal;
}

/// What the operator says of an order: less than 0, 0, more.
bool holds(Operator op, int order) {
    switch (op) {
        case Operator::equal: return order == 0;
        case Operator::unequal: return order != 0;
        case Operator::less: return order < 0;
        case Operator::greater: return order > 0;
        case Operator::at_most: return order <= 0;
        case Operator::at_least: return order >= 0;
    }
    return false;
}

bool holds_between_numbers(Operator op, const std::array<double, 2>& numbers) {
    switch (op) {
        case Operator::less: return numbers[0] < numbers[1];
        case Operator::greater: return numbers[0] > numbers[1];
        case Operator::at_most: return numbers[0] <= numbers[1];
        case Operator::at_least: return numbers[0] >= numbers[1];
        default: return holds(op, numbers[0] == numbers[1] ? 0 : 1);
    }
}

/// Children: left, right, and a collator or nothing.
class Comparison final : public Node {
public:
    Comparison(Facts facts, Operator op) : Node(std::move(facts)), operator_(op) {}

    Value evaluate(const Run& run) const override {
        return with_two(run, children(), [&](const Value& left, const Value& right) {
            const bool texts = left.is(Kind::string) && right.is(Kind::string);
            if (!texts && is_order(operator_)) return ordered(run, left, right);
            const bool plain = !texts || (child_count() == 2 && !is_order(operator_));
            if (plain) return Value::boolean(holds(operator_, left.equals(right) ? 0 : 1));
            const TextPair pair{left.as_text(), right.as_text()};
            if (child_count() == 2) return Value::boolean(holds(operator_, compare(pair)));
            const Value collator = child(2).evaluate(run);
            if (collator.as_collator() == nullptr) return collator;
            return Value::boolean(holds(operator_, collator.as_collator()->compare(pair)));
        });
    }

private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): left and right, as everywhere
    Value ordered(const Run& run, const Value& left, const Value& right) const {
        if (left.is(Kind::number) && right.is(Kind::number))
            return Value::boolean(
                holds_between_numbers(operator_, {left.as_number(), right.as_number()}));
        return run.fail(key(), [&] {
            return "Expected arguments for \"" + std::string(name_of(operator_)) +
                   "\" to be (string, string) or (number, number), but found (" +
                   std::string(expression::name_of(left.kind())) + ", " +
                   std::string(expression::name_of(right.kind())) + ") instead.";
        });
    }

    Operator operator_;
};

bool is_comparable(Operator op, const Type& type) {
    switch (type.kind()) {
        case Kind::string:
        case Kind::number:
        case Kind::value: return true;
        case Kind::boolean:
        case Kind::null: return !is_order(op);
        default: return false;
    }
}

/// The index-th operand; null after an error.
NodePointer parse_operand(Parser& parser, const Json& json, std::size_t index, Operator op) {
    NodePointer operand = parser.parse_child(json[index], index, {Kind::value});
    if (!operand || is_comparable(op, operand->type())) return operand;
    return parser.fail("\"" + std::string(name_of(op)) +
                           "\" comparisons are not supported for type '" + operand->type().name() +
                           "'.",
                       {index});
}

/// Where the type of one side is known, an ordering expects it of the other as well.
void expect_alike(std::vector<NodePointer>& sides, const std::string& key) {
    for (const std::size_t i : {0U, 1U}) {
        const Type other = sides[1 - i]->type();
        if (sides[i]->type().is(Kind::value) && !other.is(Kind::value)) {
            sides[i] = make_assertion(other, {sides[i]}, key);
            return;
        }
    }
}

bool may_be_text(const Type& type) {
    return type.is(Kind::string) || type.is(Kind::value);
}

NodePointer parse_comparison_of(Parser& parser, const Json& json, Operator op) {
    if (json.size() != 3 && json.size() != 4)
        return parser.fail("Expected two or three arguments.");
    std::vector<NodePointer> parts;
    for (const std::size_t i : {1U, 2U}) {
        parts.push_back(parse_operand(parser, json, i, op));
        if (!parts.back()) return nullptr;
    }
    const Type left = parts[0]->type();
    const Type right = parts[1]->type();
    if (left.kind() != right.kind() && !left.is(Kind::value) && !right.is(Kind::value))
        return parser.fail("Cannot compare types '" + left.name() + "' and '" + right.name() +
                           "'.");
    if (is_order(op)) expect_alike(parts, parser.key());
    if (json.size() == 4) {
        if (!may_be_text(parts[0]->type()) && !may_be_text(parts[1]->type()))
            return parser.fail("Cannot use collator to compare non-string types.");
        parts.push_back(parser.parse_child(json[3], 3, {Kind::collator}));
        if (!parts.back()) return nullptr;
    }
    return std::make_shared<Comparison>(
        Node::Facts{.type = Kind::boolean, .key = parser.key(), .children = std::move(parts)}, op);
}

template <Operator op>
NodePointer parse_comparison(Parser& parser, const Json& json) {
    return parse_comparison_of(parser, json, op);
}

/// Children: case-sensitive, diacritic-sensitive, and a locale or nothing.
class CollatorNode final : public Node {
public:
    explicit CollatorNode(Facts facts) : Node(std::move(facts)), known_(make_known()) {}

    Value evaluate(const Run& run) const override {
        if (known_) return Value::collator(*known_);
        return with_two(run, children(), [&](const Value& by_case, const Value& by_diacritic) {
            const Value locale = child_count() > 2 ? child(2).evaluate(run) : Value();
            if (locale.failed()) return locale;
            auto made = Collator::make(
                {by_case.as_boolean(), by_diacritic.as_boolean(), std::string(locale.as_text())});
            if (!made)
                return run.fail(key(), [] { return std::string("No collation is installed."); });
            return Value::collator(run.scratch().own(std::move(made)));
        });
    }

private:
    /// When all options are literals, one collator serves for ever.
    std::shared_ptr<const Collator> make_known() const {
        for (const NodePointer& part : children())
            if (part->role() != Role::literal) return nullptr;
        CollatorOptions options;
        options.case_sensitive = literal_value(child(0))->as_boolean();
        options.diacritic_sensitive = literal_value(child(1))->as_boolean();
        if (child_count() > 2) options.locale = literal_value(child(2))->as_text();
        return Collator::make(options);
    }

    std::shared_ptr<const Collator> known_;
};

NodePointer parse_collator(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail("Expected one argument.");
    const Json& options = json[1];
    if (!options.is_object()) return parser.fail("Collator options argument must be an object.");
    std::vector<NodePointer> parts;
    for (const auto* const name : {"case-sensitive", "diacritic-sensitive"}) {
        const auto found = options.find(name);
        parts.push_back(
            parser.parse_child(found == options.end() ? Json(false) : *found, 1, {Kind::boolean}));
        if (!parts.back()) return nullptr;
    }
    const auto locale = options.find("locale");
    if (locale != options.end()) {
        parts.push_back(parser.parse_child(*locale, 1, {Kind::string}));
        if (!parts.back()) return nullptr;
    }
    return std::make_shared<CollatorNode>(Node::Facts{.type = Kind::collator,
                                                      .key = parser.key(),
                                                      .children = std::move(parts),
                                                      .reads = reads_surroundings});
}

constexpr std::array<Rule, 7> comparison_table{{
    {"==", parse_comparison<Operator::equal>},
    {"!=", parse_comparison<Operator::unequal>},
    {"<", parse_comparison<Operator::less>},
    {">", parse_comparison<Operator::greater>},
    {"<=", parse_comparison<Operator::at_most>},
    {">=", parse_comparison<Operator::at_least>},
    {"collator", parse_collator},
}};

}  // namespace

std::span<const Rule> comparison_rules() {
    return comparison_table;
}

}  // namespace relief::expression
