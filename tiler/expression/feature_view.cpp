#include "tiler/expression/feature_view.hpp"

namespace relief::expression {

std::uint32_t PropertyKeys::number_of(std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(std::string(name), number);
    return number;
}

}  // namespace relief::expression
