#include "tiler/source/open_raster.hpp"

#include "tiler/source/gdal_runtime.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <utility>

namespace relief::source {
namespace {

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
    const bool good =
        source != nullptr && source->RasterIO(GF_Read,
                                              block.column * level.block.width,
                                              block.row * level.block.height,
                                              size.width,
                                              size.height,
                                              target,
                                              size.width,
                                              size.height,
                                              static_cast<GDALDataType>(gdal_type_of(type)),
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
