// A formula over the cells of a 256 px tile: items are cells.
#include "tiler/style/band_expression.hpp"

#include <benchmark/benchmark.h>

namespace {

constexpr int band_count = 4;
constexpr std::size_t cells = std::size_t{256} * 256;

template <typename Number>
std::vector<std::vector<Number>> bands_of(const relief::style::BandExpression& expression) {
    std::vector<std::vector<Number>> bands;
    for (const int number : expression.bands()) {
        bands.emplace_back(cells);
        for (std::size_t i = 0; i < cells; ++i)
            bands.back()[i] = static_cast<Number>(i % 4000 + static_cast<std::size_t>(number));
    }
    return bands;
}

template <typename Number>
void evaluate_as(benchmark::State& state, const char* text) {
    const auto expression = relief::style::BandExpression::parse(text, band_count);
    if (!expression) return state.SkipWithError(expression.error().what.c_str());
    const auto bands = bands_of<Number>(*expression);
    const std::vector<std::span<const Number>> inputs(bands.begin(), bands.end());
    std::vector<Number> values(cells);
    const std::vector<std::span<Number>> results{values};
    for (auto _ : state) {
        expression->evaluate(inputs, results);
        benchmark::DoNotOptimize(values.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cells));
}

void evaluate(benchmark::State& state, const char* text) {
    evaluate_as<float>(state, text);
}
void evaluate_double(benchmark::State& state, const char* text) {
    evaluate_as<double>(state, text);
}

void parse_expression(benchmark::State& state, const char* text) {
    for (auto _ : state) {
        auto expression = relief::style::BandExpression::parse(text, band_count);
        benchmark::DoNotOptimize(expression);
    }
}

BENCHMARK_CAPTURE(evaluate, index, "(b4-b3)/(b4+b3)");
BENCHMARK_CAPTURE(evaluate_double, index, "(b4-b3)/(b4+b3)");
BENCHMARK_CAPTURE(evaluate, enhanced, "2.5*(b4-b3)/(b4+6*b3-7.5*b1+10000)");
BENCHMARK_CAPTURE(evaluate, flood, "where((b1-b4)/(b1+b4)>0.3 & b3<2000, 1, 0)");
BENCHMARK_CAPTURE(evaluate, decibels, "10*log10(b1)");
BENCHMARK_CAPTURE(evaluate, power, "b1**0.45");
BENCHMARK_CAPTURE(parse_expression, index, "(b4-b3)/(b4+b3)");

}  // namespace
