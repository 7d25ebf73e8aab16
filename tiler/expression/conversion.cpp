#include "tiler/expression/conversion.hpp"

#include "tiler/expression/css_color.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace relief::expression {
namespace {

constexpr std::array<std::string_view, 9> anchors{"center",
                                                  "left",
                                                  "right",
                                                  "top",
                                                  "bottom",
                                                  "top-left",
                                                  "top-right",
                                                  "bottom-left",
                                                  "bottom-right"};

bool all_numbers(std::span<const Value> items) {
    return std::all_of(
        items.begin(), items.end(), [](const Value& item) { return item.is(Kind::number); });
}

std::optional<Value> color_of(const Value& value) {
    if (value.is(Kind::color)) return value;
    if (value.is(Kind::string)) {
        const auto color = parse_css_color(value.as_text());
        return color ? std::optional(Value::color(*color)) : std::nullopt;
    }
    const auto items = value.items();
    if (items.size() < 3 || items.size() > 4 || !all_numbers(items)) return std::nullopt;
    std::array<double, 4> parts{0, 0, 0, 1};
    for (std::size_t i = 0; i < items.size(); ++i) {
        parts[i] = items[i].as_number() / (i < 3 ? 255 : 1);
        if (!(parts[i] >= 0 && parts[i] <= 1)) return std::nullopt;
    }
    return Value::color({parts[0], parts[1], parts[2], parts[3]});
}

/// A number stands for a list of one.
std::optional<std::span<const double>> numbers_of(const Value& value, Scratch& scratch) {
    const std::span<const Value> items =
        value.is(Kind::number) ? std::span(&value, 1) : value.items();
    if ((!value.is(Kind::number) && !value.is(Kind::array)) || !all_numbers(items))
        return std::nullopt;
    const auto numbers = scratch.take<double>(items.size());
    if (numbers.size() != items.size()) return std::nullopt;
    std::transform(items.begin(), items.end(), numbers.begin(), [](const Value& item) {
        return item.as_number();
    });
    return numbers;
}

/// As CSS reads one to four lengths: top, right, bottom, left.
std::optional<Value> padding_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::padding)) return value;
    const auto given = numbers_of(value, scratch);
    if (!given || given->empty() || given->size() > 4) return std::nullopt;
    const auto sides = scratch.take<double>(4);
    if (sides.empty()) return std::nullopt;
    const std::size_t count = given->size();
    sides[0] = (*given)[0];
    sides[1] = count > 1 ? (*given)[1] : sides[0];
    sides[2] = count > 2 ? (*given)[2] : sides[0];
    sides[3] = count > 3 ? (*given)[3] : sides[1];
    return Value::padding(std::span<const double, 4>(sides));
}

std::optional<Value> color_array_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::color_array)) return value;
    const std::span<const Value> items =
        value.is(Kind::string) ? std::span(&value, 1) : value.items();
    if (!value.is(Kind::string) && !value.is(Kind::array)) return std::nullopt;
    const auto colors = scratch.take<Rgba>(items.size());
    if (colors.size() != items.size()) return std::nullopt;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto color = items[i].is(Kind::string) ? color_of(items[i]) : std::nullopt;
        if (!color) return std::nullopt;
        colors[i] = color->as_color();
    }
    return Value::color_array(colors);
}

std::optional<AnchorOffset> anchor_offset_of(const Value& anchor, std::span<const Value> offset) {
    if (!anchor.is(Kind::string) || offset.size() != 2 || !all_numbers(offset)) return std::nullopt;
    if (std::find(anchors.begin(), anchors.end(), anchor.as_text()) == anchors.end())
        return std::nullopt;
    return AnchorOffset{anchor.as_text(), offset[0].as_number(), offset[1].as_number()};
}

std::optional<Value> anchor_offsets_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::anchor_offsets)) return value;
    const auto items = value.items();
    if (items.empty() || items.size() % 2 != 0) return std::nullopt;
    const auto offsets = scratch.take<AnchorOffset>(items.size() / 2);
    if (offsets.empty()) return std::nullopt;
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        const auto offset = anchor_offset_of(items[2 * i], items[2 * i + 1].items());
        if (!offset) return std::nullopt;
        offsets[i] = *offset;
    }
    return Value::anchor_offsets(offsets);
}

