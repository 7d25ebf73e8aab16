#include "tiler/geo/mercator.hpp"
#include "tiler/ingest/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace relief::ingest {
namespace {

using workspace::Mosaic;
using workspace::Scene;

constexpr std::uint64_t cells_of_block = 256ULL * 256;
constexpr std::uint64_t most_cells = 1ULL << 28U;
constexpr std::uint64_t most_bytes = 1ULL << 30U;

MercatorBox mercator_box(const geo::PlaneBox& box) noexcept {
    const MercatorPoint low = geo::to_mercator({box.west, box.south});
    const MercatorPoint high = geo::to_mercator({box.east, box.north});
    return {low.x, low.y, high.x, high.y};
}

/// Half of the scenes are smaller. Units: metres of EPSG:3857.
double median_side(const std::vector<Scene>& scenes) {
    std::vector<double> sides;
    for (const Scene& scene : scenes) {
        const MercatorBox box = mercator_box(geo::plane_box_of(scene.footprint));
        sides.push_back(std::sqrt((box.right - box.left) * (box.top - box.bottom)));
    }
    const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::nth_element(sides.begin(), middle, sides.end());
    return std::max(*middle, 1e-3);
}

std::uint32_t wished_zoom(const Mosaic& mosaic) {
    std::uint32_t finest = 0;
    for (const Scene& scene : mosaic.scenes()) finest = std::max(finest, scene.maximum_zoom);
    const double levels =
        std::floor(std::log2(2 * geo::mercator_half / median_side(mosaic.scenes())));
    return std::min(finest, static_cast<std::uint32_t>(std::max(levels, 0.0)));
}

struct TileRange {
    std::uint32_t left, top, right, bottom;  ///< last ones inside
};

TileRange tiles_of(const geo::PlaneBox& box, std::uint32_t zoom) {
    // A box that ends on the antimeridian ends with the last column, not before the first.
    const double east = std::min(box.east, std::nextafter(180.0, 0.0));
    const TileId first = geo::tile_at({box.west, box.north}, zoom);
    const TileId last = geo::tile_at({std::max(east, box.west), box.south}, zoom);
    return {first.column(), first.row(), last.column(), last.row()};
}

/// Where the scenes lie at one zoom; no more tiles are collected than an overview may have.
class Coverage {
public:
    /// `most`: tiles.
    Coverage(std::uint64_t most, const Mosaic& mosaic, std::uint32_t zoom) : most_(most) {
        for (const Scene& scene : mosaic.scenes()) {
            for (const geo::PlaneBox& box : geo::folded(geo::plane_box_of(scene.footprint)))
                add(tiles_of(box, zoom));
        }
    }
    bool fits() const noexcept {
        return tiles_.size() <= most_ &&
               std::uint64_t{right_ - left_ + 1} * (bottom_ - top_ + 1) * cells_of_block <=
                   most_cells;
    }
    PyramidPlan plan(std::uint32_t zoom) const {
        PyramidPlan plan{zoom, left_, top_, right_ - left_ + 1, bottom_ - top_ + 1, {}};
        plan.blocks.reserve(tiles_.size());
        for (const auto& [row, column] : tiles_)
            plan.blocks.push_back(std::uint64_t{row - top_} * plan.columns + (column - left_));
        return plan;
    }

private:
    void add(const TileRange& range) {
        left_ = std::min(left_, range.left);
        top_ = std::min(top_, range.top);
        right_ = std::max(right_, range.right);
        bottom_ = std::max(bottom_, range.bottom);
        for (std::uint32_t row = range.top; row <= range.bottom; ++row) {
            for (std::uint32_t column = range.left; column <= range.right; ++column) {
                if (tiles_.size() > most_) return;
                tiles_.emplace(row, column);
            }
        }
    }

    std::uint64_t most_;
    std::uint32_t left_ = ~0U, top_ = ~0U, right_ = 0, bottom_ = 0;
    std::set<std::pair<std::uint32_t, std::uint32_t>> tiles_;
};

}  // namespace

PyramidPlan plan_pyramid(const Mosaic& mosaic, std::size_t bytes_of_cell) {
    const std::uint64_t most = std::max<std::uint64_t>(
        1, most_bytes / (cells_of_block * std::max<std::size_t>(bytes_of_cell, 1)));
    for (std::uint32_t zoom = wished_zoom(mosaic);; --zoom) {
        const Coverage coverage(most, mosaic, zoom);
        if (zoom == 0 || coverage.fits()) return coverage.plan(zoom);
    }
}

}  // namespace relief::ingest
