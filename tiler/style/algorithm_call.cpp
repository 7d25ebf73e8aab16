#include "tiler/style/algorithm.hpp"

#include <limits>

namespace relief::style {
namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

std::size_t place_of(const AlgorithmFacts& facts, std::string_view parameter) noexcept {
    for (std::size_t i = 0; i < facts.parameters.size(); ++i)
        if (facts.parameters[i].name == parameter) return i;
    return nowhere;
}

}  // namespace

double AlgorithmCall::value(std::string_view parameter) const noexcept {
    const auto place = place_of(facts(), parameter);
    return place < values.size() ? values[place] : std::numeric_limits<double>::quiet_NaN();
}

std::string_view AlgorithmCall::choice(std::string_view parameter) const noexcept {
    const auto place = place_of(facts(), parameter);
    if (place >= values.size()) return {};
    const auto& choices = facts().parameters[place].choices;
    const auto chosen = static_cast<std::size_t>(values[place]);
    return chosen < choices.size() ? choices[chosen] : std::string_view();
}

}  // namespace relief::style
