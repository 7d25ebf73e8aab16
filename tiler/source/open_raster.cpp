#include "tiler/source/open_raster.hpp"

#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
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

GDALDataType gdal_type_of(ValueType type) noexcept {
    return types[static_cast<std::size_t>(type)].gdal;
}

Error unreadable(const char* why, const std::string& detail) {
    return source_broken(std::string("the file cannot be read: ") + why, detail);
}

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
        cell = std::max(
            cell, static_cast<std::size_t>(GDALGetDataTypeSizeBytes(gdal_type_of(band.type))));
    }
    return largest * cell;
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

/// Describing a file reads some of its parts; of a wrongly made one it could be all of them.
constexpr std::uint64_t most_described_bytes = std::uint64_t{256} << 20U;

Result<LentRemoteFile> lend_remote(const SourceFile& file,
                                   const Deadline& deadline,
                                   RemoteMemory* memory) {
    const auto address = RemoteAddress::make(file.name);
    if (!address) return address.error();
    const std::uint64_t most = file.version.text.empty() ? most_described_bytes : 0;
    return LentRemoteFile::open({*address, file.version, most, memory}, deadline);
}

}  // namespace

std::optional<ValueType> value_type_of(int gdal_type) noexcept {
    for (const TypePair& pair : types) {
        if (pair.gdal == gdal_type) return pair.type;
    }
    return std::nullopt;
}

BandValues make_values(ValueType type, std::size_t cells) {
    switch (type) {
        case ValueType::u8: return std::vector<std::uint8_t>(cells);
        case ValueType::u16: return std::vector<std::uint16_t>(cells);
        case ValueType::i16: return std::vector<std::int16_t>(cells);
        case ValueType::u32: return std::vector<std::uint32_t>(cells);
        case ValueType::i32: return std::vector<std::int32_t>(cells);
        case ValueType::f32: return std::vector<float>(cells);
        case ValueType::f64: return std::vector<double>(cells);
    }
    return std::vector<std::uint8_t>(cells);
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

OpenRaster::OpenRaster(Dataset dataset, RasterFacts facts, PixelMapper mapper)
    : dataset_(std::move(dataset)), facts_(std::move(facts)), mapper_(std::move(mapper)) {}

OpenRaster::~OpenRaster() = default;

Result<std::unique_ptr<OpenRaster>> OpenRaster::open(const SourceFile& file,
                                                     geo::ProjectorPool* pool,
                                                     const Deadline& deadline,
                                                     RemoteMemory* memory) {
    if (file.trust != Trust::remote) return open_named(file, file.name, pool);
    auto lent = lend_remote(file, deadline, memory);
    if (!lent) return lent.error();
    auto opened = open_named(file, lent->name(), pool);
    if (const auto& failure = lent->file().failure()) return *failure;
    if (opened) (*opened)->remote_.emplace(std::move(*lent));
    return opened;
}

Result<std::unique_ptr<OpenRaster>> OpenRaster::open_named(const SourceFile& file,
                                                           const std::string& name,
                                                           geo::ProjectorPool* pool) {
    const GdalMessages messages;
    // No siblings for our own files: an empty list says that the folder holds nothing else.
    const std::array<const char*, 1> none{nullptr};
    const bool alone = file.trust == Trust::workspace || file.trust == Trust::remote;
    const char* const* siblings = alone ? none.data() : nullptr;
    Dataset dataset(
        static_cast<GDALDataset*>(GDALOpenEx(name.c_str(),
                                             GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_INTERNAL,
                                             allowed_drivers(file.trust),
                                             nullptr,
                                             siblings)));
    if (!dataset && file.trust == Trust::remote)
        return unreadable(
            "it is damaged or no GeoTIFF, the one format that is read from afar; download others "
            "and `relief add` the copy",
            messages.last());
    if (!dataset) {
        return unreadable(not_read_here, messages.last());
    }
    auto facts = facts_of(*dataset, pool);
    if (!facts) {
        Error error = facts.error();
        if (error.detail.empty()) error.detail = messages.last();
        return error;
    }
    auto mapper = PixelMapper::make(facts->placement, pool);
    if (!mapper) return mapper.error();
    // NOLINTNEXTLINE(modernize-make-unique): the constructor is private
    return std::unique_ptr<OpenRaster>(
        new OpenRaster(std::move(dataset), std::move(*facts), std::move(*mapper)));
}

GDALRasterBand* OpenRaster::band_at(const BlockAddress& block, int band) const {
    GDALRasterBand* base = dataset_->GetRasterBand(band == mask_band ? 1 : band);
    GDALRasterBand* leveled = block.level == 0 ? base : base->GetOverview(block.level - 1);
    if (leveled == nullptr || band != mask_band) return leveled;
    return leveled->GetMaskBand();
}

PixelSize OpenRaster::extent(const RasterLevel& level, const BlockAddress& block) noexcept {
    return {std::min(level.block.width, level.size.width - block.column * level.block.width),
            std::min(level.block.height, level.size.height - block.row * level.block.height)};
}

Result<BandValues> OpenRaster::read_block(const BlockAddress& block, int band) const {
    const GdalMessages messages;
    const RasterLevel& level = facts_.levels[static_cast<std::size_t>(block.level)];
    const PixelSize size = extent(level, block);
    const ValueType type =
        band == mask_band ? ValueType::u8 : facts_.bands[static_cast<std::size_t>(band - 1)].type;
    BandValues values = make_values(
        type, static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    GDALRasterBand* source = band_at(block, band);
    void* target = std::visit([](auto& cells) -> void* { return cells.data(); }, values);
    const bool good = source != nullptr && source->RasterIO(GF_Read,
                                                            block.column * level.block.width,
                                                            block.row * level.block.height,
                                                            size.width,
                                                            size.height,
                                                            target,
                                                            size.width,
                                                            size.height,
                                                            gdal_type_of(type),
                                                            0,
                                                            0,
                                                            nullptr) == CE_None;
    // What lies in a part that did not come, GDAL may take for a hole.
    if (is_spoiled()) return *remote_->file().failure();
    if (!good) {
        return unreadable("a part of the file is damaged or missing",
                          "level " + std::to_string(block.level) + " block " +
                              std::to_string(block.column) + "," + std::to_string(block.row) +
                              " band " + std::to_string(band) + ": " + messages.last());
    }
    return values;
}

}  // namespace relief::source
