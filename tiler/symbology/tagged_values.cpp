#include "tiler/symbology/tagged_values.hpp"

#include <algorithm>
#include <variant>

namespace relief::symbology {

using expression::Value;

Value value_of(const AttributeValue& value) {
    if (const auto* const truth = std::get_if<bool>(&value)) return Value::boolean(*truth);
    if (const auto* const whole = std::get_if<std::int64_t>(&value))
        return Value::number(static_cast<double>(*whole));
    if (const auto* const number = std::get_if<double>(&value)) return Value::number(*number);
    return Value::text(std::get<std::string>(value));
}

Value id_value(std::uint64_t id) {
    return id == 0 ? Value() : Value::number(static_cast<double>(id));
}

std::string_view geometry_name(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point: return "Point";
        case GeometryKind::line: return "LineString";
        case GeometryKind::area: return "Polygon";
    }
    return {};
}

std::optional<Value> TaggedValues::of(std::uint32_t key) const {
    for (std::size_t i = 0; i + 1 < tags.size(); i += 2)
        if (tags[i] == key) return value_of(values[tags[i + 1]]);
    return std::nullopt;
}

Value TaggedValues::all(expression::Scratch& scratch) const {
    const auto members = scratch.take<expression::Member>(tags.size() / 2);
    for (std::size_t i = 0; i < members.size(); ++i)
        members[i] = {keys[tags[2 * i]], value_of(values[tags[2 * i + 1]])};
    return Value::object(members);
}

std::uint32_t key_named(const std::vector<std::string>& keys, std::string_view name) noexcept {
    const auto found = std::find(keys.begin(), keys.end(), name);
    return found == keys.end() ? TaggedValues::no_key
                               : static_cast<std::uint32_t>(found - keys.begin());
}

}  // namespace relief::symbology
