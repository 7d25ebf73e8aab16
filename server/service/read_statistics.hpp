#pragma once
// Statistics of what is read when they are asked for: of a formula, of the bands of a mosaic.

#include "tiler/pipeline/make_tile.hpp"

#include <optional>
#include <vector>

namespace relief::service {

struct ReadStatistics {
    std::vector<std::optional<BandStatistics>> outputs;
    std::vector<pipeline::SkippedScene> skipped;  ///< of a mosaic: what they do without
};

/// One entry for each output of the style's expression, none where no cell has a number; over cells
/// of the whole layer, nearest ones, at most 1,024 a side: approximate for larger rasters.
/// Of the order, the deadline, the scenes and the earlier view count.
/// Errors: bad_request for an algorithm that is no formula; those of reading.
Result<ReadStatistics> formula_statistics(const pipeline::Workshop& workshop,
                                          const workspace::Observation& observation,
                                          const style::RasterStyle& style,
                                          const pipeline::PictureOrder& asked);

/// The same of bands, one entry for each of the numbers, in the bands' own units.
/// Errors: those of reading.
Result<ReadStatistics> band_statistics(const pipeline::Workshop& workshop,
                                       const workspace::Observation& observation,
                                       const std::vector<int>& bands,
                                       const pipeline::PictureOrder& asked);

}  // namespace relief::service
