// The functions of fixed signature, all but those of texts and colours.

#include "tiler/expression/functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace relief::expression {
namespace {

const Type number_type = Kind::number;
const Type string_type = Kind::string;
const Type boolean_type = Kind::boolean;
const Type value_type = Kind::value;

using Unary = double (*)(double);

template <Unary function>
Value apply(const Call& call) {
    const Value x = call.argument(0);
    return x.failed() ? x : Value::number(function(x.as_number()));
}

struct Pair {
    double left;
    double right;
};

template <double (*function)(const Pair&)>
Value apply_two(const Call& call) {
    const Value left = call.argument(0);
    if (left.failed()) return left;
    const Value right = call.argument(1);
    if (right.failed()) return right;
    return Value::number(function({left.as_number(), right.as_number()}));
}

/// The function over all arguments, from the value that none gives.
template <double (*function)(const Pair&)>
Value gather(const Call& call, double none) {
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value value = call.argument(i);
        if (value.failed()) return value;
        none = function({none, value.as_number()});
    }
    return Value::number(none);
}

double sum(const Pair& pair) {
    return pair.left + pair.right;
}
double product(const Pair& pair) {
    return pair.left * pair.right;
}
double lesser(const Pair& pair) {
    return std::isnan(pair.left) || pair.left < pair.right ? pair.left : pair.right;
}
double larger(const Pair& pair) {
    return std::isnan(pair.left) || pair.left > pair.right ? pair.left : pair.right;
}

// std's own functions have several overloads, or may not be pointed to.
double square_root(double x) {
    return std::sqrt(x);
}
double log_base_10(double x) {
    return std::log10(x);
}
double log_natural(double x) {
    return std::log(x);
}
double log_base_2(double x) {
    return std::log2(x);
}
double sine(double x) {
    return std::sin(x);
}
double cosine(double x) {
    return std::cos(x);
}
double tangent(double x) {
    return std::tan(x);
}
double arc_sine(double x) {
    return std::asin(x);
}
double arc_cosine(double x) {
    return std::acos(x);
}
double arc_tangent(double x) {
    return std::atan(x);
}
double magnitude(double x) {
    return std::abs(x);
}
double rounded_off(double x) {
    return std::round(x);
}  // halves away from zero
double rounded_down(double x) {
    return std::floor(x);
}
double rounded_up(double x) {
    return std::ceil(x);
}
double quotient(const Pair& pair) {
    return pair.left / pair.right;
}
double remainder_of(const Pair& pair) {
    return std::fmod(pair.left, pair.right);
}
double power(const Pair& pair) {
    return std::pow(pair.left, pair.right);
}

Value difference(const Call& call) {
    const Value left = call.argument(0);
    if (left.failed()) return left;
    if (call.count() == 1) return Value::number(-left.as_number());
    const Value right = call.argument(1);
    return right.failed() ? right : Value::number(left.as_number() - right.as_number());
}

Value all_of(const Call& call) {
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value value = call.argument(i);
        if (value.failed()) return value;
        if (!value.as_boolean()) return Value::boolean(false);
    }
    return Value::boolean(true);
}

Value any_of(const Call& call) {
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value value = call.argument(i);
        if (value.failed() || value.as_boolean()) return value;
    }
    return Value::boolean(false);
}

Value negated(const Call& call) {
    const Value value = call.argument(0);
    return value.failed() ? value : Value::boolean(!value.as_boolean());
}

Value raised_error(const Call& call) {
    const Value message = call.argument(0);
    if (message.failed()) return message;
    return call.fail([&] { return std::string(message.as_text()); });
}

Value type_name(const Call& call) {
    const Value value = call.argument(0);
    return value.failed() ? value : call.keep(type_of(value).name());
}

Value member_of_state(const Call& call) {
    const Value name = call.argument(0);
    if (name.failed()) return name;
    const Value* const found = find_member(call.with().feature_state, name.as_text());
    return found == nullptr ? Value() : *found;
}

Value all_properties(const Call& call) {
    const FeatureView* const feature = call.with().feature;
    return feature == nullptr ? Value::object({}) : feature->properties(call.scratch());
}

Value geometry_type(const Call& call) {
    const FeatureView* const feature = call.with().feature;
    if (feature == nullptr || feature->geometry_type().empty()) return {};
    return Value::text(feature->geometry_type());
}

Value feature_id(const Call& call) {
    return call.with().feature == nullptr ? Value() : call.with().feature->id();
}

