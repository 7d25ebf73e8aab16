#include "tiler/source/raster_facts.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace relief::source {
namespace {

// A block is decoded as a whole: above this one tile would cost more memory than a server promises.
constexpr std::size_t largest_block_bytes = std::size_t{128} << 20U;
// A year of hours is one; each costs a handle about a kilobyte.
constexpr int most_bands = 10'000;

struct TypePair {
    GDALDataType gdal;
    ValueType type;
};
constexpr std::array<TypePair, 7> types{{{GDT_Byte, ValueType::u8},
                                         {GDT_UInt16, ValueType::u16},
                                         {GDT_Int16, ValueType::i16},
                                         {GDT_UInt32, ValueType::u32},
                                         {GDT_Int32, ValueType::i32},
                                         {GDT_Float32, ValueType::f32},
                                         {GDT_Float64, ValueType::f64}}};

RasterLevel level_of(GDALRasterBand& band) {
    RasterLevel level{{band.GetXSize(), band.GetYSize()}, {}};
    band.GetBlockSize(&level.block.width, &level.block.height);
    return level;
}

/// Overviews that halve on, finest first; odd ones (larger than the level before) are left out.
std::vector<RasterLevel> levels_of(GDALRasterBand& band) {
    std::vector<RasterLevel> levels{level_of(band)};
    for (int i = 0; i < band.GetOverviewCount(); ++i) {
        GDALRasterBand* overview = band.GetOverview(i);
        if (overview == nullptr) break;
        const RasterLevel level = level_of(*overview);
        if (level.size.width >= levels.back().size.width || level.size.width < 1) break;
        levels.push_back(level);
    }
    return levels;
}

Result<std::vector<BandFacts>> bands_of(GDALDataset& dataset) {
    std::vector<BandFacts> bands;
    for (int i = 1; i <= dataset.GetRasterCount(); ++i) {
        GDALRasterBand* band = dataset.GetRasterBand(i);
        const auto type = value_type_of(band->GetRasterDataType());
        if (!type) return unreadable("it holds complex numbers; make amplitudes of them first", {});
        int has = 0;
        const double nodata = band->GetNoDataValue(&has);
        bands.push_back({*type,
                         has != 0 ? std::optional(nodata) : std::nullopt,
                         band->GetColorInterpretation() == GCI_AlphaBand});
    }
    return bands;
}

/// Longitude and latitude by their units (CF conventions 1.10, 4.1 and 4.2), without a grid mapping
/// that would name a datum: WGS 84 then, as everybody reads them.
bool counts_degrees(GDALDataset& dataset) {
    AffineTransform place{};
    const bool globe = dataset.GetGeoTransform(place.data()) == CE_None &&
                       std::abs(place[0]) <= 360 && std::abs(place[3]) <= 91;
    if (!globe) return false;
    bool east = false;
    bool north = false;
    for (char** item = dataset.GetMetadata(); item != nullptr && *item != nullptr; ++item) {
        const std::string_view text(*item);
        for (const std::string_view unit : {"degrees_east", "degree_east", "degreesE", "degreeE"})
            east = east || text.ends_with("#units=" + std::string(unit));
        for (const std::string_view unit : {"degrees_north", "degree_north", "degreesN", "degreeN"})
            north = north || text.ends_with("#units=" + std::string(unit));
    }
    return east && north;
}

/// A mask that is not just nodata: an alpha band, or a mask band inside or beside the file.
bool has_mask_band(GDALDataset& dataset) {
    const int flags = dataset.GetRasterBand(1)->GetMaskFlags();
    return (flags & GMF_PER_DATASET) != 0 && (flags & GMF_ALL_VALID) == 0;
}

std::size_t block_bytes(const RasterFacts& facts) {
    std::size_t largest = 0;
    for (const RasterLevel& level : facts.levels) {
        const std::size_t cells =
            static_cast<std::size_t>(std::min(level.block.width, level.size.width)) *
            static_cast<std::size_t>(std::min(level.block.height, level.size.height));
        largest = std::max(largest, cells);
    }
    std::size_t cell = 1;
    for (const BandFacts& band : facts.bands) {
        cell = std::max(cell,
                        static_cast<std::size_t>(GDALGetDataTypeSizeBytes(
                            static_cast<GDALDataType>(gdal_type_of(band.type)))));
    }
    return largest * cell;
}

}  // namespace

Error unreadable(const char* why, const std::string& detail) {
    return source_broken(std::string("the file cannot be read: ") + why, detail);
}

int gdal_type_of(ValueType type) noexcept {
    return types[static_cast<std::size_t>(type)].gdal;
}

std::optional<ValueType> value_type_of(int gdal_type) noexcept {
    for (const TypePair& pair : types) {
        if (pair.gdal == gdal_type) return pair.type;
    }
    return std::nullopt;
}

std::string crs_text(GDALDataset& dataset) {
    const OGRSpatialReference* crs = dataset.GetSpatialRef();
    if (crs == nullptr || crs->IsEmpty())
        return counts_degrees(dataset) ? std::string("EPSG:4326") : std::string();
    if (crs->IsLocal()) return {};
    const char* authority = crs->GetAuthorityName(nullptr);
    const char* code = crs->GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr && std::string_view(authority) == "EPSG") {
        return std::string("EPSG:") + code;
    }
    char* text = nullptr;
    const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
    const bool written = crs->exportToWkt(&text, options.data()) == OGRERR_NONE;
    std::string wkt = written && text != nullptr ? text : "";
    CPLFree(text);
    return wkt;
}

Result<RasterFacts> facts_of(GDALDataset& dataset, geo::ProjectorPool* pool) {
    if (dataset.GetRasterCount() < 1) {
        return unreadable(dataset.GetMetadata("SUBDATASETS") != nullptr
                              ? "it holds several rasters; `relief inspect` names them, and "
                                "`relief add --variable NAME` takes one"
                              : "it has no bands",
                          {});
    }
    if (dataset.GetRasterCount() > most_bands)
        return unreadable("it has more than 10,000 bands", {});
    auto bands = bands_of(dataset);
    if (!bands) return bands.error();
    AffineTransform transform{};
    if (dataset.GetGeoTransform(transform.data()) != CE_None) {
        const bool points = dataset.GetGCPCount() > 0 || dataset.GetMetadata("RPC") != nullptr;
        return unreadable(
            points ? "it is not rectified: its place is known by control points only; `relief add` "
                     "rectifies it"
                   : "it has no georeference (geotransform); add one, or a world file beside it",
            {});
    }
    const std::string crs = crs_text(dataset);
    if (crs.empty()) {
        return unreadable(
            "it has no coordinate reference system (CRS); assign one, for instance with "
            "gdal_translate -a_srs EPSG:n",
            {});
    }
    auto placement = RasterPlacement::make(
        {dataset.GetRasterXSize(), dataset.GetRasterYSize()}, transform, crs, pool);
    if (!placement) return placement.error();
    RasterFacts facts{std::move(*placement),
                      levels_of(*dataset.GetRasterBand(1)),
                      std::move(*bands),
                      has_mask_band(dataset)};
    if (block_bytes(facts) > largest_block_bytes) {
        return unreadable(
            "it is stored in blocks too large to read piece by piece; `relief add` makes a "
            "cloud-optimised copy",
            {});
    }
    return facts;
}

}  // namespace relief::source
