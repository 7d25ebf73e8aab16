// An index of features lies on a disk that may be damaged.

#include "tiler/core/bytes.hpp"
#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/feature_at.hpp"
#include "tiler/vector/tile_features.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <xxhash.h>

namespace {

/// A header that fits the bytes: the checks of the directory's place and sum are for the disk, what
/// lies behind them is tried here. The first byte tells how many sections there are.
relief::Bytes with_header(const std::uint8_t* data, std::size_t size) {
    using relief::vector::IndexHeader;
    using relief::vector::SectionEntry;
    relief::Bytes bytes(sizeof(IndexHeader));
    bytes.insert(bytes.end(), data, data + size);
    IndexHeader header;
    header.sections = static_cast<std::uint32_t>(data[0] % (size / sizeof(SectionEntry) + 1));
    header.length = bytes.size();
    header.directory = bytes.size() - header.sections * sizeof(SectionEntry);
    header.checksum =
        XXH3_64bits(bytes.data() + header.directory, header.sections * sizeof(SectionEntry));
    std::memcpy(bytes.data(), &header, sizeof(header));
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const relief::Bytes bytes = with_header(data, size);
    const auto index = relief::vector::VectorIndex::read(bytes);
    if (!index) return 0;
    for (const std::uint32_t zoom : {0U, 7U, 14U, 24U}) {
        const auto tile = relief::TileId::make({.zoom = zoom, .column = 0, .row = 0});
        relief::vector::TileWish wish{"layer", std::nullopt, {}};
        wish.labels = true;
        static_cast<void>(relief::vector::tile_features(*index, *tile, wish));
        static_cast<void>(index->left_out(*tile));
        static_cast<void>(relief::vector::aggregated_features(*index, *tile, {}, {}));
    }
    static_cast<void>(relief::vector::features_at(*index, {{-179.9, 84.9}, 0.1}));
    return 0;
}
