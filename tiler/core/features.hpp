#pragma once
// The features of one tile, clipped and in the tile's own units, ready to be encoded or drawn.

#include "tiler/core/vector_description.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace relief {

using AttributeValue = std::variant<bool, std::int64_t, double, std::string>;

/// Units of a tile's side, whatever its zoom.
inline constexpr std::int32_t tile_extent = 4096;
/// How far geometry reaches over the tile's edge, in the same units: strokes need it.
inline constexpr std::int32_t tile_buffer = 64;

/// Units: 1/4096 of the tile's side, from its north-western corner, y down.
struct TilePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    bool operator==(const TilePoint&) const = default;
};

/// A part of a tile and of its buffer, both ends inside; at first all of it.
struct TileWindow {
    std::int32_t left = -tile_buffer;
    std::int32_t top = -tile_buffer;
    std::int32_t right = tile_extent + tile_buffer;
    std::int32_t bottom = tile_extent + tile_buffer;
    auto operator<=>(const TileWindow&) const = default;
};

/// A run of points: all points of a (multi)point, one line, or one ring without its closing point.
/// Rings: an exterior has a positive area by the surveyor's formula (clockwise as seen, y down),
/// the holes that follow it a negative one. Source: MVT 2.1, 4.3.4.4.
struct TilePath {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

struct TileFeature {
    std::uint64_t id = 0;
    GeometryKind kind = GeometryKind::point;
    std::uint32_t first_path = 0;
    std::uint32_t paths = 0;
    std::uint32_t first_tag = 0;  ///< tags: pairs of a key's and a value's number
    std::uint32_t tags = 0;
    double weight = 0;  ///< who stays when not all can: larger first
    /// Of an area: where its name stands, as far as that is in this tile, once in the whole world.
    std::uint32_t first_label = 0;
    std::uint32_t labels = 0;
    bool labels_known = false;  ///< false: nothing is known of it beyond the geometry here
};

struct FeatureTile {
    std::string name;  ///< of the layer
    std::vector<std::string> keys;
    std::vector<AttributeValue> values;
    std::vector<TileFeature> features;
    std::vector<TilePath> paths;
    std::vector<TilePoint> points;
    std::vector<std::uint32_t> tags;
    std::uint64_t left_out = 0;  ///< features that belong here and are not shown: thinned
    std::vector<TilePoint> labels{};
};

}  // namespace relief
