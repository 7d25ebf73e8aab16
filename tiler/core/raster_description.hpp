#pragma once
// What is known of a raster without reading its cells again: geometry, bands, statistics.

#include "tiler/core/boxes.hpp"
#include "tiler/core/colour.hpp"
#include "tiler/core/grid.hpp"
#include "tiler/core/resampling.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief {

/// Units: of the band, after its scale and offset.
struct BandStatistics {
    double minimum = 0;
    double maximum = 0;
    double mean = 0;
    double standard_deviation = 0;
    double valid_percent = 0;               ///< share of cells with data, 0 to 100
    std::array<double, 101> percentiles{};  ///< 0 to 100; of the histogram's resolution at least
    std::vector<std::uint64_t> counts;      ///< histogram, counts.size() equal bins …
    double histogram_low = 0;               ///< … from here
    double histogram_high = 0;              ///< … to here
    bool approximate = false;               ///< from an overview or a sample, not every cell
};

enum class BandRole : std::uint8_t { grey, red, green, blue, alpha, palette, other };

struct BandDescription {
    ValueType type = ValueType::u8;
    BandRole role = BandRole::other;
    std::optional<double> nodata;  ///< NaN too
    double scale = 1;              ///< value = cell × scale + offset
    double offset = 0;
    std::string unit;   ///< UCUM or the file's own word; empty: not stated
    std::string title;  ///< the file's description of the band; may be empty
    std::optional<BandStatistics> statistics;
};

/// Shape: `transform` maps (column, row) of cell corners to the raster's CRS as GDAL's
/// geotransform:
///        X = t[0] + column·t[1] + row·t[2], Y = t[3] + column·t[4] + row·t[5]; never singular.
struct RasterDescription {
    PixelSize size;
    std::array<double, 6> transform{};
    std::string crs;        ///< "EPSG:n" when there is a code, else WKT2
    std::string crs_title;  ///< for people: "WGS 84 / UTM zone 36N"
    std::vector<BandDescription> bands;
    Palette palette;  ///< of a palette band; empty else
    RasterKind kind = RasterKind::continuous;
    LonLatBox bounds;  ///< of the footprint, WGS 84
    std::uint32_t minimum_zoom = 0;
    std::uint32_t maximum_zoom = 0;
    PixelSize block;
    std::vector<PixelSize> overviews;
    bool has_mask = false;  ///< a mask band of its own (internal, .msk) or an alpha band
    std::string driver;     ///< GDAL's short name: "GTiff"
    std::string compression;
    std::string interleave;
};

}  // namespace relief
