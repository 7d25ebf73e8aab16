#pragma once
// One open GDAL dataset with its geometry: blocks of values and masks, level by level.

#include "tiler/core/grid.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/raster_facts.hpp"
#include "tiler/source/remote_files.hpp"
#include "tiler/source/source_file.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

class GDALRasterBand;

namespace relief::source {

/// Names a block of a level: its column and row in blocks.
struct BlockAddress {
    int level = 0;
    int column = 0;
    int row = 0;
    bool operator==(const BlockAddress&) const = default;
};

/// The band number that stands for the mask of the whole raster (alpha or mask band).
inline constexpr int mask_band = 0;

/// Belongs to one thread at a time. The destructor closes the file.
class OpenRaster {
public:
    /// `pool`: where its projector comes from and returns to; none: it has its own. `deadline`: of
    /// a remote file, which is asked for its beginning. `memory`: told what a remote file holds.
    /// Errors: source_broken with the reason in plain words; of a remote file those of
    /// RemoteFile::open.
    static Result<std::unique_ptr<OpenRaster>> open(const SourceFile& file,
                                                    geo::ProjectorPool* pool = nullptr,
                                                    const Deadline& deadline = {},
                                                    RemoteMemory* memory = nullptr);

    ~OpenRaster();
    OpenRaster(const OpenRaster&) = delete;
    OpenRaster& operator=(const OpenRaster&) = delete;
    OpenRaster(OpenRaster&&) = delete;
    OpenRaster& operator=(OpenRaster&&) = delete;

    const RasterFacts& facts() const noexcept { return facts_; }
    const PixelMapper& mapper() const noexcept { return mapper_; }

    /// Shape:  the block's cells that lie inside the level, row by row; `band` counts from 1,
    /// mask_band gives u8 weights 0 to 255. Errors: source_broken naming what could not be decoded.
    Result<BandValues> read_block(const BlockAddress& block, int band) const;

    /// Cells of a block that lie inside the level.
    static PixelSize extent(const RasterLevel& level, const BlockAddress& block) noexcept;

    GDALDataset& dataset() const noexcept { return *dataset_; }

    /// Null when the file is on this machine.
    RemoteFile* remote() const noexcept { return remote_ ? &remote_->file() : nullptr; }
    /// A remote file could not be read: what GDAL made of it meanwhile is not to be trusted, and
    /// the raster not to be used again.
    bool is_spoiled() const noexcept { return remote_ && remote_->file().failure(); }
    /// Brings the blocks of a remote file that read_block() will be asked for, with few questions;
    /// on this machine does nothing.
    void fetch_blocks(const std::vector<BlockAddress>& blocks, const std::vector<int>& bands) const;

private:
    OpenRaster(Dataset dataset, RasterFacts facts, PixelMapper mapper);
    GDALRasterBand* band_at(const BlockAddress& block, int band) const;
    static Result<std::unique_ptr<OpenRaster>> open_named(const SourceFile& file,
                                                          const std::string& name,
                                                          geo::ProjectorPool* pool);

    std::optional<LentRemoteFile> remote_;  ///< outlives the data set, which reads it
    Dataset dataset_;
    RasterFacts facts_;
    PixelMapper mapper_;
};

/// A vector of `cells` zeros of the type.
BandValues make_values(ValueType type, std::size_t cells);

}  // namespace relief::source
