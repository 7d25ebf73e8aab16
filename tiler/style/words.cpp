#include "tiler/style/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace relief::style {
namespace {

constexpr std::size_t longest_quote = 100;
constexpr std::size_t length_of_cut = 40;

/// A second byte that no character has behind its lead: it would be overlong, a surrogate, or
/// beyond U+10FFFF.
bool is_barred(std::uint8_t lead, std::string_view text) noexcept {
    const auto second = static_cast<std::uint8_t>(text[1]);
    switch (lead) {
        case 0xE0: return second < 0xA0;
        case 0xED: return second >= 0xA0;
        case 0xF0: return second < 0x90;
        case 0xF4: return second >= 0x90;
        default: return false;
    }
}

/// Bytes of the UTF-8 character at the front, 0 when it is broken (RFC 3629, section 4).
std::size_t character_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    return is_barred(lead, text) ? 0 : length;
}

bool is_control(std::string_view character) noexcept {
    const auto lead = static_cast<std::uint8_t>(character[0]);
    return lead < 0x20 || lead == 0x7F ||
           (lead == 0xC2 && static_cast<std::uint8_t>(character[1]) < 0xA0);
}

}  // namespace

std::string in_quotes(std::string_view text) {
    const bool cut = text.size() > longest_quote;
    const std::size_t limit = cut ? length_of_cut : text.size();
    std::string result = "\"";
    for (std::size_t i = 0; i < limit;) {
        const auto length = character_length(text.substr(i));
        if (length == 0 || is_control(text.substr(i)))
            result += '?';
        else
            result += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    result += cut ? "…\"" : "\"";
    return result;
}

std::optional<double> take_number(std::string_view& text) noexcept {
    // from_chars also takes "inf", "nan" and their kin.
    const auto first = text.find_first_not_of('-');
    if (first == std::string_view::npos ||
        (text[first] != '.' && (text[first] < '0' || text[first] > '9')))
        return std::nullopt;
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || !std::isfinite(number)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::string json_text(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<double> parse_number(std::string_view text) noexcept {
    const auto number = take_number(text);
    return text.empty() ? number : std::nullopt;
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string shortest(double number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

std::string rounded(double number, Spread among) {
    constexpr double exact = 1e15;  // whole numbers up to here have their own digits
    const bool plain = std::abs(number) < exact;
    if (plain && number == std::trunc(number)) return shortest(number + 0.0);  // no "-0"
    std::array<char, 40> buffer{};
    char* const end = buffer.data() + buffer.size();
    const double places =
        among.span > 0 ? std::max(0.0, 3 - std::floor(std::log10(among.span))) : NAN;
    constexpr double most = 15;
    if (!plain || !(places <= most)) {
        constexpr int digits = 6;
        const auto format = std::chars_format::general;
        return {buffer.data(), std::to_chars(buffer.data(), end, number, format, digits).ptr};
    }
    const auto decimals = static_cast<int>(places);
    const auto format = std::chars_format::fixed;
    std::string text(buffer.data(),
                     std::to_chars(buffer.data(), end, number, format, decimals).ptr);
    if (decimals > 0) text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

}  // namespace relief::style
