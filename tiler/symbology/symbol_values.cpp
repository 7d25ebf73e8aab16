#include "tiler/symbology/symbol_values.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {

float SymbolValues::number(std::string_view name, const expression::Evaluation& with) const {
    const double number = number_in(value(name, with));
    return std::isfinite(number) ? static_cast<float>(std::clamp(number, -1e4, 1e4)) : 0;
}

canvas::Point SymbolValues::pair(std::string_view name, const expression::Evaluation& with) const {
    const auto numbers = numbers_in(value(name, with));
    if (numbers.size() != 2 || !std::isfinite(numbers[0] + numbers[1])) return {};
    return {static_cast<float>(std::clamp(numbers[0], -1e4, 1e4)),
            static_cast<float>(std::clamp(numbers[1], -1e4, 1e4))};
}

canvas::Ink SymbolValues::ink(std::string_view color,
                              std::string_view opacity,
                              const expression::Evaluation& with) const {
    return ink_of(value(color, with).as_color(), number_in(value(opacity, with)));
}

}  // namespace relief::symbology
