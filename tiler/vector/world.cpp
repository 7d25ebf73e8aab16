#include "tiler/vector/world.hpp"

#include "tiler/vector/vector_index.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace relief::vector {
namespace {

constexpr std::size_t strips = 3600;
constexpr std::int64_t strip_count = strips;

/// Which tenths of a degree of longitude hold anything.
class Longitudes {
public:
    void take(const WorldBox& box) {
        const std::size_t last = strip(box.right);
        for (std::size_t i = strip(box.left); i <= last; ++i) taken_[i] = true;
    }
    /// The widest free run; none when the ends of the world are free.
    std::optional<std::pair<std::size_t, std::size_t>> gap() const {
        if (!taken_.front() || !taken_.back()) return std::nullopt;
        std::pair<std::size_t, std::size_t> widest{0, 0};
        for (std::size_t i = 0; i < strips; ++i) {
            std::size_t end = i;
            while (end < strips && !taken_[end]) ++end;
            if (end - i > widest.second - widest.first) widest = {i, end};
            if (end > i) i = end - 1;
        }
        if (widest.first == widest.second) return std::nullopt;
        return widest;
    }

private:
    static std::size_t strip(std::int64_t x) {
        const std::int64_t inside = std::clamp<std::int64_t>(x, 0, world_side - 1);
        return static_cast<std::size_t>(inside * static_cast<std::int64_t>(strips) / world_side);
    }
    std::array<bool, strips> taken_{};
};

}  // namespace

WorldPoint world_point(LonLat place) noexcept {
    const double latitude = std::clamp(place.latitude, -mercator_latitude, mercator_latitude);
    const double sine = std::sin(latitude * std::numbers::pi / 180);
    const double x = place.longitude / 360 + 0.5;
    const double y = 0.5 - std::log((1 + sine) / (1 - sine)) / (4 * std::numbers::pi);
    const auto step = [](double share) {
        return std::llround(std::clamp(share, 0.0, 1.0) * static_cast<double>(world_side));
    };
    return {step(x), step(y)};
}

LonLat lon_lat(WorldPoint point) noexcept {
    const auto side = static_cast<double>(world_side);
    const double x = static_cast<double>(point.x) / side - 0.5;
    const double y = 0.5 - static_cast<double>(point.y) / side;
    return {x * 360, std::atan(std::sinh(y * 2 * std::numbers::pi)) * 180 / std::numbers::pi};
}

WorldBox world_box(const TileId& tile) noexcept {
    const std::int64_t side = world_side >> tile.zoom();
    const std::int64_t left = tile.column() * side;
    const std::int64_t top = tile.row() * side;
    return {left, top, left + side - 1, top + side - 1};
}

LonLatBox bounds_of(const LevelDraft& level) {
    WorldBox all = box_of(level.shapes.front().box);
    Longitudes longitudes;
    for (const DraftShape& shape : level.shapes) {
        all.join(box_of(shape.box));
        longitudes.take(box_of(shape.box));
    }
    const LonLat north_west = lon_lat({all.left, all.top});
    const LonLat south_east = lon_lat({all.right, all.bottom});
    LonLatBox bounds{
        north_west.longitude, south_east.latitude, south_east.longitude, north_west.latitude};
    const auto gap = longitudes.gap();
    if (!gap) return bounds;
    // On both sides of the antimeridian: from the end of the gap around to its begin.
    const std::int64_t first = static_cast<std::int64_t>(gap->first) * world_side / strip_count;
    const std::int64_t end = static_cast<std::int64_t>(gap->second) * world_side / strip_count;
    std::int64_t east = 0;
    std::int64_t west = world_side;
    for (const DraftShape& shape : level.shapes) {
        const WorldBox box = box_of(shape.box);
        if (box.right <= first + world_side / strip_count) east = std::max(east, box.right);
        if (box.left >= end - world_side / strip_count) west = std::min(west, box.left);
    }
    bounds.west = lon_lat({west, 0}).longitude;
    bounds.east = lon_lat({east, 0}).longitude;
    return bounds;
}

}  // namespace relief::vector
