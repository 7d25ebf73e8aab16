#pragma once
// From the text of a formula to its steps.

#include "tiler/core/result.hpp"
#include "tiler/style/expression_limits.hpp"
#include "tiler/style/expression_nodes.hpp"

#include <string_view>
#include <vector>

namespace relief::style {

struct Formulas {
    std::vector<Step> steps;     ///< of all formulas together
    std::vector<Place> outputs;  ///< one for each formula
    std::vector<int> bands;      ///< 1-based, ascending, without repeats
};

/// Errors: bad_request naming the part that is wrong and its position.
Result<Formulas> parse_formulas(std::string_view text, int band_count, ExpressionLimits limits);

}  // namespace relief::style
