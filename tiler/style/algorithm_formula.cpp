#include "tiler/style/algorithm_formula.hpp"

#include "tiler/style/words.hpp"

#include <charconv>

namespace relief::style {
namespace {

/// The band's values in its unit.
std::string term_of(const RasterDescription& raster, int number) {
    const auto& band = raster.bands[static_cast<std::size_t>(number - 1)];
    std::string text = "b" + std::to_string(number);
    if (band.scale != 1) text += "*" + shortest(band.scale);
    if (band.offset > 0) text += "+" + shortest(band.offset);
    if (band.offset < 0) text += shortest(band.offset);
    return "(" + text + ")";
}

std::string ratio_of(const RasterDescription& raster, const std::vector<int>& bands) {
    const auto first = term_of(raster, bands[0]);
    const auto second = term_of(raster, bands[1]);
    return "(" + first + "-" + second + ")/(" + first + "+" + second + ")";
}

/// dB where the file says so or where there are negative numbers, which no power is.
bool is_decibels(const BandDescription& band) {
    if (band.unit == "dB" || band.unit == "db" || band.unit == "decibel") return true;
    return band.statistics && band.statistics->minimum < 0;
}

std::string log_ratio_of(const FormulaOrder& order, int count) {
    const auto& band = order.raster.bands[static_cast<std::size_t>(order.bands[0] - 1)];
    const auto later = term_of(order.raster, order.bands[0]);
    const auto earlier = raised_bands(later, count);
    const auto scale = order.call.choice("scale");
    if (scale == "db" || (scale == "auto" && is_decibels(band))) return later + "-" + earlier;
    const std::string factor = scale == "amplitude" ? "20" : "10";
    return factor + "*log10(" + later + "/" + earlier + ")";
}

std::string text_of(const FormulaOrder& order) {
    const int count = static_cast<int>(order.raster.bands.size());
    const auto value = [&] {
        return order.inner ? "(" + order.inner->text() + ")"
                           : term_of(order.raster, order.bands[0]);
    };
    switch (order.call.id) {
        case AlgorithmId::dnbr: {
            const auto later = ratio_of(order.raster, order.bands);
            return raised_bands(later, count) + "-" + later;
        }
        case AlgorithmId::logratio: return log_ratio_of(order, count);
        case AlgorithmId::difference: return value() + "-" + raised_bands(value(), count);
        case AlgorithmId::threshold: {
            const bool above = order.call.choice("side") == "above";
            return value() + (above ? ">=" : "<") + "(" + shortest(order.call.value("value")) + ")";
        }
        default: return ratio_of(order.raster, order.bands);
    }
}

}  // namespace

std::string raised_bands(std::string_view formula, int count) {
    std::string result;
    for (std::size_t i = 0; i < formula.size();) {
        const bool begins = i == 0 || !is_name(formula[i - 1]);
        int number = 0;
        const char* const end = formula.data() + formula.size();
        const char* const digits = formula.data() + i + 1;
        const bool letter = formula[i] == 'b' || formula[i] == 'B';
        const auto [stop, problem] =
            begins && letter ? std::from_chars(digits, end, number)
                             : std::from_chars_result{digits, std::errc::invalid_argument};
        result += formula[i];
        ++i;
        if (problem != std::errc{} || number < 1) continue;
        result += std::to_string(number + count);
        i = static_cast<std::size_t>(stop - formula.data());
    }
    return result;
}

Result<BandExpression> algorithm_expression(const FormulaOrder& order) {
    const int count = static_cast<int>(order.raster.bands.size());
    const bool two = order.call.facts().two_dates;
    return BandExpression::parse(text_of(order), two ? 2 * count : count);
}

}  // namespace relief::style
