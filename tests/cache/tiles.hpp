#pragma once
// Tiles and keys to try the caches with.

#include "server/cache/cached_tile.hpp"
#include "server/cache/tile_key.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace relief::cache {

constexpr std::size_t mebibyte = std::size_t{1} << 20U;
constexpr std::size_t block = 4096;  ///< a file system hands out no less

inline TileKey key_of(std::size_t number) {
    return TileKey("anonymous/flood/v1/" + std::to_string(number) + ".png");
}

/// A body of `bytes` equal bytes, the number's lowest one: a wrong tile shows.
inline CachedTile tile_of(std::size_t number, std::size_t bytes) {
    return {.bytes = std::make_shared<const Bytes>(bytes, static_cast<std::uint8_t>(number)),
            .media_type = "image/png",
            .etag = "v1-" + std::to_string(number),
            .empty = false,
            .modified = Instant{1704067200000}};
}

inline TilePointer pointer_to(CachedTile tile) {
    return std::make_shared<const CachedTile>(std::move(tile));
}

}  // namespace relief::cache
