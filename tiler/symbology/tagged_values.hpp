#pragma once
// The properties of a feature that are kept as pairs of numbers: of a key and of a value.

#include "tiler/core/features.hpp"
#include "tiler/expression/value.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// What it points to lives as long as the attribute.
expression::Value value_of(const AttributeValue& value);

/// Of a feature: null for id 0, which features without one have.
expression::Value id_value(std::uint64_t id);
/// As expressions name it: "Point", "LineString" or "Polygon".
std::string_view geometry_name(GeometryKind kind);

/// Everything it looks at outlives it.
struct TaggedValues {
    static constexpr std::uint32_t no_key = 0xFFFFFFFF;

    const std::vector<std::string>& keys;
    const std::vector<AttributeValue>& values;
    std::span<const std::uint32_t> tags;

    std::optional<expression::Value> of(std::uint32_t key) const;
    /// All of them, as an object.
    expression::Value all(expression::Scratch& scratch) const;
};

/// TaggedValues::no_key when the name is none of them.
std::uint32_t key_named(const std::vector<std::string>& keys, std::string_view name) noexcept;

}  // namespace relief::symbology
