#pragma once
// A rectangle of one level, put together from cached blocks, with a weight for each cell.

#include "tiler/core/deadline.hpp"
#include "tiler/core/grid.hpp"
#include "tiler/core/resampling.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/block_cache.hpp"
#include "tiler/source/open_raster.hpp"

#include <optional>
#include <span>
#include <vector>

namespace relief::source {

/// What becomes of the cells that are taken together.
enum class Reduction : std::uint8_t { mean, most_frequent, middle };

/// What a window must hold. Where the level lacks an overview that is coarse enough, `reduce` cells
/// along each axis become one while the blocks pass by, so that memory stays bounded.
struct WindowNeed {
    int level = 0;
    int reduce = 1;
    Reduction reduction = Reduction::mean;
    bool fractions =
        false;     ///< values as float, so that a mean of whole numbers keeps its fraction
    int left = 0;  ///< in cells after reduction; may be negative or beyond the level's edge
    int top = 0;
    PixelSize size;
    std::vector<int> bands;
    std::optional<double> nodata;
    bool any_band = true;
    Deadline deadline;
};

/// Mask:  weights are 0 to 255 for each cell; empty when all cells are data. Cells outside the
/// level weigh 0; on a
///        raster all around the world columns repeat.
struct Window {
    int left = 0;
    int top = 0;
    PixelSize size;
    std::vector<BandValues> bands;
    std::vector<std::uint8_t> weights;
    bool nothing = false;  ///< no cell has data
};

/// Cells of the level after reduction.
PixelSize reduced_size(const RasterLevel& level, int reduce) noexcept;

/// Where blocks come from: an open file, its name in the cache, the cache.
struct BlockSource {
    const OpenRaster& raster;
    std::shared_ptr<const std::string> file;
    BlockCache& cache;
};

/// One block of each band, as BlockCache::get().
Result<std::vector<BlockPointer>> get_blocks(const BlockSource& source,
                                             const BlockAddress& address,
                                             std::span<const int> bands,
                                             const Deadline& deadline);

/// Errors: source_broken, out_of_time.
Result<Window> read_window(const BlockSource& source, const WindowNeed& need);

}  // namespace relief::source
