#pragma once
// What reading and writing moments have in common.

#include <array>
#include <cstdint>
#include <string_view>

namespace relief::calendar {

/// Units: milliseconds.
inline constexpr std::int64_t second = 1000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day = 24 * hour;

/// As HTTP writes them (RFC 9110, 5.6.7).
inline constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace relief::calendar
