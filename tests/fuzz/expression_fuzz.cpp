// Any bytes as a formula: parsed and, when accepted, evaluated over more than one block.
#include "tiler/style/band_expression.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace {

constexpr int band_count = 4;
constexpr std::size_t cells = 520;

template <typename Number>
void evaluate(const relief::style::BandExpression& expression) {
    std::vector<std::vector<Number>> bands;
    for (int b = 0; b < band_count; ++b) {
        bands.emplace_back(cells);
        for (std::size_t i = 0; i < cells; ++i)
            bands.back()[i] = static_cast<Number>(static_cast<int>(i) * (b - 2) % 97);
        bands.back()[1] = std::numeric_limits<Number>::quiet_NaN();
        bands.back()[2] = std::numeric_limits<Number>::max();
    }
    std::vector<std::span<const Number>> inputs;
    for (const int band : expression.bands())
        inputs.emplace_back(bands.at(static_cast<std::size_t>(band - 1)));
    std::vector<std::vector<Number>> values(expression.outputs(), std::vector<Number>(cells));
    const std::vector<std::span<Number>> results(values.begin(), values.end());
    expression.evaluate(inputs, results);
    for (const auto& output : values)
        for (const Number value : output)
            if (std::isinf(value)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto expression = relief::style::BandExpression::parse(text, band_count);
    if (!expression) {
        if (expression.error().what.size() > 1000) std::abort();
        return 0;
    }
    evaluate<float>(*expression);
    evaluate<double>(*expression);
    return 0;
}
