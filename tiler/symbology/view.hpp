#pragma once
// What a picture of a map shows: where, how large, turned how far.

#include "tiler/canvas/images.hpp"
#include "tiler/core/boxes.hpp"
#include "tiler/core/tile_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relief::symbology {

/// Units: the side of the Web Mercator square is 1; (0, 0) is its north-western corner, y down. Any
/// x is allowed: the world repeats.
struct WorldPlace {
    double x = 0;
    double y = 0;
};

/// CRS: EPSG:4326. Latitudes beyond the square's edge (85.0511 degrees) are held at it.
WorldPlace world_place(const LonLat& place) noexcept;

/// Units: zoom as MapLibre counts it, the world is 512 × 2^zoom style pixels wide; bearing in
/// degrees, clockwise, the direction that is up; size in pixels of the picture, of which `ratio`
/// make one style pixel.
struct View {
    WorldPlace centre;
    double zoom = 0;
    double bearing = 0;
    PixelSize size;
    double ratio = 1;
};

/// The square of one tile: its numbers, and in which copy of the world it lies (0: the first).
struct TileSquare {
    TileId tile;
    std::int32_t world = 0;
};

/// Zooms that a source has tiles of, and how many style pixels wide one is meant to be.
struct TileLevels {
    std::uint32_t lowest = 0;
    std::uint32_t deepest = 22;
    double side = 512;
    bool rounded = false;  ///< the zoom nearest to the view's, as of pictures; else the one below
};

/// How far around a picture tiles are wanted, and how many at most.
struct TileReach {
    double margin = 0;  ///< pixels
    std::size_t most = 4096;
};

/// From the world to a picture and back.
class ViewFrame {
public:
    explicit ViewFrame(const View& view) noexcept;

    const View& view() const noexcept { return view_; }
    canvas::Point pixel_of(const WorldPlace& place) const noexcept;
    WorldPlace place_of(canvas::Point pixel) const noexcept;

    /// How 1/units of a tile's side comes to lie in the picture.
    canvas::Placement placement_of(const TileSquare& square, double units) const noexcept;
    /// The corners of the tile in the picture, in order around it.
    std::array<canvas::Point, 4> corners_of(const TileSquare& square) const noexcept;

    /// The tiles that show something within the picture and the margin around it, row by row; none
    /// where the source has no tiles as coarse as the view. Whoever must know whether `most` left
    /// some out asks for one more.
    std::vector<TileSquare> tiles(const TileLevels& levels, const TileReach& reach = {}) const;

private:
    View view_;
    double pixels_;  ///< of the world's side
    double cosine_;
    double sine_;
};

}  // namespace relief::symbology
