#include "tiler/stylesheet/property.hpp"

#include "tiler/expression/legacy_function.hpp"
#include "tiler/stylesheet/constant.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace relief::stylesheet {
namespace {

using expression::ParseError;
using expression::PropertySpec;
using expression::Value;
using nlohmann::json;

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// "array<number,2>"
void read_array_type(std::string_view type, PropertySpec& spec) {
    spec.form = PropertySpec::Form::array;
    std::string_view inner = type.substr(6, type.size() - 7);
    const std::size_t comma = inner.find(',');
    if (comma != std::string_view::npos) {
        std::size_t length = 0;
        std::from_chars(inner.data() + comma + 1, inner.data() + inner.size(), length);
        spec.length = length;
        inner = inner.substr(0, comma);
    }
    spec.item = expression::form_named(inner);
}

bool takes_lists(PropertySpec::Form form) {
    switch (form) {
        case PropertySpec::Form::array:
        case PropertySpec::Form::padding:
        case PropertySpec::Form::number_array:
        case PropertySpec::Form::color_array:
        case PropertySpec::Form::anchor_offsets: return true;
        default: return false;
    }
}

/// Whether the JSON is to be worked out. A list that begins with an unknown word is a mistyped
/// expression where the property takes no list.
bool is_worked_out(const json& stated, const PropertySpec& spec) {
    return expression::is_expression(stated) || (stated.is_array() && !takes_lists(spec.form));
}

/// The constant as an expression that gives it.
json as_expression(const json& constant, const PropertySpec& spec) {
    if (constant.is_string() && spec.tokens)
        return expression::converted_tokens(constant.get<std::string>());
    return constant.is_array() ? json::array({"literal", constant}) : constant;
}

/// A part of a ramp asks for the ramp's own input, and for nothing else.
const char* ramp_problem(const PropertyRow& row, const expression::Expression& made) {
    const bool ramp = row.variation.find_first_of("dle") != std::string_view::npos;
    const bool asks = (made.reads() & expression::reads_ramp_input) != 0;
    if (asks && !ramp)
        return "heatmap-density, line-progress and elevation are known to heatmap-color, "
               "line-gradient and color-relief-color only";
    return nullptr;
}

std::optional<expression::Expression> fallback_of(const PropertyRow& row) {
    const auto property = default_property(row);
    return property ? std::optional(property->stated()) : std::nullopt;
}

}  // namespace

PropertySpec spec_of(const PropertyRow& row) {
    PropertySpec spec;
    if (row.type.starts_with("array<"))
        read_array_type(row.type, spec);
    else
        spec.form = expression::form_named(row.type);
    if (!row.default_json.empty())
        spec.default_value = std::make_shared<const json>(
            json::parse(row.default_json.begin(), row.default_json.end()));
    spec.values = words_in(row.words);
    if (!std::isnan(row.least)) spec.minimum = row.least;
    if (!std::isnan(row.most)) spec.maximum = row.most;
    const auto varies = [&](char how) { return row.variation.find(how) != std::string_view::npos; };
    spec.of_zoom = varies('z');
    spec.of_feature = varies('f');
    spec.interpolated = varies('i');
    spec.tokens = varies('t');
    return spec;
}

Property::Property(const PropertyRow& row,
                   expression::Expression stated,
                   std::optional<expression::Expression> fallback)
    : row_(&row), stated_(std::move(stated)), fallback_(std::move(fallback)) {}

bool Property::allows(const Value& value) const {
    if (value.failed() || value.is_null()) return false;
    if (value.is(expression::Kind::number)) return !std::isnan(value.as_number());
    if (row_->type != "enum") return true;
    std::string_view words = row_->words;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == value.as_text()) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

Value Property::evaluate(const expression::Evaluation& with) const {
    const Value value = stated_.evaluate(with);
    if (allows(value)) return value;
    const Value fallback = fallback_ ? fallback_->evaluate(with) : Value();
    return fallback.failed() ? Value() : fallback;
}

MadeProperty make_property(const PropertyRow& row,
                           const json& stated,
                           expression::PropertyKeys& keys) {
    const PropertySpec spec = spec_of(row);
    const bool worked_out = is_worked_out(stated, spec);
    if (!worked_out) {
        if (const auto problem = constant_problem(stated, spec)) return std::vector{*problem};
    }
    const auto compiled =
        expression::compile(worked_out ? stated : as_expression(stated, spec), spec, keys);
    if (const auto* const errors = std::get_if<std::vector<ParseError>>(&compiled)) return *errors;
    const auto& made = std::get<expression::Expression>(compiled);
    if (const char* const problem = ramp_problem(row, made))
        return std::vector<ParseError>{{"", problem}};
    return Property(row, made, fallback_of(row));
}

std::optional<Property> default_property(const PropertyRow& row) {
    const PropertySpec spec = spec_of(row);
    if (!spec.has_default()) return std::nullopt;
    expression::PropertyKeys none;
    const json& value = *spec.default_value;
    const bool worked_out = is_worked_out(value, spec);
    const auto compiled =
        expression::compile(worked_out ? value : as_expression(value, spec), spec, none);
    const auto* const made = std::get_if<expression::Expression>(&compiled);
    return made == nullptr ? std::nullopt : std::optional(Property(row, *made, std::nullopt));
}

}  // namespace relief::stylesheet
