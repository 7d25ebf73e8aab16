#pragma once
// What a request or a layer asks for, read and checked word by word.

#include "tiler/style/raster_style.hpp"

#include <optional>
#include <vector>

namespace relief::style {

/// What is not asked for is empty.
struct AskedStyle {
    std::vector<int> bands;
    std::optional<BandExpression> expression;
    std::vector<Rescale> rescale;
    std::optional<ColourMap> colours;
    std::optional<double> nodata;
    std::optional<Resampling> resampling;
    std::optional<AlgorithmCall> algorithm;
};

/// A word of no text counts as not given (forms send such), but for an expression.
/// Errors: bad_request naming the bad value and the allowed ones.
Result<AskedStyle> asked_style(const RasterWords& words, std::size_t band_count);

}  // namespace relief::style
