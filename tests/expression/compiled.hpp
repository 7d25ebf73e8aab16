#pragma once
// Expressions made and evaluated in one line.

#include "tiler/expression/expression.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/expression/json_value.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace relief::expression {

inline Json json_in(std::string_view text) {
    return Json::parse(text.begin(), text.end());
}

/// The expression, for a property of the form; fails the test when it does not compile.
inline Expression compiled(std::string_view text,
                           PropertySpec::Form form = PropertySpec::Form::any) {
    PropertyKeys keys;
    PropertySpec spec;
    spec.form = form;
    auto result = compile(json_in(text), spec, keys);
    if (auto* const made = std::get_if<Expression>(&result)) return *made;
    ADD_FAILURE() << text << ": " << std::get<std::vector<ParseError>>(result)[0].message;
    return std::get<Expression>(compile(Json(nullptr), {}, keys));
}

/// What the expression gives for the feature with the properties, as JSON.
inline Json result_of(const Expression& expression,
                      std::string_view properties = "{}",
                      double zoom = 0) {
    Scratch scratch;
    const JsonFeature feature({{"properties", json_in(properties)}}, std::nullopt);
    Evaluation with;
    with.scratch = &scratch;
    with.feature = &feature;
    with.zoom = zoom;
    with.explain = true;
    return json_of(expression.evaluate(with));
}

inline Json result_of(std::string_view text, std::string_view properties = "{}") {
    return result_of(compiled(text), properties);
}

/// Why the expression does not compile: "key: message".
inline std::string refusal_of(std::string_view text, const PropertySpec& spec = {}) {
    PropertyKeys keys;
    const auto result = compile(json_in(text), spec, keys);
    if (const auto* const errors = std::get_if<std::vector<ParseError>>(&result))
        return errors->front().key + ": " + errors->front().message;
    return "it compiles";
}

/// Variables v0, v1, …, each the operator applied to the one before and itself; gives the last.
inline std::string doubled(const std::string& first, const std::string& op, int count) {
    std::string text = R"(["let", "v0", )" + first;
    for (int i = 1; i < count; ++i) {
        const std::string last = R"(["var", "v)" + std::to_string(i - 1) + "\"]";
        for (const std::string& part :
             {std::string(R"(, ["let", "v)"), std::to_string(i), std::string(R"(", [")"), op})
            text += part;
        for (const std::string& part : {std::string("\", "), last, std::string(", "), last})
            text += part;
        text += "]";
    }
    text += R"(, ["var", "v)" + std::to_string(count - 1) + "\"]";
    return text + std::string(static_cast<std::size_t>(count), ']');
}

}  // namespace relief::expression
