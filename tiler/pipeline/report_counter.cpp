#include "tiler/pipeline/report_counter.hpp"

#include "tiler/pipeline/report_rows.hpp"
#include "tiler/pipeline/report_window.hpp"

namespace relief::pipeline {
namespace {

using shown::AreaRow;
using shown::CellRange;
using shown::PointRow;
using vector::CellGrid;
using vector::CellLattice;
using vector::CellSum;
using vector::WorldBox;
using vector::WorldPoint;

void add_to(CellGrid& grid, const CellLattice& lattice, const PointRow& row, std::uint32_t at) {
    const report::Spot spot = report::spot_of(row.key);
    CellSum* const cell = grid.at(lattice.place_of(world_point_of(spot)));
    if (cell == nullptr) return;
    const auto severity = static_cast<report::Severity>(row.severity);
    cell->add({1, spot.x, spot.y, at, static_cast<double>(report::weight_of(severity)), {}});
}

CellSum sum_of(const shown::CellTotal& total) {
    return {total.count, total.x, total.y, total.first, static_cast<double>(total.weight), {}};
}

}  // namespace

Result<void> ReportCounter::count(const Cells& cells, CellGrid& grid) const {
    const CellLattice& lattice = cells.lattice;
    WorldBox all = lattice.box_of(grid.place(0));
    all.join(lattice.box_of(grid.place(grid.size() - 1)));
    const bool each = !reach_.choice.filters.empty();
    const bool squares = !cells.hexagons;
    const auto range = range_of(all, each || !squares ? walking_zoom(all) : cells.zoom);
    if (!range) return {};
    if (each) return count_each(lattice, *range, grid);
    if (!squares) return count_hexagons(lattice, *range, grid);
    return content_.points.count(
        *range,
        choice_.rows(),
        reach_.deadline,
        [&](std::uint32_t column, std::uint32_t row, const shown::CellTotal& total) {
            CellSum* const cell = grid.at({column, row});
            if (cell != nullptr) cell->add(sum_of(total));
        });
}

/// Squares that lie in one hexagon are counted at once; what lies about its sides, point by point.
Result<void> ReportCounter::count_hexagons(const CellLattice& lattice,
                                           const CellRange& range,
                                           CellGrid& grid) const {
    const auto hexagon_of = [&](std::int64_t x, std::int64_t y) {
        return lattice.place_of({x, y});
    };
    shown::Columns::Parts parts;
    parts.is_whole = [&](const report::Cell& cell) {
        const WorldBox box = world_box_of(cell);
        const vector::CellPlace corner = hexagon_of(box.left, box.top);
        return hexagon_of(box.right, box.bottom) == corner &&
               hexagon_of(box.right, box.top) == corner &&
               hexagon_of(box.left, box.bottom) == corner;
    };
    parts.take_cell = [&](const report::Cell& cell, const shown::CellTotal& total) {
        const WorldBox box = world_box_of(cell);
        CellSum* const hexagon = grid.at(hexagon_of(box.left, box.top));
        if (hexagon != nullptr) hexagon->add(sum_of(total));
    };
    parts.take_point = [&](const PointRow& row, std::uint32_t at) {
        add_to(grid, lattice, row, at);
    };
    return content_.points.count_parts(range, choice_.rows(), reach_.deadline, parts);
}

Result<void> ReportCounter::count_each(const CellLattice& lattice,
                                       const CellRange& range,
                                       CellGrid& grid) const {
    Result<void> asked;
    auto walked = content_.points.each(
        range, choice_.rows(), reach_.deadline, [&](const PointRow& row, std::uint32_t at) {
            const auto wanted = choice_.passes(row);
            if (!wanted) asked = wanted.error();
            if (wanted && *wanted) add_to(grid, lattice, row, at);
            return asked.has_value();
        });
    return asked ? walked : asked;
}

Result<void> ReportCounter::count_areas(const CellLattice& lattice, CellGrid& grid) const {
    const auto& areas = *content_.areas;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const AreaRow& area = areas[i];
        if (choice_.is_seen(area)) continue;
        const WorldPoint middle = middle_of(area.cell);
        CellSum* const cell = grid.at(lattice.place_of(middle));
        if (cell == nullptr) continue;
        const auto wanted = choice_.passes(area);
        if (!wanted) return wanted.error();
        if (!*wanted) continue;
        cell->add({area.count,
                   area.count * static_cast<std::uint64_t>(middle.x),
                   area.count * static_cast<std::uint64_t>(middle.y),
                   area_mark | static_cast<std::uint32_t>(i),
                   static_cast<double>(weight_of(area)),
                   {}});
    }
    return {};
}

}  // namespace relief::pipeline
