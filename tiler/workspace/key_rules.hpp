#pragma once
// The table of all keys: name, default, shape, check.

#include "tiler/workspace/value_checks.hpp"

#include <span>
#include <string>
#include <string_view>

namespace relief::workspace {

struct KeyRule {
    enum class Shape : std::uint8_t { value, list, mapping };
    enum class Read : std::uint8_t { now, later };  ///< later: by a later part of the product
    enum class Print : std::uint8_t { open, secret };

    std::string_view name;
    std::string_view default_value;  ///< lists and mappings as JSON
    std::string_view meaning;
    Check check = check_any;  ///< of the value; of each entry of a list; of each key of a mapping
    Shape shape = Shape::value;
    Read read = Read::now;
    Print print = Print::open;
};

/// Sorted by name.
std::span<const KeyRule> key_rules() noexcept;
const KeyRule* find_rule(std::string_view name) noexcept;
/// There are keys "name.…".
bool is_section(std::string_view name) noexcept;

/// "limits.body" → "RELIEF_LIMITS__BODY".
std::string variable_of(std::string_view key);

/// What may stand inside layers.ID.
std::span<const std::string_view> layer_words() noexcept;

/// "; did you mean …?" when one of the keys is near, else nothing.
std::string suggest_key(std::string_view unknown);

}  // namespace relief::workspace
