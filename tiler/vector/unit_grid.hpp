#pragma once
// From the world's lattice to the units of one tile.

#include "tiler/core/tile_id.hpp"
#include "tiler/vector/shape.hpp"
#include "tiler/vector/world.hpp"

#include <cstdint>

namespace relief::vector {

/// World steps to units of a tile, the same way for every tile: neighbours round alike.
class UnitGrid {
public:
    explicit UnitGrid(const TileId& tile)
        : zoom_(tile.zoom()), left_(world_box(tile).left), top_(world_box(tile).top) {}

    void to_units(Shape& shape) const {
        for (WorldPoint& point : shape.points) point = units_of(point);
    }
    WorldPoint units_of(const WorldPoint& steps) const noexcept {
        return {unit(steps.x - left_), unit(steps.y - top_)};
    }
    /// The window in steps of the world, and a unit more for what rounds into it.
    WorldBox steps_of(const WorldBox& window) const noexcept {
        return {left_ + below(window.left - 1),
                top_ + below(window.top - 1),
                left_ + above(window.right + 1),
                top_ + above(window.bottom + 1)};
    }

private:
    /// The last step that is not beyond so many units, and the first that is not before them.
    std::int64_t below(std::int64_t units) const noexcept {
        return zoom_ <= unit_zoom ? units * (std::int64_t{1} << (unit_zoom - zoom_))
                                  : units >> (zoom_ - unit_zoom);
    }
    std::int64_t above(std::int64_t units) const noexcept {
        return zoom_ <= unit_zoom ? below(units) : below(units) + 1;
    }
    std::int64_t unit(std::int64_t steps) const noexcept {
        if (zoom_ >= unit_zoom) return steps * (std::int64_t{1} << (zoom_ - unit_zoom));
        const unsigned bits = unit_zoom - zoom_;
        return (steps + (std::int64_t{1} << (bits - 1))) >> bits;
    }

    std::uint32_t zoom_;
    std::int64_t left_;
    std::int64_t top_;
};

}  // namespace relief::vector
