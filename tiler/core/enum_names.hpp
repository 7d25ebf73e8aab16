#pragma once
// The values of an enum by their names: a table in the enum's own order.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace relief {

template <std::size_t count>
using EnumNames = std::array<std::string_view, count>;

template <typename Value, std::size_t count>
constexpr std::string_view name_of(const EnumNames<count>& names, Value value) noexcept {
    return names[static_cast<std::size_t>(value)];
}

template <typename Value, std::size_t count>
constexpr std::optional<Value> find_name(const EnumNames<count>& names,
                                         std::string_view text) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        if (names[i] == text) return static_cast<Value>(i);
    }
    return std::nullopt;
}

}  // namespace relief
