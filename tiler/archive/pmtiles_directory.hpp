#pragma once
// Which tile lies where in a PMTiles file.

#include "tiler/core/bytes.hpp"
#include "tiler/core/tile_id.hpp"

#include <cstdint>
#include <vector>

namespace relief::archive {

/// A run of tiles with the same bytes, one after the other in the order of their numbers.
struct PmtilesEntry {
    std::uint64_t tile = 0;    ///< number of the first
    std::uint64_t offset = 0;  ///< of the bytes, in the tiles' part of the file
    std::uint32_t length = 0;
    std::uint32_t run = 1;  ///< 0: of a leaf directory
};

/// Zooms one after the other, each along a Hilbert curve of its own.
/// Source: PMTiles specification 3.4, "Tile ID".
std::uint64_t pmtiles_number(const TileId& tile) noexcept;

struct PmtilesDirectories {
    Bytes root;    ///< packed, at most what the file's first 16 kB leave it
    Bytes leaves;  ///< packed, one after the other; none when the root holds all
};

/// `entries` ascend by number. Source: PMTiles specification 3.4, "Directories".
PmtilesDirectories pmtiles_directories(const std::vector<PmtilesEntry>& entries);

}  // namespace relief::archive
