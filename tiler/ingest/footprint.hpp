#pragma once
// Where on the globe a converted scene has data.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"
#include "tiler/geo/footprint.hpp"
#include "tiler/source/source_file.hpp"

namespace relief::ingest {

/// From the mask of an overview of a few hundred cells a side: rings of at most 64 points in all
/// that hold every cell with data and reach a few of those coarse cells beyond. A scene over a
/// pole, or one too ragged for 64 points, is told by its bounds. Errors: source_broken when the
/// file cannot be read or has no data at all.
Result<geo::Footprint> footprint_of(const source::SourceFile& file,
                                    const RasterDescription& raster);

}  // namespace relief::ingest
