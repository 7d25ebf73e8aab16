#pragma once
// Numbers as the readers of a language write them.

#include "tiler/core/result.hpp"

#include <optional>
#include <string>

namespace relief::expression {

struct NumberFormat {
    std::string locale{};    ///< a BCP 47 tag; empty: English
    std::string currency{};  ///< ISO 4217, "EUR"; empty: none
    std::string unit{};      ///< a unit of ECMA-402, "kilometer-per-hour"; empty: none
    std::optional<double> least_fraction_digits{};
    std::optional<double> most_fraction_digits{};
};

/// "1,234.567 m".
/// Errors: bad_request for a unit, currency, locale or number of digits that there is not.
/// Source: ECMA-402, Intl.NumberFormat.
Result<std::string> format_number(double number, const NumberFormat& format);

}  // namespace relief::expression
