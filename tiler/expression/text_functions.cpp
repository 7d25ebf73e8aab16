// upcase, downcase, concat, split, join, resolved-locale; to-rgba, rgb, rgba.

#include "tiler/expression/characters.hpp"
#include "tiler/expression/collator.hpp"
#include "tiler/expression/functions.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <string>

namespace relief::expression {
namespace {

Value too_long(const Call& call) {
    return call.fail([&] {
        return "The text is longer than " + std::to_string(call.with().text_limit) + " bytes.";
    });
}

template <typename Change>
Value changed(const Call& call, const Change& change) {
    const Value text = call.argument(0);
    if (text.failed()) return text;
    const std::string_view given = text.as_text();
    if (given.size() > call.with().text_limit) return too_long(call);
    icu::UnicodeString characters =
        icu::UnicodeString::fromUTF8({given.data(), static_cast<std::int32_t>(given.size())});
    change(characters);
    std::string result;
    characters.toUTF8String(result);
    return result.size() > call.with().text_limit ? too_long(call) : call.keep(result);
}

// The rules of no language in particular, so that a tile is the same wherever it is made.
Value upper_case(const Call& call) {
    return changed(call, [](icu::UnicodeString& text) { text.toUpper(icu::Locale::getRoot()); });
}

Value lower_case(const Call& call) {
    return changed(call, [](icu::UnicodeString& text) { text.toLower(icu::Locale::getRoot()); });
}

Value concatenated(const Call& call) {
    std::string result;
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value part = call.argument(i);
        if (part.failed()) return part;
        if (part.is(Kind::string))
            result += part.as_text();
        else
            result += to_text(part);
        if (result.size() > call.with().text_limit) return too_long(call);
    }
    return call.keep(result);
}

/// Without separator, character by character.
std::size_t end_of_piece(std::string_view rest, std::string_view separator) {
    if (separator.empty()) return byte_after(rest, 1);
    return std::min(find_text(rest, separator), rest.size());
}

Value split(const Call& call) {
    const Value text = call.argument(0);
    if (text.failed()) return text;
    const Value separator = call.argument(1);
    if (separator.failed()) return separator;
    const std::string_view mark = separator.as_text();
    std::vector<Value> pieces;
    std::string_view rest = text.as_text();
    if (rest.empty() && mark.empty()) return Value::array({});
    while (true) {
        const std::size_t end = end_of_piece(rest, mark);
        pieces.push_back(Value::text(rest.substr(0, end)));
        if (end == rest.size()) break;
        rest.remove_prefix(end + mark.size());
    }
    const auto kept = call.scratch().take<Value>(pieces.size());
    if (kept.size() != pieces.size()) return call.out_of_room();
    std::copy(pieces.begin(), pieces.end(), kept.begin());
    return Value::array(kept);
}

Value join(const Call& call) {
    const Value list = call.argument(0);
    if (list.failed()) return list;
    const Value separator = call.argument(1);
    if (separator.failed()) return separator;
    std::string result;
    bool first = true;
    for (const Value& item : list.items()) {
        if (!first) result += separator.as_text();
        result += item.as_text();
        first = false;
        if (result.size() > call.with().text_limit) return too_long(call);
    }
    return call.keep(result);
}

Value resolved_locale(const Call& call) {
    const Value collator = call.argument(0);
    if (collator.as_collator() == nullptr) return collator;
    return call.keep(collator.as_collator()->locale());
}

Value parts_of_color(const Call& call) {
    const Value color = call.argument(0);
    if (color.failed()) return color;
    const auto parts = call.scratch().take<Value>(4);
    if (parts.empty()) return call.out_of_room();
    const auto [red, green, blue, alpha] = color.as_color();
    parts[0] = Value::number(red * 255);
    parts[1] = Value::number(green * 255);
    parts[2] = Value::number(blue * 255);
    parts[3] = Value::number(alpha);
    return Value::array(parts);
}

Value color_of_parts(const Call& call) {
    std::array<double, 4> parts{0, 0, 0, 1};
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value part = call.argument(i);
        if (part.failed()) return part;
        parts[i] = part.as_number();
    }
    const auto is_in = [](double part, double most) { return part >= 0 && part <= most; };
    const bool channels = std::all_of(
        parts.begin(), parts.begin() + 3, [&](double part) { return is_in(part, 255); });
    if (channels && is_in(parts[3], 1))
        return Value::color({parts[0] / 255, parts[1] / 255, parts[2] / 255, parts[3]});
    return call.fail([&] {
        const std::string shown = to_text(parts[0]) + ", " + to_text(parts[1]) + ", " +
                                  to_text(parts[2]) + ", " + to_text(parts[3]);
        return "Invalid rgba value [" + shown + "]: " +
               (channels ? "'a' must be between 0 and 1."
                         : "'r', 'g', and 'b' must be between 0 and 255.");
    });
}

}  // namespace

std::vector<NamedFunction> text_functions() {
    const Type text = Kind::string;
    return {
        {"upcase", {text, {{{text}}}, upper_case}},
        {"downcase", {text, {{{text}}}, lower_case}},
        {"concat", {text, {{{Kind::value}, true}}, concatenated}},
        {"split", {Type::array(text), {{{text, text}}}, split}},
        {"join", {text, {{{Type::array(text), text}}}, join}},
        {"resolved-locale", {text, {{{Kind::collator}}}, resolved_locale}},
    };
}

std::vector<NamedFunction> color_functions() {
    const Type number = Kind::number;
    return {
        {"to-rgba", {Type::array(number, 4), {{{Kind::color}}}, parts_of_color}},
        {"rgb", {Kind::color, {{{number, number, number}}}, color_of_parts}},
        {"rgba", {Kind::color, {{{number, number, number, number}}}, color_of_parts}},
    };
}

}  // namespace relief::expression
