#pragma once
// Statistics of what a formula makes of the bands.

#include "tiler/pipeline/make_tile.hpp"

#include <optional>
#include <vector>

namespace relief::service {

struct FormulaStatistics {
    std::vector<std::optional<BandStatistics>> outputs;
    std::vector<pipeline::SkippedScene> skipped;  ///< of a mosaic: what they do without
};

/// One entry for each output of the style's expression, none where no cell has a number; over cells
/// of the whole layer, nearest ones, at most 1,024 a side: approximate for larger rasters.
/// Of the order, the deadline, the scenes and the earlier view count.
/// Errors: bad_request for an algorithm that is no formula; those of reading.
Result<FormulaStatistics> formula_statistics(const pipeline::Workshop& workshop,
                                             const workspace::Observation& observation,
                                             const style::RasterStyle& style,
                                             const pipeline::PictureOrder& order);

}  // namespace relief::service
