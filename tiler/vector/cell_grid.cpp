#include "tiler/vector/cell_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace relief::vector {
namespace {

/// Rows of hexagons of width 1 lie this far apart; their corners this far above their middle.
constexpr double row_step = std::numbers::sqrt3 / 2;
constexpr double corner_rise = std::numbers::inv_sqrt3;

bool is_odd(std::int64_t row) noexcept {
    return (row & 1) != 0;
}

std::int64_t floor_of(std::int64_t value, std::int64_t step) noexcept {
    return value >= 0 ? value / step : -((step - 1 - value) / step);
}

}  // namespace

WorldPoint CellLattice::centre_of(const CellPlace& place) const noexcept {
    if (!hexagons_) return {place.column * side_ + side_ / 2, place.row * side_ + side_ / 2};
    return {place.column * side_ + (is_odd(place.row) ? side_ / 2 : 0),
            std::llround(static_cast<double>(place.row * side_) * row_step)};
}

CellPlace CellLattice::place_of(const WorldPoint& point) const noexcept {
    if (!hexagons_) return {floor_of(point.x, side_), floor_of(point.y, side_)};
    // A hexagon is what is nearest to its middle.
    const auto above = static_cast<std::int64_t>(
        std::floor(static_cast<double>(point.y) / (static_cast<double>(side_) * row_step)));
    CellPlace best;
    double least = -1;
    for (const std::int64_t row : {above, above + 1}) {
        const std::int64_t shift = is_odd(row) ? side_ / 2 : 0;
        const CellPlace place{floor_of(point.x - shift + side_ / 2, side_), row};
        const WorldPoint centre = centre_of(place);
        const double distance = std::hypot(static_cast<double>(point.x - centre.x),
                                           static_cast<double>(point.y - centre.y));
        if (least >= 0 && distance >= least) continue;
        least = distance;
        best = place;
    }
    return best;
}

Shape CellLattice::outline_of(const CellPlace& place) const {
    Shape shape;
    shape.kind = GeometryKind::area;
    shape.begin_path();
    const WorldPoint centre = centre_of(place);
    const std::int64_t half = side_ / 2;
    if (!hexagons_) {
        const WorldPoint low{centre.x - half, centre.y - half};
        for (const WorldPoint& corner : {low,
                                         WorldPoint{low.x + side_, low.y},
                                         WorldPoint{low.x + side_, low.y + side_},
                                         WorldPoint{low.x, low.y + side_}})
            shape.add(corner);
        return shape;
    }
    const auto rise = std::llround(static_cast<double>(side_) * corner_rise);
    for (const WorldPoint& corner : {WorldPoint{centre.x, centre.y - rise},
                                     WorldPoint{centre.x + half, centre.y - rise / 2},
                                     WorldPoint{centre.x + half, centre.y + rise / 2},
                                     WorldPoint{centre.x, centre.y + rise},
                                     WorldPoint{centre.x - half, centre.y + rise / 2},
                                     WorldPoint{centre.x - half, centre.y - rise / 2}})
        shape.add(corner);
    return shape;
}

std::uint64_t id_of(const CellPlace& place) noexcept {
    constexpr std::uint64_t own = std::uint64_t{1} << 52U;
    std::uint64_t mixed =
        (static_cast<std::uint64_t>(place.row) << 32U) ^ static_cast<std::uint64_t>(place.column);
    // Source: S. Vigna, splitmix64, 2015.
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return own | ((mixed ^ (mixed >> 31U)) & (own - 1));
}

WorldBox CellLattice::box_of(const CellPlace& place) const noexcept {
    const WorldPoint centre = centre_of(place);
    return WorldBox{centre.x, centre.y, centre.x, centre.y}.grown(side_);
}

void CellSum::add(const CellSum& other) {
    if (other.count == 0) return;
    first = count == 0 ? other.first : std::min(first, other.first);
    count += other.count;
    x += other.x;
    y += other.y;
    sum += other.sum;
    for (const auto& [value, times] : other.tally) tally[value] += times;
}

CellGrid::CellGrid(CellPlace first, CellPlace last)
    : first_(first), columns_(static_cast<std::size_t>(last.column - first.column + 1)) {
    cells_.resize(columns_ * static_cast<std::size_t>(last.row - first.row + 1));
}

CellSum* CellGrid::at(const CellPlace& place) noexcept {
    const std::int64_t column = place.column - first_.column;
    const std::int64_t row = place.row - first_.row;
    if (column < 0 || row < 0 || column >= static_cast<std::int64_t>(columns_) ||
        row >= static_cast<std::int64_t>(rows()))
        return nullptr;
    return &cells_[static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column)];
}

