#include "tiler/pipeline/report_source.hpp"

#include "tiler/pipeline/report_rows.hpp"
#include "tiler/vector/cell_grid.hpp"
#include "tiler/vector/index_builder.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace relief::pipeline {
namespace {

using shown::AreaRow;
using shown::PointRow;
using vector::CellGrid;
using vector::CellLattice;
using vector::CellSum;
using vector::WorldBox;
using vector::WorldPoint;

/// An area of 16 pixels of a tile's 512 is seen as one.
constexpr std::uint32_t zooms_from_tile_to_area = 5;
/// Clusters lie 64 pixels apart; nearer at zooms where single reports are looked for.
constexpr std::uint32_t clustered_widely = 16;
constexpr std::uint32_t cells_far = 8;
constexpr std::uint32_t cells_near = 32;
/// Told one by one; each costs a look into the store.
constexpr std::size_t most_single = 2000;
/// The same where a filter asks for what only the store tells.
constexpr std::size_t most_filtered = 100'000;
/// In a cell's lowest position: not a point.
constexpr std::uint32_t area_mark = 0x8000'0000;

WorldPoint world_point_of(const report::Spot& spot) noexcept {
    return {spot.x, spot.y};
}

WorldBox world_box_of(const report::Cell& cell) noexcept {
    const report::Spot low = report::spot_of(cell.first_key());
    const report::Spot high = report::spot_of(cell.last_key());
    return {low.x, low.y, high.x, high.y};
}

/// Cells of the zoom that the box meets; nothing when it lies off the world.
std::optional<shown::CellRange> range_of(const WorldBox& box, std::uint32_t zoom) {
    if (box.right < 0 || box.bottom < 0 || box.left >= vector::world_side ||
        box.top >= vector::world_side)
        return std::nullopt;
    const unsigned shift = 32U - zoom;
    const auto cell = [&](std::int64_t step) {
        return static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(step, 0, vector::world_side - 1) >> shift);
    };
    return shown::CellRange{static_cast<std::uint8_t>(zoom),
                            cell(box.left),
                            cell(box.top),
                            cell(box.right),
                            cell(box.bottom)};
}

/// The zoom at which some cells lie across the box, 16 at least.
std::uint32_t walking_zoom(const WorldBox& box) noexcept {
    const auto side = static_cast<std::uint64_t>(
        std::max<std::int64_t>({box.right - box.left, box.bottom - box.top, 1}));
    const auto bits = static_cast<std::uint32_t>(std::bit_width(side));
    return std::clamp<std::uint32_t>(bits >= 36 ? 0 : 36 - bits, 0, 28);
}

/// The request's filter and its time, as the rows are asked.
shown::RowFilter filter_of(const FeatureChoice& choice, const shown::Content& content) {
    shown::RowFilter filter;
    if (choice.reports) filter = shown::row_filter(*choice.reports, *content.categories);
    if (!choice.time || !content.times) return filter;
    const std::vector<InstantRange> ends{InstantRange(content.times->first),
                                         InstantRange(content.times->last)};
    const auto meant = interval_of(*choice.time, ends);
    if (!meant) {
        filter.statuses = 0;
        return filter;
    }
    if (meant->first) {
        const std::int32_t since = shown::minute_of(*meant->first);
        filter.since = std::max(filter.since.value_or(since), since);
    }
    if (meant->last) {
        const std::int32_t until = shown::minute_of(*meant->last);
        filter.until = std::min(filter.until.value_or(until), until);
    }
    return filter;
}

class ReportAnswer {
public:
    ReportAnswer(const shown::Sight& sight, const FeatureReach& reach)
        : content_(*sight.content),
          texts_(sight.texts.get()),
          reach_(reach),
          filter_(filter_of(reach.choice, content_)),
          builder_(report_attributes()) {}

