#include "tiler/stylesheet/constant.hpp"

#include "tiler/expression/conversion.hpp"
#include "tiler/expression/css_color.hpp"
#include "tiler/expression/json_value.hpp"
#include "tiler/stylesheet/problem_list.hpp"
#include "tiler/stylesheet/suggestion.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::stylesheet {
namespace {

using expression::ParseError;
using expression::PropertySpec;
using Form = PropertySpec::Form;

ParseError wanted(const Json& found, const std::string& needed) {
    return {"", shown(found) + " is " + std::string(sort_of(found)) + "; " + needed + " is needed"};
}

std::optional<ParseError> number_problem(const Json& value, const PropertySpec& spec) {
    std::string needed = "a number";
    if (spec.minimum) needed += " of at least " + expression::to_text(*spec.minimum);
    if (spec.maximum)
        needed +=
            (spec.minimum ? " and" : " of") + (" at most " + expression::to_text(*spec.maximum));
    if (!value.is_number()) return wanted(value, needed);
    const double number = value.get<double>();
    if ((spec.minimum && number < *spec.minimum) || (spec.maximum && number > *spec.maximum))
        return ParseError{"", shown(value) + " is out of range; " + needed + " is needed"};
    return std::nullopt;
}

std::optional<ParseError> word_problem(const Json& value, const PropertySpec& spec) {
    const std::vector<std::string_view> words(spec.values.begin(), spec.values.end());
    if (value.is_string() &&
        std::find(words.begin(), words.end(), value.get_ref<const std::string&>()) != words.end())
        return std::nullopt;
    const std::string guess =
        value.is_string() ? did_you_mean(value.get_ref<const std::string&>(), words) : "";
    return ParseError{"", shown(value) + " is none of " + listed(words) + guess};
}

std::optional<ParseError> color_problem(const Json& value) {
    if (value.is_string() && expression::parse_css_color(value.get_ref<const std::string&>()))
        return std::nullopt;
    return ParseError{"",
                      shown(value) +
                          " is no colour; a CSS colour is needed, such as \"#3a7bd5\", "
                          "\"rgb(58, 123, 213)\", \"hsl(215, 65%, 53%)\" or \"steelblue\""};
}

std::optional<ParseError> item_problem(const Json& item, const PropertySpec& spec) {
    PropertySpec of_item = spec;
    of_item.form = spec.item;
    return constant_problem(item, of_item);
}

std::optional<ParseError> items_problem(const Json& list, const PropertySpec& spec) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (auto problem = item_problem(list[i], spec)) {
            problem->key = "[" + std::to_string(i) + "]";
            return problem;
        }
    }
    return std::nullopt;
}

std::optional<ParseError> list_problem(const Json& value, const PropertySpec& spec) {
    const std::string items = spec.item == Form::any ? "values"
                              : spec.item == Form::enumeration
                                  ? "words"
                                  : std::string(name_of(spec.item)) + "s";
    const std::string needed = spec.length
                                   ? "a list of " + std::to_string(*spec.length) + " " + items
                                   : "a list of " + items;
    if (!value.is_array()) return wanted(value, needed);
    if (spec.length && value.size() != *spec.length)
        return ParseError{
            "", "a list of " + std::to_string(value.size()) + "; " + needed + " is needed"};
    return items_problem(value, spec);
}

/// One stands for a list of one.
std::optional<ParseError> one_or_more_problem(const Json& value, const PropertySpec& spec) {
    if (!value.is_array()) return item_problem(value, spec);
    return items_problem(value, spec);
}

std::optional<ParseError> convertible_problem(const Json& value, const PropertySpec& spec) {
    expression::Scratch scratch;
    const auto read = expression::value_of(value, scratch);
    const auto type = expected_type(spec);
    if (read && type && converted(*read, type->kind(), scratch)) return std::nullopt;
    if (spec.form == Form::padding)
        return ParseError{"", shown(value) + " is no padding; one to four numbers are needed"};
    if (spec.form == Form::anchor_offsets)
        return ParseError{"",
                          shown(value) +
                              " is no list of anchors and offsets; needed is such as [\"top\", [0, "
                              "1], \"left\", [1, 0]]"};
    return ParseError{"", shown(value) + " is no " + std::string(name_of(spec.form))};
}

}  // namespace

std::optional<ParseError> constant_problem(const Json& value, const PropertySpec& spec) {
    PropertySpec of_items = spec;
    switch (spec.form) {
        case Form::any: return std::nullopt;
        case Form::number: return number_problem(value, spec);
        case Form::enumeration: return word_problem(value, spec);
        case Form::color: return color_problem(value);
        case Form::array: return list_problem(value, spec);
        case Form::boolean:
            if (value.is_boolean()) return std::nullopt;
            return wanted(value, "true or false");
        case Form::string:
        case Form::image:
        case Form::formatted:
            if (value.is_string()) return std::nullopt;
            return wanted(value, "a text");
        case Form::number_array:
        case Form::color_array:
            of_items.item = spec.form == Form::number_array ? Form::number : Form::color;
            return one_or_more_problem(value, of_items);
        case Form::padding:
        case Form::projection:
        case Form::anchor_offsets: return convertible_problem(value, spec);
    }
    return std::nullopt;
}

}  // namespace relief::stylesheet