namespace {

/// Cells whose middles lie close, the larger first. In each of two rounds those that are larger
/// than all that are close to them stay, and the others join the largest of these that is close to
/// them; what is left stands by itself. Two rounds: what comes of a cell then depends on its
/// surroundings alone, and hardly any are left.
class CellJoiner {
public:
    CellJoiner(const CellGrid& grid, std::int64_t side)
        : grid_(grid),
          reach_(static_cast<double>(side) * 0.75),  // circles of 3/8 of a cell do not overlap
          owner_(grid.size(), free_cell) {}

    std::vector<std::vector<std::size_t>> run() {
        for (int round = 0; round < 2; ++round) {
            mark_largest();
            join_largest();
        }
        std::vector<std::vector<std::size_t>> groups(grid_.size());
        for (std::size_t cell = 0; cell < grid_.size(); ++cell)
            if (grid_[cell].count != 0 && is_own(cell)) groups[cell].push_back(cell);
        for (std::size_t cell = 0; cell < grid_.size(); ++cell)
            if (grid_[cell].count != 0 && !is_own(cell)) groups[owner_[cell]].push_back(cell);
        std::erase_if(groups, [](const auto& group) { return group.empty(); });
        return groups;
    }

private:
    static constexpr std::size_t free_cell = static_cast<std::size_t>(-1);

    bool is_free(std::size_t cell) const { return owner_[cell] == free_cell; }
    bool is_own(std::size_t cell) const { return is_free(cell) || owner_[cell] == cell; }
    /// By number, then by place, which is told from the lowest feature: the same in every grid.
    bool is_larger(std::size_t a, std::size_t b) const {
        if (grid_[a].count != grid_[b].count) return grid_[a].count > grid_[b].count;
        return grid_[a].first < grid_[b].first;
    }
    bool is_close(std::size_t a, std::size_t b) const {
        const WorldPoint p = grid_[a].middle();
        const WorldPoint q = grid_[b].middle();
        return std::hypot(static_cast<double>(p.x - q.x), static_cast<double>(p.y - q.y)) < reach_;
    }
    /// The cells around it that have something in them and are close.
    template <typename Visit>
    void each_close(std::size_t cell, const Visit& visit) const {
        const auto columns = static_cast<std::int64_t>(grid_.columns());
        const auto rows = static_cast<std::int64_t>(grid_.rows());
        const auto column = static_cast<std::int64_t>(cell) % columns;
        const auto row = static_cast<std::int64_t>(cell) / columns;
        for (std::int64_t r = std::max<std::int64_t>(row - 1, 0); r <= std::min(row + 1, rows - 1);
             ++r)
            for (std::int64_t c = std::max<std::int64_t>(column - 1, 0);
                 c <= std::min(column + 1, columns - 1);
                 ++c) {
                const auto other = static_cast<std::size_t>(r * columns + c);
                if (other != cell && grid_[other].count != 0 && is_close(cell, other)) visit(other);
            }
    }

    void mark_largest() {
        std::vector<std::size_t> largest;
        for (std::size_t cell = 0; cell < grid_.size(); ++cell) {
            if (grid_[cell].count == 0 || !is_free(cell)) continue;
            bool beaten = false;
            each_close(cell, [&](std::size_t other) {
                beaten = beaten || (is_free(other) && is_larger(other, cell));
            });
            if (!beaten) largest.push_back(cell);
        }
        centres_.assign(grid_.size(), false);
        for (const std::size_t cell : largest) {
            owner_[cell] = cell;
            centres_[cell] = true;
        }
    }

    void join_largest() {
        for (std::size_t cell = 0; cell < grid_.size(); ++cell) {
            if (grid_[cell].count == 0 || !is_free(cell)) continue;
            std::size_t best = free_cell;
            each_close(cell, [&](std::size_t other) {
                if (centres_[other] && (best == free_cell || is_larger(other, best))) best = other;
            });
            owner_[cell] = best;
        }
    }

    const CellGrid& grid_;
    double reach_;
    std::vector<std::size_t> owner_;
    std::vector<bool> centres_;  ///< of this round
};

}  // namespace

std::vector<std::vector<std::size_t>> joined_cells(const CellGrid& grid, std::int64_t side) {
    return CellJoiner(grid, side).run();
}

}  // namespace relief::vector
