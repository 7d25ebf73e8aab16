#pragma once
// The tiles of a place over a range of zooms, each with a number.

#include "tiler/core/boxes.hpp"
#include "tiler/core/tile_id.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace relief::archive {

/// Both inside; lowest <= highest <= deepest_zoom.
struct ZoomRange {
    std::uint32_t lowest = 0;
    std::uint32_t highest = 0;
    bool operator==(const ZoomRange&) const = default;
};

/// Where a package lies, as TileJSON and MBTiles say it: an area over the antimeridian is -180 to
/// 180, its centre still lies on the area.
struct Extent {
    LonLatBox bounds;
    LonLat centre;
};

/// The part of `asked` that has data; nothing when there is none. Either may cross the
/// antimeridian.
std::optional<Extent> common_extent(const LonLatBox& asked, const LonLatBox& data);

/// Every tile that shares more than an edge with `asked` and lies within reach of the data, zoom
/// after zoom. Tiles of one zoom are numbered quadrant after quadrant, so that neighbours in number
/// are neighbours on the ground, and each is found by its number alone.
class TileArea {
public:
    /// `data`: bounds known from samples of an outline; a fiftieth of their size is added on each
    /// side for what bends between the samples.
    TileArea(const LonLatBox& asked, const LonLatBox& data, ZoomRange zooms);

    std::uint64_t size() const noexcept;
    /// Tiles of the zooms up to and with this one.
    std::uint64_t size_to(std::uint32_t zoom) const noexcept;
    /// `number` is below size().
    TileId tile(std::uint64_t number) const;

private:
    struct Columns {
        std::uint32_t first, last;
    };
    struct Level {
        std::uint32_t zoom = 0;
        std::uint32_t first_row = 0, last_row = 0;
        std::vector<Columns> columns;  ///< ascending, apart from each other
        std::uint64_t begin = 0;       ///< number of its first tile
        std::uint64_t size = 0;
    };
    struct Square {
        std::uint32_t column, row;  ///< of its north-western tile
        std::uint32_t side_bits;    ///< 2^side_bits tiles a side
    };
    static std::uint64_t count_in(const Level& level, const Square& square) noexcept;

    std::vector<Level> levels_;
};

}  // namespace relief::archive
