#pragma once
// Longitudes and latitudes as people and programs write them.

#include "tiler/core/result.hpp"
#include "tiler/report/report.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relief::report {

enum class Axis : std::uint8_t { longitude, latitude };

/// Reads 33.5, -72,3 (a comma for the point), 18.5N, 18°32'24"N, digits of Arabic and Persian and
/// the typographic minus. Errors: bad_request naming the text and what is wrong with it.
Result<double> parse_degrees(std::string_view text, Axis axis);

/// Errors: bad_request for what is empty, out of range, or 0, 0, which is what programs write where
/// there is no place.
Result<Place> parse_place(std::string_view longitude, std::string_view latitude);
/// The same of numbers.
Result<Place> check_place(double longitude, double latitude);

/// A finite number in digits, with a point or one comma; nothing for anything else.
std::optional<double> parse_number(std::string_view text);

}  // namespace relief::report
