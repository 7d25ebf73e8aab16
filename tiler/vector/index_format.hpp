#pragma once
// The file that `relief add` makes of vector data, byte by byte.
//
//   header      64 bytes: magic, format version, number of sections, length of the whole file,
//               place of the directory, XXH3 of the directory
//   sections    in any order, each at a multiple of 8
//   directory   one SectionEntry for each section
//
// Numbers are little-endian. Features are numbered from 0 in Hilbert order of their middles.
//
//   schema      u32 count; for each attribute: u8 type, u32 length, UTF-8 name
//   ids         u64 for each feature: its id in the source
//   rows        u32 for each feature and attribute: 0 for null, else number of a value + 1
//   value_ends  u64 for each value: where its bytes end in `values`
//   values      u8 type (0 text, 1 integer, 2 number, 3 boolean), then text, i64, f64 or u8
//   level       LevelHead, of one generalised level; `number` counts levels from the coarsest
//   shapes      ShapeEntry in Hilbert order, the leaves of the tree of that level
//   tree        WorldBox32 for each inner node, level by level from the leaves up to the root: node
//               i holds nodes 16i … 16i+15 of the level below
//   geometry    bytes of geometry_code.hpp
//   thinned     ThinnedTile, ascending by zoom, row, column
//   moments     MomentEntry, ascending, each once; absent where no attribute tells a time
//   times       u32 for each feature: 0 for none, else number of a moment + 1
//   counts      CountEntry, ascending by row, column: the cells with points in them of one depth of
//               the quadtree, which is `number` (2^number cells go round the world). Depths that
//               would not save much over the points, or over the next deeper ones, are absent
//   labels      LabelEntry, ascending by feature: where the parts of areas have their names; absent
//               where there are no areas, and in files that were written before there were labels

#include <array>
#include <cstddef>
#include <cstdint>

namespace relief::vector {

inline constexpr std::array<char, 8> index_magic{'R', 'E', 'L', 'I', 'E', 'F', 'V', '\n'};
inline constexpr std::uint32_t index_version = 1;
inline constexpr std::size_t node_size = 16;

struct IndexHeader {
    std::array<char, 8> magic = index_magic;
    std::uint32_t version = index_version;
    std::uint32_t sections = 0;
    std::uint64_t length = 0;
    std::uint64_t directory = 0;
    std::uint64_t checksum = 0;
    std::array<std::uint64_t, 3> reserved{};
};
static_assert(sizeof(IndexHeader) == 64);

enum class SectionKind : std::uint32_t {
    schema = 1,
    ids,
    rows,
    value_ends,
    values,
    level,
    shapes,
    tree,
    geometry,
    thinned,
    moments,
    times,
    counts,
    labels,
};

struct SectionEntry {
    SectionKind kind = SectionKind::schema;
    std::uint32_t number = 0;  ///< of a level; 0 else
    std::uint64_t offset = 0;
    std::uint64_t length = 0;  ///< bytes
};
static_assert(sizeof(SectionEntry) == 24);

/// A level is for the zooms first_zoom … last_zoom.
struct LevelHead {
    std::uint32_t first_zoom = 0;
    std::uint32_t last_zoom = 0;
    std::uint32_t shift = 0;  ///< low bits that its coordinates leave out
    std::uint32_t shapes = 0;
};

/// Steps of the world; the last step on each axis stands for the edge too.
struct WorldBox32 {
    std::uint32_t left = 0;
    std::uint32_t top = 0;
    std::uint32_t right = 0;
    std::uint32_t bottom = 0;
};

struct ShapeEntry {
    WorldBox32 box;            ///< of a piece: the cell it is for
    std::uint64_t offset = 0;  ///< in the level's geometry
    std::uint32_t length = 0;  ///< bytes
    std::uint32_t feature = 0;
    float weight = 0;             ///< larger ones stay when not all features fit a tile
    std::uint8_t kind = 0;        ///< GeometryKind
    std::uint8_t first_zoom = 0;  ///< thinned out of the zooms before
    std::uint8_t piece = 0;       ///< 1: of a large shape, cut for the tiles inside `box` only
    std::uint8_t reserved = 0;
};
static_assert(sizeof(ShapeEntry) == 40);

struct ThinnedTile {
    std::uint32_t zoom = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t left_out =
        0;  ///< features whose middle lies in the tile and that it does not show
};

/// Units: milliseconds since 1970-01-01T00:00:00Z; both ends inside.
struct MomentEntry {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
static_assert(sizeof(MomentEntry) == 16);

/// Points of a cell of the quadtree; of a multipoint its middle.
struct CountEntry {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t count = 0;
    std::uint32_t first = 0;  ///< the lowest number of a feature
    std::uint64_t x = 0;      ///< sums of steps of the world
    std::uint64_t y = 0;
};
static_assert(sizeof(CountEntry) == 32);

struct LabelEntry {
    std::uint32_t feature = 0;
    std::uint32_t x = 0;  ///< steps of the world
    std::uint32_t y = 0;
    std::uint32_t first_zoom = 0;  ///< too small to be named before
};
static_assert(sizeof(LabelEntry) == 16);

}  // namespace relief::vector
