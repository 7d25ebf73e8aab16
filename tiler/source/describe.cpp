#include "tiler/source/describe.hpp"

#include "tiler/geo/mercator.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/kind_choice.hpp"
#include "tiler/source/open_raster.hpp"
#include "tiler/source/statistics_walk.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

namespace relief::source {
namespace {

constexpr int tile_pixels = 256;

BandRole role_of(GDALColorInterp meaning) noexcept {
    switch (meaning) {
        case GCI_GrayIndex: return BandRole::grey;
        case GCI_RedBand: return BandRole::red;
        case GCI_GreenBand: return BandRole::green;
        case GCI_BlueBand: return BandRole::blue;
        case GCI_AlphaBand: return BandRole::alpha;
        case GCI_PaletteIndex: return BandRole::palette;
        default: return BandRole::other;
    }
}

/// Words of a file are shown to people: bounded and without control characters.
std::string clean(const char* text) {
    std::string result;
    for (const char* c = text != nullptr ? text : ""; *c != 0 && result.size() < 200; ++c) {
        if (static_cast<unsigned char>(*c) >= 0x20 && *c != 0x7f) result.push_back(*c);
    }
    return result;
}

Palette palette_of(GDALRasterBand& band) {
    Palette palette;
    GDALColorTable* table = band.GetColorTable();
    if (table == nullptr || band.GetColorInterpretation() != GCI_PaletteIndex) return palette;
    const auto byte = [](short value) {
        return static_cast<std::uint8_t>(std::clamp<int>(value, 0, 255));
    };
    for (int i = 0; i < std::min(256, table->GetColorEntryCount()); ++i) {
        const GDALColorEntry* entry = table->GetColorEntry(i);
        palette.push_back({byte(entry->c1), byte(entry->c2), byte(entry->c3), byte(entry->c4)});
    }
    return palette;
}

/// GRIB messages say "[K]", beside the band's own unit.
std::string unit_in_brackets(GDALRasterBand& band) {
    std::string unit = clean(band.GetMetadataItem("GRIB_UNIT"));
    if (unit.size() < 3 || unit.front() != '[' || unit.back() != ']') return {};
    unit = unit.substr(1, unit.size() - 2);
    return unit == "-" ? std::string() : unit;
}

BandDescription band_of(GDALRasterBand& band, const BandFacts& facts) {
    BandDescription description;
    description.type = facts.type;
    description.role = role_of(band.GetColorInterpretation());
    description.nodata = facts.nodata;
    description.scale = band.GetScale();
    description.offset = band.GetOffset();
    description.unit = clean(band.GetUnitType());
    if (description.unit.empty()) description.unit = unit_in_brackets(band);
    description.title = clean(band.GetDescription());
    return description;
}

/// The zoom at which a cell is about a pixel, and the one at which the whole raster is one tile.
void set_zooms(RasterDescription& raster, const RasterPlacement& placement) {
    double width = 0;
    double height = 0;
    for (const MercatorBox& box : placement.footprint) {
        width += box.right - box.left;
        height = std::max(height, box.top - box.bottom);
    }
    // The footprint is 4 % larger than the data along each axis.
    const double per_cell =
        std::min(width / 1.04 / raster.size.width, height / 1.04 / raster.size.height);
    const double longest = std::max(width, height) / tile_pixels;
    raster.maximum_zoom = geo::zoom_for(per_cell);
    raster.minimum_zoom = std::min(raster.maximum_zoom, geo::zoom_for(longest));
    if (raster.minimum_zoom > 0) --raster.minimum_zoom;
}

/// The numbers of the bands that count.
std::vector<int> counted_bands(const OpenRaster& raster, int only) {
    if (only > 0) return {only};
    std::vector<int> bands(raster.facts().bands.size());
    std::iota(bands.begin(), bands.end(), 1);
    return bands;
}

/// Also for rasters whose longitudes and latitudes name no datum.
std::string title_of_crs(GDALDataset& dataset) {
    const OGRSpatialReference* crs = dataset.GetSpatialRef();
    return crs != nullptr && crs->GetName() != nullptr ? clean(crs->GetName()) : "WGS 84";
}

RasterDescription geometry_of(const OpenRaster& raster, const std::vector<int>& bands) {
    GDALDataset& dataset = raster.dataset();
    const RasterFacts& facts = raster.facts();
    RasterDescription result;
    result.size = facts.placement.size;
    result.transform = facts.placement.to_crs;
    result.crs = facts.placement.crs;
    result.crs_title = title_of_crs(dataset);
    result.bounds = facts.placement.bounds;
    result.block = facts.levels.front().block;
    for (std::size_t i = 1; i < facts.levels.size(); ++i)
        result.overviews.push_back(facts.levels[i].size);
    result.has_mask = facts.has_mask;
    result.driver = dataset.GetDriver()->GetDescription();
    const auto structure = [&](const char* name) {
        return clean(dataset.GetMetadataItem(name, "IMAGE_STRUCTURE"));
    };
    result.compression = structure("COMPRESSION");
    result.interleave = structure("INTERLEAVE");
    for (const int band : bands) {
        result.bands.push_back(
            band_of(*dataset.GetRasterBand(band), facts.bands[static_cast<std::size_t>(band) - 1]));
    }
    result.palette = palette_of(*dataset.GetRasterBand(bands.front()));
    set_zooms(result, facts.placement);
    return result;
}

}  // namespace

Result<RasterDescription> describe(const SourceFile& file, const DescribeOptions& options) {
    const auto raster = OpenRaster::open(file, options.projectors);
    if (!raster) return raster.error();
    if (file.band > static_cast<int>((*raster)->facts().bands.size()))
        return source_broken("it has fewer bands than asked for");
    return describe(**raster, counted_bands(**raster, file.band), options);
}

Result<RasterDescription> describe(const OpenRaster& raster,
                                   const std::vector<int>& bands,
                                   const DescribeOptions& options) {
    RasterDescription description = geometry_of(raster, bands);
    std::uint64_t distinct = 0;
    if (options.effort != StatisticsEffort::none) {
        StatisticsWalk walk(raster, bands, options);
        if (auto done = walk.run(); !done) return done.error();
        for (std::size_t i = 0; i < description.bands.size(); ++i) {
            BandDescription& band = description.bands[i];
            if (const auto cells = walk.result(i))
                band.statistics = in_units(*cells, band.scale, band.offset);
        }
        distinct = walk.distinct();
    }
    description.kind = kind_of(description, distinct);
    return description;
}

}  // namespace relief::source
