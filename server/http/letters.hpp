#pragma once
// The letters of HTTP's grammar (RFC 9110 5.6), independent of any locale.

#include <algorithm>
#include <string_view>

namespace relief::http {

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// Controls of ASCII, the tab and DEL included.
constexpr bool is_control(char c) noexcept {
    return (c >= 0 && c < 0x20) || c == 0x7F;
}
constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    const char low = to_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}
/// RFC 9110 5.6.2: what methods and field names are made of.
constexpr bool is_token(std::string_view text) noexcept {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_digit(c) || is_letter(c) || marks.find(c) != std::string_view::npos;
    });
}
constexpr bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return to_lower(x) == to_lower(y);
    });
}
/// Without the blanks (RFC 9110 5.6.3: space and tab) at both ends.
constexpr std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}
/// Cuts the text before `mark` off the front of `rest`, the mark too; all of it when there is none.
constexpr std::string_view take_until(std::string_view& rest, char mark) noexcept {
    const auto at = rest.find(mark);
    const auto piece = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return piece;
}

}  // namespace relief::http
