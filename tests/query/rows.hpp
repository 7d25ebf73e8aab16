#pragma once
// Features for filters: camps with a name, beds, whether they are open, and since when.

#include "tiler/core/vector_description.hpp"
#include "tiler/query/filter.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::query::testing {

inline const std::vector<AttributeDescription> camp_attributes{
    {"name", AttributeType::text},
    {"beds", AttributeType::integer},
    {"share", AttributeType::number},
    {"open", AttributeType::boolean},
    {"since", AttributeType::text},
    {"beds free", AttributeType::integer}};

class Camp final : public Row {
public:
    explicit Camp(std::map<std::size_t, AttributeValue> values,
                  GeometryKind kind = GeometryKind::point)
        : values_(std::move(values)), kind_(kind) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        const auto found = values_.find(attribute);
        return found == values_.end() ? std::nullopt : std::optional(found->second);
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override { return 7; }

private:
    std::map<std::size_t, AttributeValue> values_;
    GeometryKind kind_;
};

inline bool holds(const std::string& text, const Row& row, double zoom = 5) {
    const auto filter = Filter::parse(text, camp_attributes);
    return filter && filter->holds(row, zoom);
}

/// What the error says; empty when there is none.
inline std::string refusal(const std::string& text) {
    const auto filter = Filter::parse(text, camp_attributes);
    return filter ? std::string() : filter.error().what;
}

}  // namespace relief::query::testing
