#include "tiler/expression/node.hpp"

namespace relief::expression {

namespace {

constexpr Failure no_reason_asked{"no value", ""};
constexpr Failure no_room{"the result needs more memory than one evaluation may take", ""};

}  // namespace

Node::Node(Facts facts) : facts_(std::move(facts)) {
    for (const NodePointer& each : facts_.children) facts_.reads |= each->reads();
}

const Value* literal_value(const Node& node) noexcept {
    if (node.role() != Node::Role::literal) return nullptr;
    const auto* const literal = dynamic_cast<const Literal*>(&node);
    return literal == nullptr ? nullptr : &literal->value();
}

Value Run::unexplained() noexcept {
    return Value::failure(no_reason_asked);
}

Value Run::explained(std::string_view key, const std::string& message) const {
    const auto room = scratch().take<Failure>(1);
    const std::string_view kept = scratch().keep(message);
    if (room.empty() || kept.data() == nullptr) return Value::failure(no_room);
    // The key belongs to the expression, which outlives what it gives.
    room[0] = Failure{kept, key};
    return Value::failure(room[0]);
}

Value Run::out_of_room(std::string_view key) const {
    return fail(key, [&] {
        return "the result needs more than the " + std::to_string(scratch().budget()) +
               " bytes that one evaluation may take";
    });
}

Value Run::keep(const Node& by, std::string_view text) const {
    const std::string_view kept = scratch().keep(text);
    return kept.data() == nullptr ? out_of_room(by.key()) : Value::text(kept);
}

}  // namespace relief::expression