std::optional<Value> projection_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::projection)) return value;
    const auto room = scratch.take<Projection>(1);
    if (room.empty()) return std::nullopt;
    const auto items = value.items();
    if (value.is(Kind::string))
        room[0] = {value.as_text(), value.as_text(), 1, false};
    else if (items.size() == 3 && items[0].is(Kind::string) && items[1].is(Kind::string) &&
             items[2].is(Kind::number))
        room[0] = {items[0].as_text(), items[1].as_text(), items[2].as_number(), true};
    else
        return std::nullopt;
    return Value::projection(room[0]);
}

std::optional<Value> formatted_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::formatted)) return value;
    const std::string_view text =
        value.is(Kind::string) ? value.as_text() : scratch.keep(to_text(value));
    const auto sections = scratch.take<Section>(1);
    if (sections.empty() || text.data() == nullptr) return std::nullopt;
    sections[0] = Section{text, {}, {}, {}, {}, {}};
    return Value::formatted(sections);
}

/// No name, no picture.
std::optional<Value> image_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::image)) return value;
    const std::string_view name =
        value.is(Kind::string) ? value.as_text() : scratch.keep(to_text(value));
    if (name.data() == nullptr) return std::nullopt;
    return name.empty() ? Value() : Value::image(name, false);
}

std::optional<Value> number_of(const Value& value) {
    double number = std::numeric_limits<double>::quiet_NaN();
    if (value.is_null()) number = 0;
    if (value.is(Kind::boolean)) number = value.as_boolean() ? 1 : 0;
    if (value.is(Kind::number)) number = value.as_number();
    if (value.is(Kind::string)) number = number_in(value.as_text());
    return std::isnan(number) ? std::nullopt : std::optional(Value::number(number));
}

std::optional<Value> text_of(const Value& value, Scratch& scratch) {
    if (value.is(Kind::string)) return value;
    const std::string_view kept = scratch.keep(to_text(value));
    return kept.data() == nullptr ? std::nullopt : std::optional(Value::text(kept));
}

bool is_white(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// "0x1F", "0b101", "0o17".
std::optional<double> integer_with_base(std::string_view text) {
    if (text.size() < 3 || text[0] != '0') return std::nullopt;
    const char mark = static_cast<char>(text[1] | 0x20);
    const int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (base == 0) return std::nullopt;
    std::uint64_t integer = 0;
    const auto read = std::from_chars(text.data() + 2, text.data() + text.size(), integer, base);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(integer);
}

double decimal_in(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ptr == text.data() + text.size() && read.ec == std::errc{};
    return whole && std::isfinite(number) ? number : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double number_in(std::string_view text) {
    while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
    if (text.empty()) return 0;
    if (const auto integer = integer_with_base(text)) return *integer;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') text.remove_prefix(1);
    if (text.empty() || text.front() == '-') return std::numeric_limits<double>::quiet_NaN();
    const double number =
        text == "Infinity" ? std::numeric_limits<double>::infinity() : decimal_in(text);
    return negative ? -number : number;
}

bool is_truthy(const Value& value) {
    switch (value.kind()) {
        case Kind::null: return false;
        case Kind::boolean: return value.as_boolean();
        case Kind::number: return value.as_number() != 0 && !std::isnan(value.as_number());
        case Kind::string: return !value.as_text().empty();
        default: return true;
    }
}

std::optional<Value> converted(const Value& value, Kind kind, Scratch& scratch) {
    switch (kind) {
        case Kind::boolean: return Value::boolean(is_truthy(value));
        case Kind::number: return number_of(value);
        case Kind::string: return text_of(value, scratch);
        case Kind::color: return color_of(value);
        case Kind::padding: return padding_of(value, scratch);
        case Kind::color_array: return color_array_of(value, scratch);
        case Kind::anchor_offsets: return anchor_offsets_of(value, scratch);
        case Kind::projection: return projection_of(value, scratch);
        case Kind::formatted: return formatted_of(value, scratch);
        case Kind::image: return image_of(value, scratch);
        case Kind::number_array: {
            if (value.is(Kind::number_array)) return value;
            const auto numbers = numbers_of(value, scratch);
            return numbers ? std::optional(Value::number_array(*numbers)) : std::nullopt;
        }
        default: return value;
    }
}

}  // namespace relief::expression