Value script_is_supported(const Call& call) {
    const Value text = call.argument(0);
    if (text.failed()) return text;
    const auto supports = call.with().supports_script;
    return Value::boolean(supports == nullptr || supports(text.as_text()));
}

Function unary(Value (*evaluate)(const Call& call)) {
    return {number_type, {{{number_type}}}, evaluate};
}

Function binary(Value (*evaluate)(const Call& call)) {
    return {number_type, {{{number_type, number_type}}}, evaluate};
}

Function many(const Type& type, Value (*evaluate)(const Call& call)) {
    return {type, {{{type}, true}}, evaluate};
}

Function constant(Value (*evaluate)(const Call& call)) {
    return {number_type, {{}}, evaluate};
}

Function input(Value (*evaluate)(const Call& call), std::uint32_t reads) {
    return {number_type, {{}}, evaluate, reads};
}

}  // namespace

std::vector<NamedFunction> number_functions() {
    return {
        {"+", many(number_type, [](const Call& call) { return gather<sum>(call, 0); })},
        {"*", many(number_type, [](const Call& call) { return gather<product>(call, 1); })},
        {"-", {number_type, {{{number_type, number_type}}, {{number_type}}}, difference}},
        {"/", binary(apply_two<quotient>)},
        {"%", binary(apply_two<remainder_of>)},
        {"^", binary(apply_two<power>)},
        {"min",
         many(number_type,
              [](const Call& call) {
                  return gather<lesser>(call, std::numeric_limits<double>::infinity());
              })},
        {"max",
         many(number_type,
              [](const Call& call) {
                  return gather<larger>(call, -std::numeric_limits<double>::infinity());
              })},
        {"sqrt", unary(apply<square_root>)},
        {"log10", unary(apply<log_base_10>)},
        {"ln", unary(apply<log_natural>)},
        {"log2", unary(apply<log_base_2>)},
        {"sin", unary(apply<sine>)},
        {"cos", unary(apply<cosine>)},
        {"tan", unary(apply<tangent>)},
        {"asin", unary(apply<arc_sine>)},
        {"acos", unary(apply<arc_cosine>)},
        {"atan", unary(apply<arc_tangent>)},
        {"abs", unary(apply<magnitude>)},
        {"round", unary(apply<rounded_off>)},
        {"floor", unary(apply<rounded_down>)},
        {"ceil", unary(apply<rounded_up>)},
        {"ln2", constant([](const Call&) { return Value::number(std::numbers::ln2); })},
        {"pi", constant([](const Call&) { return Value::number(std::numbers::pi); })},
        {"e", constant([](const Call&) { return Value::number(std::numbers::e); })},
    };
}

std::vector<NamedFunction> truth_functions() {
    return {
        {"all", {boolean_type, {{{boolean_type, boolean_type}}, {{boolean_type}, true}}, all_of}},
        {"any", {boolean_type, {{{boolean_type, boolean_type}}, {{boolean_type}, true}}, any_of}},
        {"!", {boolean_type, {{{boolean_type}}}, negated}},
        {"error", {Kind::error, {{{string_type}}}, raised_error, reads_surroundings}},
        {"typeof", {string_type, {{{value_type}}}, type_name}},
    };
}

std::vector<NamedFunction> input_functions() {
    const auto ramp = [](Value (*evaluate)(const Call& call)) {
        return input(evaluate, reads_ramp_input);
    };
    return {
        {"zoom",
         {number_type,
          {{}},
          [](const Call& call) { return Value::number(call.with().zoom); },
          reads_zoom,
          Node::Role::zoom}},
        {"heatmap-density",
         ramp([](const Call& call) { return Value::number(call.with().heatmap_density); })},
        {"line-progress",
         ramp([](const Call& call) { return Value::number(call.with().line_progress); })},
        {"elevation", ramp([](const Call& call) { return Value::number(call.with().elevation); })},
        {"sky-radial-progress",
         ramp([](const Call& call) { return Value::number(call.with().sky_radial_progress); })},
        {"accumulated",
         {value_type,
          {{}},
          [](const Call& call) { return call.with().accumulated; },
          reads_ramp_input}},
        {"feature-state",
         {value_type, {{{string_type}}}, member_of_state, reads_feature_state | reads_feature}},
        {"properties", {Kind::object, {{}}, all_properties, reads_feature}},
        {"geometry-type", {string_type, {{}}, geometry_type, reads_feature}},
        {"id", {value_type, {{}}, feature_id, reads_feature}},
        {"is-supported-script",
         {boolean_type, {{{string_type}}}, script_is_supported, reads_surroundings}},
    };
}

}  // namespace relief::expression
