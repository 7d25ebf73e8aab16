#include "tiler/expression/number_format.hpp"

#include <unicode/numberformatter.h>

#include <algorithm>
#include <cmath>

namespace relief::expression {
namespace {

constexpr double most_digits = 100;  // ECMA-402, SetNumberFormatDigitOptions
constexpr std::size_t longest_word = 100;

bool is_digit_count(const std::optional<double>& count) {
    return !count || (*count >= 0 && *count <= most_digits);
}

/// How many digits after the point, when the format says; ECMA-402 writes up to three by itself.
Result<icu::number::Precision> precision_of(const NumberFormat& format) {
    const auto& least = format.least_fraction_digits;
    const auto& most = format.most_fraction_digits;
    if (!is_digit_count(least) || !is_digit_count(most))
        return bad_request("number-format: fraction digits are 0 to 100");
    if (!least && !most && !format.currency.empty())
        return icu::number::Precision(icu::number::Precision::currency(UCURR_USAGE_STANDARD));
    const double usual = format.currency.empty() ? 3 : 2;
    const double low =
        std::floor(least.value_or(format.currency.empty() ? 0 : std::min(usual, *most)));
    const double high = std::floor(most.value_or(std::max(low, usual)));
    if (high < low)
        return bad_request("number-format: max-fraction-digits is below min-fraction-digits");
    return icu::number::Precision(
        icu::number::Precision::minMaxFraction(static_cast<int>(low), static_cast<int>(high)));
}

Result<icu::MeasureUnit> unit_of(const NumberFormat& format) {
    UErrorCode status = U_ZERO_ERROR;
    if (!format.currency.empty()) {
        const bool code = format.currency.size() == 3 &&
                          std::all_of(format.currency.begin(), format.currency.end(), [](char c) {
                              return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                          });
        if (!code)
            return bad_request("number-format: a currency is a code of three letters, such as EUR");
        const icu::CurrencyUnit currency(icu::StringPiece(format.currency.data(), 3), status);
        // NOLINTNEXTLINE(cppcoreguidelines-slicing): the formatter asks for the base
        return static_cast<const icu::MeasureUnit&>(currency);
    }
    if (format.unit.empty()) return icu::MeasureUnit();
    if (format.unit.size() > longest_word) return bad_request("number-format: no such unit");
    icu::MeasureUnit unit = icu::MeasureUnit::forIdentifier(
        {format.unit.data(), static_cast<std::int32_t>(format.unit.size())}, status);
    if (U_FAILURE(status) != 0)
        return bad_request("number-format: there is no unit '" + format.unit + "'");
    return unit;
}

Result<icu::Locale> locale_of(const NumberFormat& format) {
    if (format.locale.empty()) return icu::Locale::getEnglish();
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::getEnglish();
    if (format.locale.size() <= longest_word)
        locale = icu::Locale::forLanguageTag(format.locale, status);
    else
        status = U_ILLEGAL_ARGUMENT_ERROR;
    if (U_FAILURE(status) != 0 || locale.isBogus() != 0 || *locale.getLanguage() == 0)
        return bad_request("number-format: '" + format.locale.substr(0, longest_word) +
                           "' is no language tag such as en-US");
    return locale;
}

}  // namespace

Result<std::string> format_number(double number, const NumberFormat& format) {
    auto locale = locale_of(format);
    if (!locale) return locale.error();
    auto unit = unit_of(format);
    if (!unit) return unit.error();
    auto precision = precision_of(format);
    if (!precision) return precision.error();
    UErrorCode status = U_ZERO_ERROR;
    const auto formatted = icu::number::NumberFormatter::withLocale(*locale)
                               .unit(*unit)
                               .unitWidth(UNUM_UNIT_WIDTH_SHORT)
                               .precision(*precision)
                               .roundingMode(UNUM_ROUND_HALFUP)
                               .formatDouble(number, status);
    std::string text;
    formatted.toString(status).toUTF8String(text);
    if (U_FAILURE(status) != 0) return bad_request("number-format: the number cannot be written");
    return text;
}

}  // namespace relief::expression
