#pragma once
// Which values become black and which white when nobody says.

#include "tiler/core/raster_description.hpp"
#include "tiler/style/band_expression.hpp"
#include "tiler/style/raster_style.hpp"

#include <vector>

namespace relief::style {

/// The band's own cell numbers, 8-bit bands as they are, others between their 2nd and 98th
/// percentile; heights and masks see the source.
/// Shape: low < high, both finite, whatever the statistics hold.
Rescale default_stretch(const BandDescription& band, RasterKind kind);

/// The range of a formula's results, tried on the percentiles of its bands.
/// Shape: one for each output.
std::vector<Rescale> default_stretch(const BandExpression& expression,
                                     const RasterDescription& raster);

}  // namespace relief::style
