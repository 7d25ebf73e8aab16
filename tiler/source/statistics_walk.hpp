#pragma once
// The cells that statistics are made of: all of a raster, or patches spread evenly over it.

#include "tiler/source/band_statistics.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/window.hpp"

#include <optional>
#include <vector>

namespace relief::source {

/// Which level is looked at, and which of its patches: of rows and columns of patches one in so
/// many. Units: cells.
struct Sampling {
    int level = 0;
    PixelSize patch;
    int one_row_in = 1;
    int one_column_in = 1;
    bool approximate = false;  ///< not every cell of the raster itself
};

/// Bounded whatever the raster's size, but for `exact`: one that is too large to be read is looked
/// at in a few patches.
Sampling sampling_of(const std::vector<RasterLevel>& levels, StatisticsEffort effort);

/// Walks the raster patch by patch and hands every cell of every band to its collector.
class StatisticsWalk {
public:
    /// `raster`, `bands` (numbers, from 1) and `options` outlive the walk.
    StatisticsWalk(const OpenRaster& raster,
                   const std::vector<int>& bands,
                   const DescribeOptions& options);

    /// What is damaged is looked at in the next overview, but for `exact`. Errors: source_broken,
    /// out_of_time when the caller's progress says no.
    Result<void> run();

    /// Units: cells, without scale and offset. `band` is a place in `bands`.
    std::optional<BandStatistics> result(std::size_t band) const;
    std::uint64_t distinct() const;  ///< of the first band

private:
    void begin();
    Result<void> walk();
    Result<void> collect(const WindowNeed& patch);
    Result<void> walk_row(std::int64_t row);

    BlockCache cache_;
    BlockSource source_;
    const DescribeOptions& options_;
    const std::vector<int>& bands_;
    Sampling sampling_;
    std::vector<StatisticsCollector> collectors_;
};

}  // namespace relief::source
