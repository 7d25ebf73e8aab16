#pragma once
// From an algorithm that is asked for to the style that draws it.

#include "tiler/style/raster_style.hpp"
#include "tiler/style/request_words.hpp"

#include <string_view>
#include <vector>

namespace relief::style {

/// Indices, ratios, differences and thresholds become an expression over the bands, in the unit of
/// the bands (scale and offset applied); terrain algorithms keep one band and `heights`.
/// Bands:  those asked for, in the order of the table; else those that the descriptions name.
/// Errors: bad_request naming what the algorithm needs; colours or a range where they mean nothing.
Result<RasterStyle> algorithm_style(const AskedStyle& asked, const RasterDescription& raster);

/// Names of the algorithms that need nothing more than this raster (and `against=` where it has
/// several observations): what a person may choose from.
std::vector<std::string_view> algorithms_for(const RasterDescription& raster,
                                             std::size_t observations);

/// Whether the two rasters' bands mean the same, so that one formula can take both.
/// Errors: bad_request naming the band that is missing or scaled otherwise.
Result<void> check_comparable(const RasterStyle& style,
                              const RasterDescription& later,
                              const RasterDescription& earlier);

}  // namespace relief::style
