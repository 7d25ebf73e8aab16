#pragma once
// Windows of values from files, warped to a Web Mercator frame: the only door to GDAL for tiles.

#include "tiler/core/boxes.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/grid.hpp"
#include "tiler/core/resampling.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/source_file.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace relief::source {

struct MemoryBudget {
    std::size_t block_bytes = std::size_t{256} << 20U;  ///< decoded blocks, parts of remote files
    std::size_t open_files = 256;                       ///< dataset handles, all files together
};

struct MemoryUse {
    std::size_t block_bytes = 0;
    std::size_t blocks = 0;
    std::size_t open_files = 0;
    std::uint64_t block_hits = 0;
    std::uint64_t block_misses = 0;
    std::size_t remote_bytes = 0;  ///< parts of remote files
};

/// CRS:  the box is in EPSG:3857 and may reach over the antimeridian or beyond the poles' limit.
struct ReadRequest {
    MercatorBox box;
    PixelSize size;
    std::vector<int> bands;  ///< 1-based
    Resampling resampling = Resampling::bilinear;
    std::optional<double> nodata;  ///< in place of the file's own
    bool fractions =
        false;             ///< grid.bands are float, so that means of whole numbers keep their part
    bool any_band = true;  ///< a cell is data when any band has data there (false: every band)
    Deadline deadline;
};

struct PointRequest {
    LonLat place;
    std::vector<int> bands;
    std::optional<double> nodata;
    Deadline deadline;
};

/// One rectangle of one level that a picture needs.
struct PlannedRead {
    int overview = 0;  ///< 0: the full resolution
    PixelSize level_size;
    int reduce = 1;  ///< cells along each axis that are taken together, for want of overviews
    int left = 0;    ///< in the level's cells
    int top = 0;
    PixelSize size;
    std::size_t blocks = 0;   ///< of all bands and the mask
    std::uint64_t bytes = 0;  ///< of them, once decoded
};

class DatasetPool;
class BlockCache;

/// Reads any number of files from any number of threads within one memory budget.
class RasterReader {
public:
    explicit RasterReader(MemoryBudget budget);
    ~RasterReader();
    RasterReader(const RasterReader&) = delete;
    RasterReader& operator=(const RasterReader&) = delete;
    RasterReader(RasterReader&&) = delete;
    RasterReader& operator=(RasterReader&&) = delete;

    /// Shape:  grid.bands[i] is asked.bands[i] in the file's own type (float when `fractions`),
    ///         asked.size cells.
    /// Mask:   value × weight and weight are resampled apart; nodata, NaN, alpha and mask bands
    /// make weight 0. A damaged part is read from a coarser overview (Grid::coarser). Errors:
    /// bad_request for a band that is not there, source_broken, out_of_time.
    Result<Grid> read(const SourceFile& file, const ReadRequest& asked) const;

    /// What read() would decode where nothing is in memory, without reading a cell.
    Result<std::vector<PlannedRead>> plan(const SourceFile& file, const ReadRequest& asked) const;

    /// Raw cell values (scale and offset not applied) at a place; no value where there is no data
    /// or the place is outside.
    Result<std::vector<std::optional<double>>> values_at(const SourceFile& file,
                                                         const PointRequest& request) const;

    MemoryUse memory_use() const;

private:
    std::unique_ptr<DatasetPool> datasets_;
    std::unique_ptr<BlockCache> blocks_;
};

}  // namespace relief::source
