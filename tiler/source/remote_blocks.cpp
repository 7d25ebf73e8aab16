// Where the blocks of a remote file lie, so that many come with one question.

#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/open_raster.hpp"

#include <gdal_priv.h>

#include <charconv>
#include <cstring>
#include <optional>
#include <string>

namespace relief::source {
namespace {

// A cloud-optimised file writes the length of a block before it and its last bytes behind it.
constexpr std::uint64_t around_block = 4;

std::optional<std::uint64_t> fact_of(GDALRasterBand& band,
                                     const char* name,
                                     const BlockAddress& block) {
    const std::string item =
        std::string(name) + std::to_string(block.column) + "_" + std::to_string(block.row);
    const char* text = band.GetMetadataItem(item.c_str(), "TIFF");
    std::uint64_t number = 0;
    if (text == nullptr) return std::nullopt;
    if (std::from_chars(text, text + std::strlen(text), number).ec != std::errc{})
        return std::nullopt;
    return number;
}

/// None for a hole, and for what is not stored in blocks of its own.
std::optional<ByteRange> place_of(GDALRasterBand& band, const BlockAddress& block) {
    const auto offset = fact_of(band, "BLOCK_OFFSET_", block);
    if (!offset || *offset < around_block) return std::nullopt;
    const auto size = fact_of(band, "BLOCK_SIZE_", block);
    if (!size || *size == 0) return std::nullopt;
    return ByteRange{*offset - around_block, *size + 2 * around_block};
}

int alpha_among(const std::vector<BandFacts>& bands) noexcept {
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (bands[i].alpha) return static_cast<int>(i) + 1;
    }
    return mask_band;
}

}  // namespace

void OpenRaster::fetch_blocks(const std::vector<BlockAddress>& blocks,
                              const std::vector<int>& bands) const {
    if (!remote_) return;
    const GdalMessages messages;
    const int alpha = alpha_among(facts_.bands);
    std::vector<ByteRange> parts;
    for (const BlockAddress& block : blocks) {
        for (const int band : bands) {
            GDALRasterBand* const stored = band_at(block, band == mask_band ? alpha : band);
            if (stored == nullptr) continue;
            if (const auto part = place_of(*stored, block)) parts.push_back(*part);
        }
    }
    remote_->file().fetch(parts);
}

}  // namespace relief::source
