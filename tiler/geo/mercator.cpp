#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace relief::geo {
namespace {

constexpr double tile_pixels = 256;

double degrees(double radians) noexcept {
    return radians * 180 / std::numbers::pi;
}
double radians(double degrees) noexcept {
    return degrees * std::numbers::pi / 180;
}

double tile_side(std::uint32_t zoom) noexcept {
    return 2 * mercator_half / static_cast<double>(1U << zoom);
}

/// The parts of a box on either side of the antimeridian as [west, east] with west <= east.
struct Spans {
    std::array<std::array<double, 2>, 2> span{};
    std::size_t count = 0;
};

Spans spans_of(const LonLatBox& box) noexcept {
    if (box.west <= box.east) return {{{{box.west, box.east}}}, 1};
    return {{{{box.west, 180}, {-180, box.east}}}, 2};
}

}  // namespace

MercatorBox mercator_box_of(const TileId& tile) noexcept {
    const double side = tile_side(tile.zoom());
    // Each edge from its own number: neighbours share it to the last bit.
    const auto column_edge = [&](std::uint32_t column) { return -mercator_half + column * side; };
    const auto row_edge = [&](std::uint32_t row) { return mercator_half - row * side; };
    return {column_edge(tile.column()),
            row_edge(tile.row() + 1),
            column_edge(tile.column() + 1),
            row_edge(tile.row())};
}

LonLatBox lon_lat_box_of(const TileId& tile) noexcept {
    const MercatorBox box = mercator_box_of(tile);
    const LonLat lower = to_lon_lat({box.left, box.bottom});
    const LonLat upper = to_lon_lat({box.right, box.top});
    return {lower.longitude, lower.latitude, upper.longitude, upper.latitude};
}

MercatorPoint to_mercator(LonLat place) noexcept {
    const double latitude = std::clamp(place.latitude, -mercator_latitude, mercator_latitude);
    return {place.longitude / 180 * mercator_half,
            std::asinh(std::tan(radians(latitude))) / std::numbers::pi * mercator_half};
}

LonLat to_lon_lat(MercatorPoint point) noexcept {
    return {point.x / mercator_half * 180,
            degrees(std::atan(std::sinh(point.y / mercator_half * std::numbers::pi)))};
}

TileId tile_at(LonLat place, std::uint32_t zoom) {
    const std::uint32_t deep = std::min(zoom, deepest_zoom);
    const auto count = static_cast<double>(1U << deep);
    const MercatorPoint point = to_mercator(place);
    const double turns = (point.x + mercator_half) / (2 * mercator_half);
    const double column = std::floor((turns - std::floor(turns)) * count);
    const double row = std::floor((mercator_half - point.y) / (2 * mercator_half) * count);
    const auto inside = [&](double value) {
        return static_cast<std::uint32_t>(std::clamp(value, 0.0, count - 1));
    };
    return *TileId::make({.zoom = deep, .column = inside(column), .row = inside(row)});
}

double metres_per_pixel(std::uint32_t zoom) noexcept {
    return 2 * mercator_half / tile_pixels / static_cast<double>(1U << std::min(zoom, 31U));
}

std::uint32_t zoom_for(double mercator_metres_per_cell) noexcept {
    std::uint32_t zoom = 0;
    // 1 % of slack: a 10 m grid in another projection is seldom exactly 10 m.
    while (zoom < deepest_zoom && metres_per_pixel(zoom) > mercator_metres_per_cell * 1.01) ++zoom;
    return zoom;
}

bool overlap(const LonLatBox& a, const LonLatBox& b) noexcept {
    if (a.north <= b.south || b.north <= a.south) return false;
    const Spans left = spans_of(a);
    const Spans right = spans_of(b);
    for (std::size_t i = 0; i < left.count; ++i) {
        for (std::size_t k = 0; k < right.count; ++k) {
            if (left.span[i][0] < right.span[k][1] && right.span[k][0] < left.span[i][1]) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace relief::geo
