#include "server/http/target.hpp"

#include "server/http/letters.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace relief::http {
namespace {

constexpr std::size_t most_segments = 32;
constexpr std::size_t most_items = 64;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 80;
    std::string shown{'"'};
    shown += for_log(text.substr(0, longest));
    shown += text.size() > longest ? "…\"" : "\"";
    return shown;
}

struct ByteRange {
    unsigned char from;
    unsigned char to;
    bool holds(char c) const noexcept {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= from && byte <= to;
    }
};
/// A row of Unicode 15 table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF. Bytes
/// from the third on are of a tail.
struct Utf8Form {
    ByteRange first;
    ByteRange second;
    std::size_t length;
};
constexpr ByteRange utf8_tail{0x80, 0xBF};
constexpr std::array<Utf8Form, 8> utf8_forms{{{{0xC2, 0xDF}, utf8_tail, 2},
                                              {{0xE0, 0xE0}, {0xA0, 0xBF}, 3},
                                              {{0xE1, 0xEC}, utf8_tail, 3},
                                              {{0xED, 0xED}, {0x80, 0x9F}, 3},
                                              {{0xEE, 0xEF}, utf8_tail, 3},
                                              {{0xF0, 0xF0}, {0x90, 0xBF}, 4},
                                              {{0xF1, 0xF3}, utf8_tail, 4},
                                              {{0xF4, 0xF4}, {0x80, 0x8F}, 4}}};

bool has_form(std::string_view text, const Utf8Form& form) noexcept {
    if (text.size() < form.length) return false;
    if (!form.first.holds(text[0]) || !form.second.holds(text[1])) return false;
    const auto rest = text.substr(2, form.length - 2);
    return std::all_of(rest.begin(), rest.end(), [](char c) { return utf8_tail.holds(c); });
}

/// Length of the UTF-8 sequence at the front, 0 when it is none.
std::size_t utf8_length(std::string_view text) noexcept {
    if (static_cast<unsigned char>(text.front()) < 0x80) return 1;
    const auto found = std::find_if(utf8_forms.begin(),
                                    utf8_forms.end(),
                                    [&](const Utf8Form& form) { return has_form(text, form); });
    return found == utf8_forms.end() ? 0 : found->length;
}

/// Valid UTF-8 without control characters (those of ASCII and U+0080 to U+009F).
bool is_clean_text(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0 || (length == 1 && is_control(text[0]))) return false;
        const bool c1 =
            length == 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
        if (c1) return false;
        text.remove_prefix(length);
    }
    return true;
}

enum class Plus : std::uint8_t { is_itself, is_space };

/// The byte that "%41" at the front stands for.
std::optional<char> percent_byte(std::string_view text) noexcept {
    if (text.size() < 3) return std::nullopt;
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    if (high < 0 || low < 0) return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus == Plus::is_space) c = ' ';
        if (c == '%') {
            const auto byte = percent_byte(text.substr(i));
            if (!byte) return std::nullopt;
            c = *byte;
            i += 2;
        }
        decoded += c;
    }
    return decoded;
}

Result<std::string> decoded(std::string_view text, Plus plus) {
    auto plain = percent_decoded(text, plus);
    if (!plain) return bad_request("malformed percent sign in " + quoted(text));
    if (!is_clean_text(*plain)) {
        return bad_request("control characters or invalid UTF-8 in " + quoted(text));
    }
    return std::move(*plain);
}

/// "." or ".." as a whole segment or between slashes hidden in one ("%2F", "%5C").
bool climbs(std::string_view segment) noexcept {
    while (true) {
        const auto cut = segment.find_first_of("/\\");
        const auto piece = segment.substr(0, cut);
        if (piece == "." || piece == "..") return true;
        if (cut == std::string_view::npos) return false;
        segment.remove_prefix(cut + 1);
    }
}

Result<std::vector<std::string>> read_path(std::string_view path) {
    std::vector<std::string> segments;
    if (path == "/") return segments;
    path.remove_prefix(1);
    while (true) {
        const auto cut = path.find('/');
        auto segment = decoded(path.substr(0, cut), Plus::is_itself);
        if (!segment) return std::move(segment).error();
        if (climbs(*segment)) return bad_request("dot segments are not followed in a path");
        if (segments.size() == most_segments) return bad_request("more than 32 segments in a path");
        segments.push_back(std::move(*segment));
        if (cut == std::string_view::npos) return segments;
        path.remove_prefix(cut + 1);
    }
}

Result<Query> read_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        auto item = take_until(text, '&');
        if (item.empty()) continue;
        const auto raw_name = take_until(item, '=');
        auto name = decoded(raw_name, Plus::is_space);
        if (!name) return std::move(name).error();
        auto value = decoded(item, Plus::is_space);
        if (!value) {
            return bad_request("parameter " + quoted(raw_name) + ": " + value.error().what);
        }
        if (query.items.size() == most_items) return bad_request("more than 64 query parameters");
        query.items.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

/// An absolute-form target without its "http://host"; any other as it is.
std::string_view without_origin(std::string_view target) noexcept {
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos || target.find_first_of("/?") < scheme) return target;
    target.remove_prefix(scheme + 3);
    const auto end = target.find_first_of("/?");
    return end == std::string_view::npos ? std::string_view{"/"} : target.substr(end);
}

bool names_a_token(std::string_view name) {
    const auto plain = percent_decoded(name, Plus::is_space).value_or(std::string(name));
    // "code" opens a session, once and for a minute, to who has the cookie that goes with it.
    return same_ignoring_case(plain, "token") || same_ignoring_case(plain, "access_token") ||
           same_ignoring_case(plain, "code");
}

std::string visible(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        if (c > 0x20 && c < 0x7F) {
            shown += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            shown += {'%', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
        }
    }
    return shown;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
    auto rest = without_origin(target);
    const bool absolute = rest.size() < target.size();
    auto path = take_until(rest, '?');
    if (path.empty() && absolute) path = "/";  // "http://host?query"
    if (!path.starts_with('/')) return bad_request("the target is no path: " + quoted(target));
    auto segments = read_path(path);
    if (!segments) return std::move(segments).error();
    auto query = read_query(rest);
    if (!query) return std::move(query).error();
    return Target{std::move(*segments), std::move(*query)};
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        // RFC 3986 2.3: unreserved
        if (is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
        }
    }
    return encoded;
}

std::string for_log(std::string_view target) {
    const auto mark = target.find('?');
    std::string shown = visible(target.substr(0, mark));
    if (mark == std::string_view::npos) return shown;
    auto rest = target.substr(mark + 1);
    char joint = '?';
    while (!rest.empty()) {
        auto item = take_until(rest, '&');
        const auto name = item.substr(0, item.find('='));
        shown += joint;
        shown += names_a_token(name) ? visible(name) + "=…" : visible(item);
        joint = '&';
    }
    return shown;
}

}  // namespace relief::http
