#pragma once
// Texts from outside: how they are read as numbers and how a refusal quotes them.

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace relief::style {

/// The text in quotation marks for a message: control characters and broken UTF-8 become "?",
/// and a long text is cut, so that nothing that was sent can forge or flood an answer.
std::string in_quotes(std::string_view text);

/// The JSON on one line, for a message; broken UTF-8 is replaced, where a plain dump would throw.
std::string json_text(const nlohmann::json& value);

/// A finite decimal number that is the whole text: "-1.5e3"; not "+1", "0x1", "inf", "1e400".
std::optional<double> parse_number(std::string_view text) noexcept;

/// The number at the front of the text, which is moved behind it.
std::optional<double> take_number(std::string_view& text) noexcept;

/// Without blanks at either end.
std::string_view trimmed(std::string_view text) noexcept;

/// ASCII digits and letters, and "_": the same in every locale.
constexpr bool is_digit(char letter) noexcept {
    return letter >= '0' && letter <= '9';
}
constexpr bool is_name(char letter) noexcept {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           is_digit(letter);
}

/// The shortest decimal text that reads back as the same number.
std::string shortest(double number);

/// How far the numbers that stand beside one another lie apart; 0: not known.
struct Spread {
    double span = 0;
};

/// The number for people who see it beside others: four digits of their spread are kept (0.483 of
/// 1.2, 812.5 of 900); whole numbers stay as they are. Without a spread six significant digits.
std::string rounded(double number, Spread among);

}  // namespace relief::style
