#include "tiler/pipeline/report_source.hpp"

#include "tiler/pipeline/report_choice.hpp"
#include "tiler/pipeline/report_counter.hpp"
#include "tiler/pipeline/report_rows.hpp"
#include "tiler/pipeline/report_window.hpp"
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

/// Clusters lie 64 pixels apart; nearer at zooms where single reports are looked for.
constexpr std::uint32_t clustered_widely = 16;
constexpr std::uint32_t cells_far = 8;
constexpr std::uint32_t cells_near = 32;
/// Told one by one; each costs a look into the store.
constexpr std::size_t most_single = 2000;

ReportCount counted(const CellSum& sum) noexcept {
    return {sum.count, static_cast<std::uint64_t>(sum.sum)};
}

class ReportAnswer {
public:
    ReportAnswer(const shown::Sight& sight, const FeatureReach& reach)
        : content_(*sight.content),
          reach_(reach),
          choice_(sight, reach),
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
    /// Those of one cell and level are one feature, whatever else they tell.
    Result<void> add_seen_areas() {
        const auto& areas = *content_.areas;
        for (auto area = areas.begin(); area != areas.end();) {
            auto end = std::find_if(area, areas.end(), [&](const AreaRow& other) {
                return other.cell != area->cell || other.level != area->level;
            });
            if (choice_.is_seen(*area) && world_box_of(area->cell).meets(reach_.box))
                if (auto added = add_area({&*area, static_cast<std::size_t>(end - area)}); !added)
                    return added;
            area = end;
        }
        return {};
    }

    static void join(AreaRow& all, const AreaRow& row) noexcept {
        all.count += row.count;
        all.number = 0;
        all.first_minute = std::min(all.first_minute, row.first_minute);
        all.last_minute = std::max(all.last_minute, row.last_minute);
        if (all.category != row.category) all.category = 0;
        all.told_status = all.told_status && row.told_status && all.status == row.status &&
                          all.severity == row.severity;
    }

    Result<void> add_area(std::span<const AreaRow> rows) {
        std::optional<AreaRow> all;
        std::uint64_t weight = 0;
        for (const AreaRow& row : rows) {
            const auto fits = choice_.passes(row);
            if (!fits) return fits.error();
            if (!*fits) continue;
            weight += weight_of(row);
            if (all)
                join(*all, row);
            else
                all = row;
        }
        if (!all) return {};
        ReportValues values = values_of(*all, *content_.categories);
        set_weight(values, weight);
        const auto path = static_cast<std::int64_t>(all->cell.path);
        std::uint64_t id = vector::id_of({path, all->cell.zoom * 4 + all->level});
        if (all->number != 0) {
            const auto text = choice_.texts_of({&all->number, 1});
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
        Result<void> asked;
        auto walked = content_.points.each(
            *range, choice_.rows(), reach_.deadline, [&](const PointRow& row, std::uint32_t) {
                const WorldPoint place = world_point_of(report::spot_of(row.key));
                if (!reach_.box.holds({place.x, place.y, place.x, place.y})) return true;
                const auto wanted = choice_.passes(row);
                if (!wanted) asked = wanted.error();
                if (wanted && *wanted) rows.push_back(row);
                return asked && rows.size() < most_single;
            });
        if (!asked || !walked) return asked ? walked : asked;
        return add_points(rows);
    }

    Result<void> add_points(const std::vector<PointRow>& rows) {
        std::vector<std::uint32_t> numbers;
        numbers.reserve(rows.size());
        for (const PointRow& row : rows) numbers.push_back(row.number);
        const auto texts = choice_.texts_of(numbers);
        if (!texts) return texts.error();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& text = (*texts)[i];
            if (!text) continue;
            ReportValues values = values_of(rows[i], *content_.categories);
            add_text(values, *text);
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
        const ReportCounter counter(content_, reach_, choice_);
        if (auto done = counter.count({lattice, grid_zoom, hexagons}, grid); !done) return done;
        if (auto done = counter.count_areas(lattice, grid); !done) return done;
        return clusters ? add_clusters(grid, lattice.side()) : add_cells(grid, lattice);
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
            builder_.add({id, {point_shape(middle)}, cluster_values(id, counted(all))});
        }
        return add_points(lone);
    }

    Result<void> add_cells(const CellGrid& grid, const CellLattice& lattice) {
        for (std::size_t number = 0; number < grid.size(); ++number) {
            if (grid[number].count == 0) continue;
            builder_.add({vector::id_of(grid.place(number)),
                          {lattice.outline_of(grid.place(number))},
                          cell_values(counted(grid[number]))});
        }
        return {};
    }

    const shown::Content& content_;
    const FeatureReach& reach_;
    ReportChoice choice_;
    vector::IndexBuilder builder_;
};

}  // namespace

Result<OpenFeatures> ReportFeatures::open(const FeatureReach& reach) const {
    return ReportAnswer(sight_, reach).make();
}

}  // namespace relief::pipeline
