#include "tiler/query/needed_condition.hpp"

#include "tiler/expression/filter_writing.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace relief::query {
namespace {

using Json = nlohmann::json;
using Needed = std::optional<Condition>;

bool is_call(const Json& json, std::string_view name) {
    return json.is_array() && !json.empty() && json[0] == name;
}

bool may_equal(AttributeType type, const Json& value) {
    switch (type) {
        case AttributeType::text: return value.is_string();
        case AttributeType::boolean: return value.is_boolean();
        default: return value.is_number();
    }
}

Condition constant(const Json& value) {
    Condition made;
    if (value.is_string())
        made.literal = value.get<std::string>();
    else if (value.is_boolean())
        made.literal = value.get<bool>();
    else
        made.literal = value.get<double>();
    return made;
}

class NeedReader {
public:
    NeedReader(const Json& filter, const std::vector<AttributeDescription>& attributes)
        : attributes_(attributes), old_way_(expression::is_legacy_filter(filter)) {}

    Needed read(const Json& filter) const {
        if (!filter.is_array() || filter.empty() || !filter[0].is_string()) return std::nullopt;
        const auto& name = filter[0].get_ref<const std::string&>();
        if (name == "all" || name == "any") return group(filter, name == "all");
        if (name == "has") return presence(filter);
        if (name == "in") return among(filter);
        return comparison(filter, name);
    }

private:
    Needed group(const Json& filter, bool all) const {
        Condition made{all ? Operation::both : Operation::either, {}, 0, {}};
        for (std::size_t i = 1; i < filter.size(); ++i) {
            auto part = read(filter[i]);
            if (part)
                made.parts.push_back(std::move(*part));
            else if (!all)
                return std::nullopt;
        }
        return made.parts.empty() ? std::nullopt : Needed(std::move(made));
    }

    Needed presence(const Json& filter) const {
        if (filter.size() != 2) return std::nullopt;
        auto attribute = named(filter[1]);
        if (!attribute) return std::nullopt;
        return Condition{Operation::opposite,
                         {},
                         0,
                         {Condition{Operation::is_null, {}, 0, {std::move(*attribute)}}}};
    }

    /// ["in", "name", 1, 2] of old, ["in", ["get", "name"], ["literal", [1, 2]]] now.
    Needed among(const Json& filter) const {
        if (filter.size() < 3) return std::nullopt;
        const auto attribute = subject(filter[1]);
        if (!attribute) return std::nullopt;
        const bool listed = filter.size() == 3 && is_call(filter[2], "literal") &&
                            filter[2].size() == 2 && filter[2][1].is_array();
        if (!old_way_ && !listed) return std::nullopt;
        const Json values = old_way_ ? Json(filter.begin() + 2, filter.end()) : filter[2][1];
        Condition made{Operation::among, {}, 0, {*attribute}};
        for (const Json& value : values)
            // What is of another kind is never the same.
            if (may_equal(type_of(*attribute), value)) made.parts.push_back(constant(value));
        return made.parts.size() == 1 ? std::nullopt : Needed(std::move(made));
    }

    /// Texts are ordered in another way there, and what differs may also be missing.
    Needed comparison(const Json& filter, std::string_view name) const {
        constexpr std::array<std::pair<std::string_view, Operation>, 5> signs{
            {{"==", Operation::equal},
             {"<", Operation::less},
             {"<=", Operation::less_or_equal},
             {">", Operation::greater},
             {">=", Operation::greater_or_equal}}};
        const auto* const sign = std::find_if(
            signs.begin(), signs.end(), [&](const auto& one) { return one.first == name; });
        if (sign == signs.end() || filter.size() != 3) return std::nullopt;
        auto attribute = subject(filter[1]);
        const Json& value = filter[2];
        const bool ordered = sign->second != Operation::equal;
        if (!attribute || !may_equal(type_of(*attribute), value) || (ordered && !value.is_number()))
            return std::nullopt;
        return Condition{sign->second, {}, 0, {std::move(*attribute), constant(value)}};
    }

    Needed subject(const Json& json) const {
        if (old_way_) return named(json);
        return is_call(json, "get") && json.size() == 2 ? named(json[1]) : std::nullopt;
    }
    Needed named(const Json& name) const {
        if (!name.is_string()) return std::nullopt;
        const auto& text = name.get_ref<const std::string&>();
        const auto found = std::find_if(attributes_.begin(),
                                        attributes_.end(),
                                        [&](const auto& one) { return one.name == text; });
        // "$type" and "$id" are the feature's own, whatever its attributes are called.
        if (found == attributes_.end() || (old_way_ && text.starts_with('$'))) return std::nullopt;
        return Condition{
            Operation::attribute, {}, static_cast<std::size_t>(found - attributes_.begin()), {}};
    }
    AttributeType type_of(const Condition& attribute) const {
        return attributes_[attribute.attribute].type;
    }

    const std::vector<AttributeDescription>& attributes_;
    bool old_way_;
};

}  // namespace

std::optional<Condition> needed_condition(const nlohmann::json& filter,
                                          const std::vector<AttributeDescription>& attributes) {
    return NeedReader(filter, attributes).read(filter);
}

}  // namespace relief::query
