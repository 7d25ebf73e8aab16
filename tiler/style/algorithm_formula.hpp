#pragma once
// Algorithms that work cell by cell, written as expressions.

#include "tiler/style/algorithm.hpp"
#include "tiler/style/band_expression.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::style {

/// What a formula is made from. Bands of the earlier observation are numbered on from the later
/// one's: band 2 of it is count + 2.
struct FormulaOrder {
    const AlgorithmCall& call;
    const RasterDescription& raster;
    const std::vector<int>& bands;               ///< in the order of the table's row
    const std::optional<BandExpression>& inner;  ///< in place of a band (difference, threshold)
};

/// Shape: one output. Units: those of the bands (scale and offset applied).
/// Errors: bad_request when the formula becomes too long or deep.
Result<BandExpression> algorithm_expression(const FormulaOrder& order);

/// The bands' numbers of a formula, each raised by `count`: "b1/b2" and 4 give "b5/b6".
std::string raised_bands(std::string_view formula, int count);

}  // namespace relief::style
