#pragma once
// What a raster file is: geometry, bands, statistics, kind. Runs in a child process for files from
// outside.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/source_file.hpp"

#include <functional>
#include <string>

namespace relief::source {

enum class StatisticsEffort : std::uint8_t {
    none,
    sampled,  ///< from the coarsest overview with a million cells, or as many cells read evenly
    exact,    ///< every cell
};

struct DescribeOptions {
    StatisticsEffort effort = StatisticsEffort::sampled;
    /// Asked after each strip with the share done, above 0 to 1; false stops the work
    /// (out_of_time).
    std::function<bool(double)> progress;
};

/// Errors: source_broken in plain words: no CRS, no georeference, complex numbers, damaged.
Result<RasterDescription> describe(const SourceFile& file, const DescribeOptions& options);

}  // namespace relief::source