    Result<OpenFeatures> make() {
        const bool single = reach_.zoom >= deepest_zoom && !reach_.choice.aggregate;
        if (auto added = add_seen_areas(); !added) return added.error();
        if (auto added = single ? add_single() : add_counted(); !added) return added.error();
        vector::WindowOptions options;
        options.zoom = deepest_zoom;  // nothing is thinned: what is there is counted
        auto index = builder_.in_memory(options);
        if (!index) return index.error();
        return OpenFeatures{std::move(*index), {}, 0};
    }

private:
    bool is_seen(const AreaRow& area) const noexcept {
        const auto& rule = reach_.choice.aggregate;
        if (rule && rule->form == vector::AggregateForm::cluster) return false;
        return area.cell.zoom <= reach_.asked_zoom + zooms_from_tile_to_area;
    }

    Result<std::vector<std::optional<shown::RowText>>> texts_of(
        std::span<const std::uint32_t> numbers) const {
        if (texts_ == nullptr || numbers.empty())
            return std::vector<std::optional<shown::RowText>>(numbers.size());
        return texts_->of(numbers);
    }

    /// Of what the texts tell: only where there is a filter, which may ask for it.
    Result<bool> passes(ReportValues& values, GeometryKind kind, std::uint32_t number) const {
        if (reach_.choice.filters.empty()) return true;
        std::uint64_t id = 0;
        if (number != 0) {
            const auto text = texts_of({&number, 1});
            if (!text) return text.error();
            if (!text->front()) return false;
            add_text(values, *text->front());
            id = text->front()->feature;
        }
        const ReportRow row(values, kind, id);
        return std::all_of(reach_.choice.filters.begin(),
                           reach_.choice.filters.end(),
                           [&](const auto& one) { return one.holds(row, reach_.asked_zoom); });
    }
    Result<bool> passes(const AreaRow& area) const {
        if (!filter_.holds(area)) return false;
        ReportValues values = values_of(area, *content_.categories);
        return passes(values, GeometryKind::area, area.number);
    }

    /// Those of one cell and level are one feature, whatever else they tell.
    Result<void> add_seen_areas() {
        const auto& areas = *content_.areas;
        for (auto area = areas.begin(); area != areas.end();) {
            auto end = std::find_if(area, areas.end(), [&](const AreaRow& other) {
                return other.cell != area->cell || other.level != area->level;
            });
            if (is_seen(*area) && world_box_of(area->cell).meets(reach_.box))
                if (auto added = add_area({&*area, static_cast<std::size_t>(end - area)}); !added)
                    return added;
            area = end;
        }
        return {};
    }

    Result<void> add_area(std::span<const AreaRow> rows) {
        std::optional<AreaRow> all;
        for (const AreaRow& row : rows) {
            const auto fits = passes(row);
            if (!fits) return fits.error();
            if (!*fits) continue;
            if (!all) {
                all = row;
                continue;
            }
            all->count += row.count;
            all->number = 0;
            all->first_minute = std::min(all->first_minute, row.first_minute);
            all->last_minute = std::max(all->last_minute, row.last_minute);
            if (all->category != row.category) all->category = 0;
            all->told_status = all->told_status && row.told_status && all->status == row.status &&
                               all->severity == row.severity;
        }
        if (!all) return {};
        ReportValues values = values_of(*all, *content_.categories);
        const auto path = static_cast<std::int64_t>(all->cell.path);
        std::uint64_t id = vector::id_of({path, all->cell.zoom * 4 + all->level});
        if (all->number != 0) {
            const auto text = texts_of({&all->number, 1});
            if (!text) return text.error();
            if (!text->front()) return {};
            add_text(values, *text->front());
            id = text->front()->feature;
        }
        builder_.add({id, {area_shape(all->cell)}, std::move(values)});
        return {};
    }

    /// Each by itself.
    Result<void> add_single() {
        const auto range = range_of(reach_.box, walking_zoom(reach_.box));
        if (!range) return {};
        std::vector<PointRow> rows;
        const std::size_t most = reach_.choice.filters.empty() ? most_single : most_filtered;
        const auto walked = content_.points.each(
            *range, filter_, reach_.deadline, [&](const PointRow& row, std::uint32_t) {
                const WorldPoint place = world_point_of(report::spot_of(row.key));
                if (reach_.box.holds({place.x, place.y, place.x, place.y})) rows.push_back(row);
                return rows.size() < most;
            });
        if (!walked) return walked;
        return add_points(rows);
    }

