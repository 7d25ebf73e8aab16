#pragma once
// How much of a formula one request may ask for.

#include <cstddef>

namespace relief::style {

struct ExpressionLimits {
    std::size_t characters = 1000;
    int depth = 32;  ///< nesting, operator chains count once
};

}  // namespace relief::style
