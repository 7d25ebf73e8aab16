#pragma once
// A feature's attributes, as a filter asks for them.

#include "tiler/core/features.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace relief::query {

class Row {
public:
    Row() = default;
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    Row(Row&&) = delete;
    Row& operator=(Row&&) = delete;
    virtual ~Row() = default;

    /// By its place in the layer's list of attributes; nothing where the feature has none.
    virtual std::optional<AttributeValue> value(std::size_t attribute) const = 0;
    virtual GeometryKind kind() const = 0;
    virtual std::uint64_t id() const = 0;
};

}  // namespace relief::query
