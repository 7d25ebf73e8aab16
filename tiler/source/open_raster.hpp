#pragma once
// One open GDAL dataset with its geometry: blocks of values and masks, level by level.

#include "tiler/core/grid.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/raster_placement.hpp"
#include "tiler/source/source_file.hpp"

#include <memory>
#include <string>
#include <vector>

class GDALRasterBand;

namespace relief::source {

/// A resolution of the raster: level 0 is the raster itself, the others its overviews, finest
/// first.
struct RasterLevel {
    PixelSize size;
    PixelSize block;
};

struct BandFacts {
    ValueType type = ValueType::u8;
    std::optional<double> nodata;
    bool alpha = false;
};

/// Names a block of a level: its column and row in blocks.
struct BlockAddress {
    int level = 0;
    int column = 0;
    int row = 0;
    bool operator==(const BlockAddress&) const = default;
};

/// The band number that stands for the mask of the whole raster (alpha or mask band).
inline constexpr int mask_band = 0;

/// Frozen facts of an open raster, shared with readers that hold no handle.
struct RasterFacts {
    RasterPlacement placement;
    std::vector<RasterLevel> levels;  ///< never empty
    std::vector<BandFacts> bands;     ///< bands[0] is band 1
    bool has_mask = false;
};

/// Belongs to one thread at a time. The destructor closes the file.
class OpenRaster {
public:
    /// `pool`: where its projector comes from and returns to; none: it has its own.
    /// Errors: source_broken with the reason in plain words.
    static Result<std::unique_ptr<OpenRaster>> open(const SourceFile& file,
                                                    geo::ProjectorPool* pool = nullptr);

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

private:
    OpenRaster(Dataset dataset, RasterFacts facts, PixelMapper mapper);
    GDALRasterBand* band_at(const BlockAddress& block, int band) const;

    Dataset dataset_;
    RasterFacts facts_;
    PixelMapper mapper_;
};

/// The text GDAL's CRS object becomes: "EPSG:n" where the code says it all, else WKT2; empty when
/// there is none.
std::string crs_text(const GDALDataset& dataset);

/// No value for complex and unknown types.
std::optional<ValueType> value_type_of(int gdal_type) noexcept;

/// A vector of `cells` zeros of the type.
BandValues make_values(ValueType type, std::size_t cells);

}  // namespace relief::source
