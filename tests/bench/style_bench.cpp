// Expressions of a style over features: items are evaluations.
#include "tiler/expression/expression.hpp"

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace {

using namespace relief::expression;

/// A feature whose properties stand in the order of the keys' numbers, as a tile's reader keeps
/// them.
class NumberedFeature final : public FeatureView {
public:
    explicit NumberedFeature(std::vector<std::optional<Value>> values)
        : values_(std::move(values)) {}

    std::optional<Value> property(const PropertyKey& key) const override {
        return key.number < values_.size() ? values_[key.number] : std::nullopt;
    }
    Value properties(Scratch&) const override { return Value::object({}); }
    std::string_view geometry_type() const override { return "LineString"; }

private:
    std::vector<std::optional<Value>> values_;
};

PropertyKeys numbered_keys() {
    PropertyKeys keys;
    for (const auto* const name : {"class", "lanes", "name"}) (void)keys.number_of(name);
    return keys;
}

void run(benchmark::State& state, const Compiled& compiled) {
    const auto* const expression = std::get_if<Expression>(&compiled);
    if (expression == nullptr) return state.SkipWithError("it does not compile");
    const NumberedFeature street({Value::text("secondary"), Value::number(4), Value::text("Elm")});
    const NumberedFeature path({Value::text("path"), std::nullopt, std::nullopt});
    Scratch scratch;
    Evaluation with;
    with.scratch = &scratch;
    with.zoom = 13.4;
    for (auto _ : state) {
        scratch.clear();
        for (const FeatureView* const feature : {&street, &path}) {
            with.feature = feature;
            benchmark::DoNotOptimize(expression->evaluate(with));
        }
    }
    state.SetItemsProcessed(state.iterations() * 2);
}

void evaluate_property(benchmark::State& state, const char* text, PropertySpec::Form form) {
    PropertyKeys keys = numbered_keys();
    PropertySpec spec;
    spec.form = form;
    run(state, compile(Json::parse(text), spec, keys));
}

void evaluate_filter(benchmark::State& state, const char* text) {
    PropertyKeys keys = numbered_keys();
    run(state, compile_filter(Json::parse(text), keys));
}

BENCHMARK_CAPTURE(evaluate_property,
                  width_by_zoom,
                  R"(["interpolate", ["exponential", 1.4], ["zoom"], 5, 0.5, 12, 2, 20, 24])",
                  PropertySpec::Form::number);
BENCHMARK_CAPTURE(evaluate_property,
                  width_by_zoom_and_lanes,
                  R"(["interpolate", ["linear"], ["zoom"], 5, 1, 20, ["*", 2, ["coalesce",
                      ["get", "lanes"], 1]]])",
                  PropertySpec::Form::number);
BENCHMARK_CAPTURE(evaluate_property,
                  color_by_class,
                  R"(["match", ["get", "class"], "motorway", "#e66", ["primary", "secondary"],
                      "#fc8", ["path", "track"], "#999", "#fff"])",
                  PropertySpec::Form::color);
BENCHMARK_CAPTURE(evaluate_property,
                  label,
                  R"(["concat", ["upcase", ["coalesce", ["get", "name"], ""]], " road"])",
                  PropertySpec::Form::string);
BENCHMARK_CAPTURE(evaluate_filter,
                  filter_of_the_old_kind,
                  R"(["all", ["==", "$type", "LineString"], ["in", "class", "primary", "secondary",
                      "tertiary"], [">", "lanes", 2]])");
BENCHMARK_CAPTURE(evaluate_filter,
                  filter_as_expression,
                  R"(["all", ["==", ["geometry-type"], "LineString"], ["match", ["get", "class"],
                      ["primary", "secondary", "tertiary"], true, false], [">", ["number",
                      ["get", "lanes"], 0], 2]])");

}  // namespace
