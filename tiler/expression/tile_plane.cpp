#include "tiler/expression/tile_plane.hpp"

#include <cmath>
#include <numbers>

namespace relief::expression {
namespace {

constexpr double pi = std::numbers::pi;

/// Each path with its points put elsewhere.
template <typename Place>
std::vector<Line> placed(const TileGeometry& geometry, const Place& place) {
    std::vector<Line> lines;
    for (const TilePath& path : geometry.paths) {
        Line line;
        for (const Position& each : geometry.positions.subspan(path.first, path.count))
            line.push_back(place(each));
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace

double world_size(std::uint32_t zoom) {
    return std::ldexp(plane_extent, static_cast<int>(zoom));
}

Position to_world(const Position& lon_lat) {
    return {(180 + lon_lat.x) / 360,
            (180 - 180 / pi * std::log(std::tan(pi / 4 + lon_lat.y * pi / 360))) / 360};
}

Position to_plane(const Position& lon_lat, std::uint32_t zoom) {
    return rounded(to_world(lon_lat), zoom);
}

Position rounded(const Position& world, std::uint32_t zoom) {
    const double size = world_size(zoom);
    // Halves go up, as ECMAScript rounds: a border then falls on the same unit as there.
    return {std::floor(world.x * size + 0.5), std::floor(world.y * size + 0.5)};
}

std::vector<Line> paths_in_plane(const TileGeometry& geometry, const TileId& tile) {
    const double scale = plane_extent / geometry.extent;
    const Position corner{tile.column() * plane_extent, tile.row() * plane_extent};
    return placed(geometry, [&](const Position& point) {
        return Position{corner.x + point.x * scale, corner.y + point.y * scale};
    });
}

std::vector<Line> paths_on_globe(const TileGeometry& geometry, const TileId& tile) {
    const double tiles = std::ldexp(1.0, static_cast<int>(tile.zoom()));
    const double extent = geometry.extent;
    return placed(geometry, [&](const Position& point) {
        const double x = (point.x / extent + tile.column()) / tiles;
        const double y = (point.y / extent + tile.row()) / tiles;
        const double latitude = 360 / pi * std::atan(std::exp((180 - y * 360) * pi / 180)) - 90;
        return Position{x * 360 - 180, latitude};
    });
}

}  // namespace relief::expression
