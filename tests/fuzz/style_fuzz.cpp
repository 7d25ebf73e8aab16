// Any bytes as a style document, as an expression and as a filter: read and, when accepted,
// evaluated.
#include "tiler/expression/expression_case.hpp"
#include "tiler/expression/json_document.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/expression/json_value.hpp"
#include "tiler/stylesheet/style_document.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace relief;

expression::Json feature() {
    return {
        {"id", 7},
        {"properties",
         {{"a", "text \xF0\x9F\x8C\x8D"},
          {"b", 2.5},
          {"c", nullptr},
          {"d", true},
          {"e", {1, "x", nullptr}}}},
        {"geometry", {{"type", "Polygon"}, {"coordinates", {{{1, 1}, {9, 1}, {9, 9}, {1, 1}}}}}}};
}

/// A value must be of what was promised: asked for its text, it may not lead astray.
void look(const expression::Value& value) {
    (void)expression::to_text(value);
    (void)expression::json_of(value).dump(
        -1, ' ', false, expression::Json::error_handler_t::replace);
    if (value.failed() && value.as_failure().message.empty()) std::abort();
}

void evaluate(const expression::Expression& made) {
    const auto tile = TileId::make({.zoom = 3, .column = 4, .row = 3});
    const expression::JsonFeature view(feature(), *tile);
    for (const bool explain : {false, true}) {
        for (const double zoom : {0.0, 7.5, 24.0}) {
            expression::Scratch scratch(std::size_t{1} << 20U);
            expression::Evaluation with;
            with.scratch = &scratch;
            with.feature = &view;
            with.tile = *tile;
            with.zoom = zoom;
            with.explain = explain;
            look(made.evaluate(with));
        }
    }
}

void try_compiled(const expression::Compiled& compiled) {
    if (const auto* const made = std::get_if<expression::Expression>(&compiled))
        evaluate(*made);
    else if (std::get<std::vector<expression::ParseError>>(compiled).empty())
        std::abort();
}

void try_expression(const expression::Json& json) {
    expression::PropertyKeys keys;
    for (const auto form : {expression::PropertySpec::Form::any,
                            expression::PropertySpec::Form::color,
                            expression::PropertySpec::Form::string,
                            expression::PropertySpec::Form::padding,
                            expression::PropertySpec::Form::anchor_offsets,
                            expression::PropertySpec::Form::formatted}) {
        expression::PropertySpec spec;
        spec.form = form;
        try_compiled(expression::compile(json, spec, keys));
    }
    try_compiled(expression::compile_filter(json, keys));
    (void)expression::run_case({{"expression", json}, {"inputs", {{{{"zoom", 3}}, feature()}}}});
}

void try_style(std::string_view text) {
    const auto style = stylesheet::read_style(text);
    if (!style.document && !style.has_errors()) std::abort();
    for (const auto& problem : style.problems)
        if (problem.line == 0 || problem.message.empty()) std::abort();
    if (!style.document) return;
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.zoom = 10;
    with.global_state = style.document->state;
    for (const auto& layer : style.document->layers) {
        (void)layer.is_visible(with);
        (void)layer.takes(with);
        for (const auto& [name, property] : layer.properties) look(property.evaluate(with));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try_style(text);
    const auto json = expression::parse_json(text);
    if (json) try_expression(*json);
    return 0;
}
