#include "tiler/expression/operands.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace relief::expression {

std::string wrong_count(std::string_view wanted, const Json& json) {
    return "Expected " + std::string(wanted) + ", but found " + std::to_string(json.size() - 1) +
           " instead.";
}

std::vector<NodePointer> parse_two(Parser& parser,
                                   const Json& json,
                                   const std::array<Type, 2>& types) {
    std::vector<NodePointer> parts;
    for (const std::size_t i : {0U, 1U})
        parts.push_back(parser.parse_child(json[i + 1], i + 1, {types[i]}));
    if (!parts[0] || !parts[1]) parts.clear();
    return parts;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a number and a size
std::size_t position_in(double index, std::size_t size) {
    if (std::isnan(index)) return 0;
    const auto length = static_cast<double>(size);
    const double whole = std::trunc(index);
    return static_cast<std::size_t>(std::clamp(whole < 0 ? whole + length : whole, 0.0, length));
}

}  // namespace relief::expression