    Result<void> add_points(const std::vector<PointRow>& rows) {
        std::vector<std::uint32_t> numbers;
        numbers.reserve(rows.size());
        for (const PointRow& row : rows) numbers.push_back(row.number);
        const auto texts = texts_of(numbers);
        if (!texts) return texts.error();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& text = (*texts)[i];
            if (!text) continue;
            ReportValues values = values_of(rows[i], *content_.categories);
            add_text(values, *text);
            const ReportRow row(values, GeometryKind::point, text->feature);
            const bool wanted = std::all_of(
                reach_.choice.filters.begin(), reach_.choice.filters.end(), [&](const auto& one) {
                    return one.holds(row, reach_.asked_zoom);
                });
            if (!wanted) continue;
            builder_.add({text->feature,
                          {point_shape(world_point_of(report::spot_of(rows[i].key)))},
                          std::move(values)});
        }
        return {};
    }

    vector::AggregateRule rule() const {
        if (reach_.choice.aggregate) return *reach_.choice.aggregate;
        vector::AggregateRule clusters;
        clusters.cells = reach_.asked_zoom > clustered_widely ? cells_near : cells_far;
        return clusters;
    }

    Result<void> add_counted() {
        const vector::AggregateRule by = rule();
        const bool clusters = by.form == vector::AggregateForm::cluster;
        const bool hexagons = by.form == vector::AggregateForm::hexagon;
        const auto grid_zoom = std::min(
            reach_.asked_zoom + static_cast<std::uint32_t>(std::countr_zero(by.cells)), 28U);
        const CellLattice lattice(hexagons, vector::world_side >> grid_zoom);
        const WorldBox around =
            reach_.box.grown((clusters ? vector::joining_reach + 2 : 2) * lattice.side());
        CellGrid grid(lattice.place_of({around.left, around.top}),
                      lattice.place_of({around.right, around.bottom}));
        if (auto counted = count(lattice, grid_zoom, hexagons, grid); !counted) return counted;
        if (auto counted = count_areas(lattice, grid); !counted) return counted;
        return clusters ? add_clusters(grid, lattice.side()) : add_cells(grid, lattice);
    }

    Result<void> count(const CellLattice& lattice,
                       std::uint32_t grid_zoom,
                       bool hexagons,
                       CellGrid& grid) {
        WorldBox all = lattice.box_of(grid.place(0));
        all.join(lattice.box_of(grid.place(grid.size() - 1)));
        if (!reach_.choice.filters.empty()) return count_filtered(lattice, all, grid);
        if (hexagons) {
            const auto range = range_of(all, walking_zoom(all));
            if (!range) return {};
            return content_.points.each(
                *range, filter_, reach_.deadline, [&](const PointRow& row, std::uint32_t at) {
                    add_to(grid, lattice, row, at);
                    return true;
                });
        }
        const auto range = range_of(all, grid_zoom);
        if (!range) return {};
        return content_.points.count(
            *range,
            filter_,
            reach_.deadline,
            [&](std::uint32_t column, std::uint32_t row, const shown::CellTotal& total) {
                CellSum* const cell = grid.at({column, row});
                if (cell != nullptr) cell->add({total.count, total.x, total.y, total.first, 0, {}});
            });
    }

    static void add_to(CellGrid& grid,
                       const CellLattice& lattice,
                       const PointRow& row,
                       std::uint32_t at) {
        const report::Spot spot = report::spot_of(row.key);
        CellSum* const cell = grid.at(lattice.place_of(world_point_of(spot)));
        if (cell != nullptr) cell->add({1, spot.x, spot.y, at, 0, {}});
    }

    /// What a filter asks for is in the store: row by row.
    Result<void> count_filtered(const CellLattice& lattice, const WorldBox& all, CellGrid& grid) {
        const auto range = range_of(all, walking_zoom(all));
        if (!range) return {};
        std::vector<std::pair<PointRow, std::uint32_t>> rows;
        const auto walked = content_.points.each(
            *range, filter_, reach_.deadline, [&](const PointRow& row, std::uint32_t at) {
                rows.emplace_back(row, at);
                return rows.size() <= most_filtered;
            });
        if (!walked) return walked;
        if (rows.size() > most_filtered)
            return Error{Fault::too_large,
                         "filter asks each report here, and there are too many; look closer, or "
                         "choose by category, status, since and until"};
        for (const auto& [row, at] : rows) {
            if (reach_.deadline.passed())
                return Error{Fault::out_of_time, "the reports could not be counted in time"};
            ReportValues values = values_of(row, *content_.categories);
            const auto wanted = passes(values, GeometryKind::point, row.number);
            if (!wanted) return wanted.error();
            if (*wanted) add_to(grid, lattice, row, at);
        }
        return {};
    }

    /// Those that are too small to be seen, in their middles.
    Result<void> count_areas(const CellLattice& lattice, CellGrid& grid) {
        const auto& areas = *content_.areas;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            const AreaRow& area = areas[i];
            if (is_seen(area)) continue;
            const WorldPoint middle = middle_of(area.cell);
            CellSum* const cell = grid.at(lattice.place_of(middle));
            if (cell == nullptr) continue;
            const auto wanted = passes(area);
            if (!wanted) return wanted.error();
            if (!*wanted) continue;
            cell->add({area.count,
                       area.count * static_cast<std::uint64_t>(middle.x),
                       area.count * static_cast<std::uint64_t>(middle.y),
                       area_mark | static_cast<std::uint32_t>(i),
                       0,
                       {}});
        }
        return {};
    }

    Result<void> add_clusters(const CellGrid& grid, std::int64_t side) {
        std::vector<PointRow> lone;
        for (const auto& group : vector::joined_cells(grid, side)) {
            CellSum all;
            for (const std::size_t number : group) all.add(grid[number]);
            const WorldPoint middle = all.middle();
            if (!reach_.box.holds({middle.x, middle.y, middle.x, middle.y})) continue;
            if (all.count == 1 && (all.first & area_mark) == 0) {
                lone.push_back(content_.points.at(all.first));
                continue;
            }
            const std::uint64_t id = vector::id_of(grid.place(group.front()));
            builder_.add({id, {point_shape(middle)}, cluster_values(id, all.count)});
        }
        return add_points(lone);
    }

    Result<void> add_cells(const CellGrid& grid, const CellLattice& lattice) {
        for (std::size_t number = 0; number < grid.size(); ++number) {
            if (grid[number].count == 0) continue;
            ReportValues values(report_attributes().size());
            values[static_cast<std::size_t>(ReportField::point_count)] =
                static_cast<std::int64_t>(grid[number].count);
            builder_.add({vector::id_of(grid.place(number)),
                          {lattice.outline_of(grid.place(number))},
                          std::move(values)});
        }
        return {};
    }

    const shown::Content& content_;
    const shown::RowTexts* texts_;  ///< null where there is nothing
    const FeatureReach& reach_;
    shown::RowFilter filter_;
    vector::IndexBuilder builder_;
};

}  // namespace

Result<OpenFeatures> ReportFeatures::open(const FeatureReach& reach) const {
    return ReportAnswer(sight_, reach).make();
}

VectorDescription ReportFeatures::described(const shown::Content& content) {
    VectorDescription description;
    description.features = content.size();
    description.kinds = {GeometryKind::point};
    if (!content.areas->empty()) description.kinds.push_back(GeometryKind::area);
    description.attributes = report_attributes();
    description.bounds = content.bounds;
    description.minimum_zoom = 0;
    description.maximum_zoom = 22;
    description.crs = "EPSG:4326";
    description.crs_title = "WGS 84";
    if (content.times)
        description.times =
            FeatureTimes{"time", *content.times, InstantRange(content.times->last), {}};
    return description;
}

}  // namespace relief::pipeline
