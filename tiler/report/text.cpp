#include "tiler/report/text.hpp"

#include <algorithm>

namespace relief::report {
namespace {

constexpr char lowered(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

constexpr bool continues(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// RFC 3629, 4: what the second byte may be after the first.
constexpr bool may_follow(unsigned char first, unsigned char second) noexcept {
    switch (first) {
        case 0xE0: return second >= 0xA0 && second <= 0xBF;
        case 0xED: return second >= 0x80 && second <= 0x9F;
        case 0xF0: return second >= 0x90 && second <= 0xBF;
        case 0xF4: return second >= 0x80 && second <= 0x8F;
        default: return second >= 0x80 && second <= 0xBF;
    }
}

constexpr std::size_t length_by(unsigned char first) noexcept {
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

/// C0 but line feed and tab, DEL, and C1 in UTF-8 (C2 80 to C2 9F).
bool is_control(std::string_view sequence) noexcept {
    const auto first = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 2)
        return first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
    return sequence.size() == 1 && (first < 0x20 || first == 0x7F) && first != '\n' &&
           first != '\t';
}

}  // namespace

std::size_t sequence_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const std::size_t length = length_by(static_cast<unsigned char>(text[0]));
    if (length < 2) return length;
    if (text.size() < length) return 0;
    if (!may_follow(static_cast<unsigned char>(text[0]), static_cast<unsigned char>(text[1])))
        return 0;
    const auto rest = text.substr(2, length - 2);
    return std::all_of(rest.begin(), rest.end(), continues) ? length : 0;
}

bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view no_break = "\xC2\xA0";
    for (;;) {
        if (!text.empty() && is_blank(text.front()))
            text.remove_prefix(1);
        else if (!text.empty() && is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.starts_with(no_break))
            text.remove_prefix(2);
        else if (text.ends_with(no_break))
            text.remove_suffix(2);
        else
            return text;
    }
}

std::string lower_case(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(), lowered);
    return low;
}

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lowered(x) == lowered(y);
    });
}

bool has_controls(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto sequence = text.substr(0, std::max<std::size_t>(sequence_length(text), 1));
        if (sequence != "\r" && is_control(sequence)) return true;
        text.remove_prefix(sequence.size());
    }
    return false;
}

CleanText clean_text(std::string_view text, std::size_t most) {
    CleanText clean;
    text = trimmed(text);
    clean.text.reserve(std::min(text.size(), most));
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const auto sequence = text.substr(0, std::max<std::size_t>(length, 1));
        text.remove_prefix(sequence.size());
        const bool line_end = sequence == "\r";
        if (line_end && text.starts_with('\n')) continue;
        if (length == 0 || (is_control(sequence) && !line_end)) continue;
        if (clean.text.size() + sequence.size() > most) {
            clean.cut = true;
            break;
        }
        clean.text += line_end ? std::string_view("\n") : sequence;
    }
    return clean;
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    auto clean = clean_text(text, most);
    std::replace(clean.text.begin(), clean.text.end(), '\n', ' ');
    std::replace(clean.text.begin(), clean.text.end(), '\t', ' ');
    return clean.cut ? clean.text + "…" : clean.text;
}

std::string contact_text(std::string_view typed) {
    constexpr std::size_t longest = 500;
    constexpr std::ptrdiff_t fewest_digits = 6;  // of a number; less may be anything
    std::string text = lower_case(clean_text(typed, longest).text);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool is_number = text.find_first_not_of("0123456789 +-./()") == std::string::npos &&
                           std::count_if(text.begin(), text.end(), is_digit) >= fewest_digits;
    if (!is_number) return text;
    text.erase(std::remove_if(text.begin(), text.end(), [&](char c) { return !is_digit(c); }),
               text.end());
    return text.starts_with("00") ? text.substr(2) : text;
}

}  // namespace relief::report
