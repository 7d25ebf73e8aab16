#pragma once
// Rasters that know where they lie by ground control points or by a sensor model only.

#include "tiler/core/result.hpp"
#include "tiler/source/source_file.hpp"

#include <string>

namespace relief::ingest {

/// What to read in place of `source`: a raster with a geotransform as it is; one with ground
/// control points (GCPs, thin plate splines from ten points on, polynomials below) or rational
/// polynomial coefficients (RPCs, at the height that they state) as a north-up view of it, written
/// to `view`. Cells keep their values: the nearest is taken. CRS: that of the points; WGS 84 with
/// RPCs. Errors: source_broken in plain words; a file that has none of these is given back as it
/// is.
Result<source::SourceFile> rectified(const std::string& source, const std::string& view);

}  // namespace relief::ingest
