// Values as text, the way ECMAScript writes them.

#include "tiler/expression/value.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace relief::expression {
namespace {

/// The shortest digits that give the number back, and where the point goes: 0.d1d2d3 * 10^point.
struct Digits {
    std::string digits;
    int point = 0;
};

Digits digits_of(double positive) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), positive, std::chars_format::scientific);
    const std::string_view written(buffer.data(),
                                   static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t mark = written.find('e');
    Digits result;
    for (const char c : written.substr(0, mark))
        if (c != '.') result.digits += c;
    const char* exponent = written.data() + mark + 1;
    if (*exponent == '+') ++exponent;
    std::from_chars(exponent, written.data() + written.size(), result.point);
    ++result.point;
    return result;
}

std::string with_exponent(const Digits& number) {
    std::string text = number.digits.substr(0, 1);
    if (number.digits.size() > 1) text += "." + number.digits.substr(1);
    const int exponent = number.point - 1;
    return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

/// ECMA-262, Number::toString: no exponent from 1e-6 up to, but without, 1e21.
std::string written(const Digits& number) {
    const auto count = static_cast<int>(number.digits.size());
    if (number.point > 21 || number.point < -5) return with_exponent(number);
    if (number.point <= 0)
        return "0." + std::string(static_cast<std::size_t>(-number.point), '0') + number.digits;
    if (count <= number.point)
        return number.digits + std::string(static_cast<std::size_t>(number.point - count), '0');
    const auto whole = static_cast<std::size_t>(number.point);
    return number.digits.substr(0, whole) + "." + number.digits.substr(whole);
}

std::string json_quoted(std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (code < 0x20) {
            result += "\\u00";
            result += hex[code >> 4U];
            result += hex[code & 15U];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string json_text(const Value& value);

template <typename List, typename Write>
std::string joined(const List& list, const Write& write) {
    std::string text;
    for (const auto& element : list) {
        if (!text.empty()) text += ",";
        text += write(element);
    }
    return text;
}

std::string json_text(const Value& value) {
    switch (value.kind()) {
        case Kind::null: return "null";
        case Kind::number:
            return std::isfinite(value.as_number()) ? to_text(value.as_number()) : "null";
        case Kind::boolean: return value.as_boolean() ? "true" : "false";
        case Kind::array: return "[" + joined(value.items(), json_text) + "]";
        case Kind::object:
            return "{" +
                   joined(value.members(),
                          [](const Member& member) {
                              return json_quoted(member.name) + ":" + json_text(member.value);
                          }) +
                   "}";
        default: return json_quoted(to_text(value));
    }
}

std::string text_of(const Rgba& color) {
    const auto byte = [](double part) { return to_text(std::floor(part * 255 + 0.5)); };
    return "rgba(" + byte(color.red) + "," + byte(color.green) + "," + byte(color.blue) + "," +
           to_text(color.alpha) + ")";
}

std::string text_of(const Projection& projection) {
    if (projection.from == projection.to && projection.transition == 1)
        return std::string(projection.from);
    return "[" + json_quoted(projection.from) + "," + json_quoted(projection.to) + "," +
           to_text(projection.transition) + "]";
}

std::string text_of(const AnchorOffset& offset) {
    return json_quoted(offset.anchor) + ",[" + to_text(offset.x) + "," + to_text(offset.y) + "]";
}

std::string text_of_sections(const Value& value) {
    std::string text;
    for (const Section& section : value.sections()) text += section.text;
    return text;
}

}  // namespace

std::string to_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0) return "0";
    return (number < 0 ? "-" : "") + written(digits_of(std::abs(number)));
}

std::string to_text(const Value& value) {
    switch (value.kind()) {
        case Kind::null: return "";
        case Kind::string:
        case Kind::image: return std::string(value.as_text());
        case Kind::number: return to_text(value.as_number());
        case Kind::color: return text_of(value.as_color());
        case Kind::projection: return text_of(value.as_projection());
        case Kind::formatted: return text_of_sections(value);
        case Kind::padding:
        case Kind::number_array:
            return "[" + joined(value.numbers(), [](double each) { return to_text(each); }) + "]";
        case Kind::color_array:
            return "[" +
                   joined(value.colors(),
                          [](const Rgba& each) { return json_quoted(text_of(each)); }) +
                   "]";
        case Kind::anchor_offsets:
            return "[" +
                   joined(value.offsets(), [](const AnchorOffset& each) { return text_of(each); }) +
                   "]";
        case Kind::collator:
        case Kind::error:
        case Kind::value: return "";
        default: return json_text(value);
    }
}

}  // namespace relief::expression
