#pragma once
// The types of the expression language, with its rule of which may stand for which.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relief::expression {

/// Of a type all; of a value all but `value`, which says that any may come.
/// Source: MapLibre Style Specification v8, Expressions, "Type system".
enum class Kind : std::uint8_t {
    null,
    number,
    string,
    boolean,
    color,
    projection,
    object,
    value,
    array,
    error,
    collator,
    formatted,
    padding,
    number_array,
    color_array,
    image,
    anchor_offsets,
};

/// As the specification writes it: "number", "projectionDefinition", "resolvedImage".
std::string_view name_of(Kind kind) noexcept;

class Type {
public:
    Type(Kind kind) noexcept : kind_(kind) {}  // NOLINT(google-explicit-constructor)
    static Type array(const Type& item, std::optional<std::size_t> length = std::nullopt);

    Kind kind() const noexcept { return kind_; }
    bool is(Kind kind) const noexcept { return kind_ == kind; }
    /// Of an array; `value` of anything else.
    Type item() const { return item_ ? *item_ : Type(Kind::value); }
    std::optional<std::size_t> length() const noexcept { return length_; }

    /// "array<number, 2>", "array<string>", "array", "color".
    std::string name() const;
    /// Whether whatever has the other type may stand where this one is expected.
    bool accepts(const Type& actual) const;
    bool operator==(const Type& other) const;

private:
    Kind kind_;
    std::shared_ptr<const Type> item_;
    std::optional<std::size_t> length_;
};

}  // namespace relief::expression
