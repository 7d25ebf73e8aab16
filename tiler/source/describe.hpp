#pragma once
// What a raster file is: geometry, bands, statistics, kind. Runs in a child process for files from
// outside.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/source_file.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relief::geo {
class ProjectorPool;
}

namespace relief::source {

class OpenRaster;

enum class StatisticsEffort : std::uint8_t {
    none,
    sampled,  ///< from the coarsest overview with a million cells, or as many cells read evenly
    sparing,  ///< likewise of an overview, but few cells where there is none: of a remote file
    exact,    ///< every cell
};

struct DescribeOptions {
    StatisticsEffort effort = StatisticsEffort::sampled;
    /// Asked now and then with the share done, above 0 to 1; false stops the work
    /// (out_of_time).
    std::function<bool(double)> progress;
    /// Who looks at many files keeps one: their ways of projecting are mostly the same, and take
    /// longer to make than a small file to read.
    geo::ProjectorPool* projectors = nullptr;
};

/// Errors: source_broken in plain words: no CRS, no georeference, complex numbers, damaged.
Result<RasterDescription> describe(const SourceFile& file, const DescribeOptions& options);

/// The same of bands of a file that is open already.
Result<RasterDescription> describe(const OpenRaster& raster,
                                   const std::vector<int>& bands,
                                   const DescribeOptions& options);

}  // namespace relief::source
