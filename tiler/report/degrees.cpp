#include "tiler/report/degrees.hpp"

#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace relief::report {
namespace {

constexpr std::size_t longest_coordinate = 64;  // bytes of one coordinate
constexpr char degree = '\x01';                 // stands for °, so that every mark is one byte

/// Marks that mean one of ASCII's. The digits of Arabic (U+0660) and Persian (U+06F0) follow each
/// other and are counted.
constexpr std::array<std::pair<std::string_view, char>, 12> marks{{
    {"\xE2\x88\x92", '-'},   // U+2212 minus
    {"\xE2\x80\x93", '-'},   // U+2013 en dash
    {"\xC2\xB0", degree},    // U+00B0
    {"\xC2\xBA", degree},    // U+00BA, which keyboards have
    {"\xE2\x80\xB2", '\''},  // U+2032 prime
    {"\xE2\x80\x99", '\''},  // U+2019
    {"\xE2\x80\xB3", '"'},   // U+2033 double prime
    {"\xE2\x80\x9D", '"'},   // U+201D
    {"\xC2\xB4", '\''},      // U+00B4
    {"\xD9\xAB", '.'},       // U+066B Arabic decimal separator
    {"\xC2\xA0", ' '},       // U+00A0
    {"\xE2\x80\xAF", ' '},   // U+202F
}};

std::optional<char> digit_of(std::string_view sequence) {
    if (sequence.size() != 2) return std::nullopt;
    const auto first = static_cast<unsigned char>(sequence[0]);
    const auto second = static_cast<unsigned char>(sequence[1]);
    const unsigned zero = first == 0xD9 ? 0xA0 : 0xB0;
    if ((first != 0xD9 && first != 0xDB) || second < zero || second > zero + 9) return std::nullopt;
    return static_cast<char>('0' + (second - zero));
}

/// In ASCII; nothing when there is a letter that no coordinate has.
std::optional<std::string> plain(std::string_view text) {
    std::string out;
    if (text.size() > longest_coordinate) return std::nullopt;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return std::nullopt;
        const auto sequence = text.substr(0, length);
        text.remove_prefix(length);
        const auto* const mark = std::find_if(
            marks.begin(), marks.end(), [&](const auto& each) { return each.first == sequence; });
        const auto digit = digit_of(sequence);
        if (length == 1)
            out += sequence;
        else if (mark != marks.end())
            out += mark->second;
        else if (digit)
            out += *digit;
        else
            return std::nullopt;
    }
    return std::string(trimmed(out));
}

/// All of it a number. `text` is ASCII.
std::optional<double> number_of(std::string text) {
    const auto comma = text.find(',');
    if (comma != std::string::npos && text.find('.') == std::string::npos &&
        text.find(',', comma + 1) == std::string::npos)
        text[comma] = '.';
    if (text.starts_with('+')) text.erase(0, 1);
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// Takes N, S, E or W off one of the ends: -1 for south and west, 0 when it is of the other axis.
std::optional<int> take_hemisphere(std::string& text, Axis axis) {
    const std::string_view own = axis == Axis::latitude ? "NSns" : "EWew";
    const std::string_view other = axis == Axis::latitude ? "EWew" : "NSns";
    if (text.empty()) return 1;
    for (const bool at_end : {true, false}) {
        const char letter = at_end ? text.back() : text.front();
        if (other.find(letter) != std::string_view::npos) return std::nullopt;
        const auto found = own.find(letter);
        if (found == std::string_view::npos) continue;
        text.erase(at_end ? text.size() - 1 : 0, 1);
        text = std::string(trimmed(text));
        return found % 2 == 0 ? 1 : -1;
    }
    return 1;
}

/// Degrees, minutes, seconds, each with its mark: 18°32'24". Minutes and seconds are below 60.
std::optional<double> sexagesimal(std::string_view text) {
    constexpr std::array<std::pair<char, double>, 3> parts{
        {{degree, 1.0}, {'\'', 60.0}, {'"', 3600.0}}};
    double sum = 0;
    bool any = false;
    for (const auto& [mark, share] : parts) {
        const auto at = text.find(mark);
        if (at == std::string_view::npos) continue;
        const auto value = number_of(std::string(trimmed(text.substr(0, at))));
        if (!value || *value < 0 || (share > 1 && *value >= 60)) return std::nullopt;
        sum += *value / share;
        any = true;
        text = trimmed(text.substr(at + 1));
    }
    return any && text.empty() ? std::optional(sum) : std::nullopt;
}

std::optional<double> signed_degrees(std::string text, Axis axis) {
    const std::size_t whole = text.size();
    const auto sign = take_hemisphere(text, axis);
    if (!sign) return std::nullopt;
    auto value = number_of(text);
    if (!value) value = sexagesimal(text);
    // "-72.3W": west, or as far east?
    const bool lettered = text.size() != whole;
    if (!value || (lettered && *value < 0)) return std::nullopt;
    return *value * *sign;
}

std::string axis_name(Axis axis) {
    return axis == Axis::latitude ? "latitude" : "longitude";
}

Error out_of_range(Axis axis, std::string_view text, double value) {
    const bool latitude = axis == Axis::latitude;
    std::string what = axis_name(axis) + " \"" + shown(text) + "\" is not within " +
                       (latitude ? "-90 to 90" : "-180 to 180");
    if (latitude && std::abs(value) <= 180) what += "; are longitude and latitude swapped?";
    return bad_request(what);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    const auto ascii = plain(trimmed(text));
    return ascii ? number_of(*ascii) : std::nullopt;
}

Result<double> parse_degrees(std::string_view text, Axis axis) {
    if (trimmed(text).empty()) return bad_request("there is no " + axis_name(axis));
    const auto ascii = plain(trimmed(text));
    const auto value = ascii ? signed_degrees(*ascii, axis) : std::nullopt;
    if (!value)
        return bad_request(axis_name(axis) + " \"" + shown(text) +
                           "\" is no number of degrees, such as -72.335 or 72°20'6\"W");
    const double most = axis == Axis::latitude ? 90 : 180;
    if (std::abs(*value) > most) return out_of_range(axis, text, *value);
    return *value;
}

Result<Place> check_place(double longitude, double latitude) {
    if (!std::isfinite(longitude) || std::abs(longitude) > 180)
        return bad_request("longitude " + std::to_string(longitude) + " is not within -180 to 180");
    if (!std::isfinite(latitude) || std::abs(latitude) > 90)
        return bad_request("latitude " + std::to_string(latitude) +
                           " is not within -90 to 90; are longitude and latitude swapped?");
    if (longitude == 0 && latitude == 0)
        return bad_request("the place is 0, 0, which is what programs write where there is none");
    return Place{longitude, latitude};
}

Result<Place> parse_place(std::string_view longitude, std::string_view latitude) {
    if (trimmed(longitude).empty() && trimmed(latitude).empty())
        return bad_request("there is no place: longitude and latitude are empty");
    const auto y = parse_degrees(latitude, Axis::latitude);
    if (!y) return y.error();
    const auto x = parse_degrees(longitude, Axis::longitude);
    if (!x) return x.error();
    return check_place(*x, *y);
}

}  // namespace relief::report
