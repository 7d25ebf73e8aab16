// literal, semiliteral.

#include "tiler/expression/grammar.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace relief::expression {
namespace {

std::string one_argument(const Json& json) {
    return "'" + json[0].get<std::string>() +
           "' expression requires exactly one argument, but found " +
           std::to_string(json.size() - 1) + " instead.";
}

/// An empty list is a list of whatever is expected.
NodePointer parse_literal(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail(one_argument(json));
    NodePointer node = parser.literal(json[1]);
    const auto& expected = parser.expected_type();
    const bool empty = node && json[1].is_array() && json[1].empty();
    if (empty && expected && expected->is(Kind::array) && expected->length().value_or(0) == 0)
        return std::make_shared<Literal>(*expected, *literal_value(*node));
    return node;
}

/// A list whose items are worked out.
class ItemList final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        const auto items = run.scratch().take<Value>(child_count());
        if (items.size() != child_count()) return run.out_of_room(key());
        for (std::size_t i = 0; i < child_count(); ++i) {
            items[i] = child(i).evaluate(run);
            if (items[i].failed()) return items[i];
        }
        return Value::array(items);
    }
};

Type shared_type(const std::vector<NodePointer>& items) {
    if (items.empty()) return Kind::value;
    Type first = items.front()->type();
    for (const NodePointer& item : items) {
        if (item->type().is(Kind::array) ? items.size() > 1 : !(item->type() == first))
            return Kind::value;
    }
    return first;
}

NodePointer parse_semiliteral(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail(one_argument(json));
    if (!json[1].is_array()) return parser.literal(json[1]);
    const auto& outer = parser.expected_type();
    const Type expected = outer && outer->is(Kind::array) ? outer->item() : Type(Kind::value);
    std::vector<NodePointer> items;
    for (std::size_t i = 0; i < json[1].size(); ++i) {
        NodePointer item = parser.parse_child(json[1][i], i, {expected});
        if (!item) return nullptr;
        items.push_back(std::move(item));
    }
    const Type type = Type::array(shared_type(items), items.size());
    return std::make_shared<ItemList>(
        Node::Facts{.type = type, .key = parser.key(), .children = std::move(items)});
}

constexpr std::array<Rule, 2> literal_table{{
    {"literal", parse_literal},
    {"semiliteral", parse_semiliteral},
}};

}  // namespace

std::span<const Rule> literal_rules() {
    return literal_table;
}

}  // namespace relief::expression
