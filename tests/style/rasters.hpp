#pragma once
// Descriptions of rasters for the tests of styles and legends.

#include "tiler/core/raster_description.hpp"

#include <limits>
#include <utility>
#include <vector>

namespace relief::style {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Extent {
    double low = 0;
    double high = 1;
};

/// Evenly spread values: percentile p is low + p/100 of the way.
inline BandStatistics even_statistics(Extent extent) {
    BandStatistics statistics;
    statistics.minimum = extent.low;
    statistics.maximum = extent.high;
    for (std::size_t p = 0; p < statistics.percentiles.size(); ++p)
        statistics.percentiles.at(p) =
            extent.low + (extent.high - extent.low) * static_cast<double>(p) / 100;
    return statistics;
}

inline BandDescription band_of(ValueType type, Extent extent) {
    BandDescription band;
    band.type = type;
    band.statistics = even_statistics(extent);
    return band;
}

inline RasterDescription raster_of(RasterKind kind, std::vector<BandDescription> bands) {
    RasterDescription raster;
    raster.kind = kind;
    raster.bands = std::move(bands);
    return raster;
}

/// Band 1 shows entries of the palette.
inline RasterDescription palette_raster(Palette palette) {
    auto band = band_of(ValueType::u8, {0, static_cast<double>(palette.size()) - 1});
    band.role = BandRole::palette;
    auto raster = raster_of(RasterKind::categorical, {band});
    raster.palette = std::move(palette);
    return raster;
}

}  // namespace relief::style
