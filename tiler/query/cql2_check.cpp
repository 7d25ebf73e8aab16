#include "tiler/query/cql2_check.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace relief::query {
namespace {

enum class Kind : std::uint8_t { truth, number, text, moment };

Kind kind_of_attribute(AttributeType type) {
    switch (type) {
        case AttributeType::boolean: return Kind::truth;
        case AttributeType::text: return Kind::text;
        default: return Kind::number;
    }
}

Kind kind_of(const Condition& condition, const std::vector<AttributeDescription>& attributes) {
    switch (condition.operation) {
        case Operation::literal:
            if (std::holds_alternative<std::string>(condition.literal)) return Kind::text;
            if (std::holds_alternative<bool>(condition.literal)) return Kind::truth;
            if (std::holds_alternative<InstantRange>(condition.literal)) return Kind::moment;
            return Kind::number;
        case Operation::attribute: return kind_of_attribute(attributes[condition.attribute].type);
        case Operation::fold_case: return Kind::text;
        case Operation::add:
        case Operation::subtract:
        case Operation::multiply:
        case Operation::divide: return Kind::number;
        default: return Kind::truth;
    }
}

std::string name_of(Kind kind) {
    switch (kind) {
        case Kind::truth: return "true or false";
        case Kind::number: return "a number";
        case Kind::text: return "a text";
        default: return "a date or time";
    }
}

/// Times are kept as texts.
bool compare(Kind left, Kind right) {
    const bool times = (left == Kind::moment && right == Kind::text) ||
                       (left == Kind::text && right == Kind::moment);
    return left == right || times;
}

std::string named(const Condition& condition, const std::vector<AttributeDescription>& attributes) {
    const std::string kind = name_of(kind_of(condition, attributes));
    return condition.operation == Operation::attribute
               ? "\"" + attributes[condition.attribute].name + "\", which is " + kind + ","
               : kind;
}

/// The kind that all parts of an operation must be of; nothing: of one that compares.
const Kind* kind_wanted(Operation operation) {
    static constexpr Kind number = Kind::number;
    static constexpr Kind text = Kind::text;
    switch (operation) {
        case Operation::add:
        case Operation::subtract:
        case Operation::multiply:
        case Operation::divide: return &number;
        case Operation::like:
        case Operation::fold_case: return &text;
        default: return nullptr;
    }
}

}  // namespace

Result<void> check_truth(const Condition& condition,
                         const std::vector<AttributeDescription>& attributes) {
    if (kind_of(condition, attributes) == Kind::truth) return {};
    return bad_request("filter: " + named(condition, attributes) +
                       " stands where something is true or false; compare it with something");
}

Result<void> check_kinds(const Condition& condition,
                         const std::vector<AttributeDescription>& attributes) {
    const Kind* const wanted = kind_wanted(condition.operation);
    const Kind first = kind_of(condition.parts.front(), attributes);
    for (const Condition& part : condition.parts) {
        const Kind kind = kind_of(part, attributes);
        if (wanted != nullptr && kind != *wanted)
            return bad_request("filter: " + named(part, attributes) + " stands where " +
                               name_of(*wanted) + " is needed");
        if (wanted == nullptr && !compare(first, kind))
            return bad_request("filter: " + named(condition.parts.front(), attributes) +
                               " is compared with " + named(part, attributes) +
                               " which is never the same; a text is written 'so'");
    }
    return {};
}

Error no_such_attribute(std::string_view name,
                        const std::vector<AttributeDescription>& attributes) {
    constexpr std::size_t most = 60;
    std::string list;
    for (std::size_t i = 0; i < attributes.size() && i < most; ++i)
        list += (i == 0 ? "" : ", ") + attributes[i].name;
    if (attributes.size() > most)
        list += " and " + std::to_string(attributes.size() - most) + " more";
    return bad_request("filter: there is no attribute \"" + std::string(name.substr(0, 100)) +
                       "\"; there are " + (list.empty() ? "none" : list));
}

}  // namespace relief::query
