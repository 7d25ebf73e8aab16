#include "tiler/vector/aggregate.hpp"

#include "tiler/core/abbreviated_count.hpp"
#include "tiler/vector/cell_count.hpp"
#include "tiler/vector/clip.hpp"
#include "tiler/vector/simplify.hpp"
#include "tiler/vector/unit_grid.hpp"
#include "tiler/vector/world.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace relief::vector {
namespace {

constexpr std::size_t most_values = 32;

/// All of the tile and of its buffer.
WorldBox whole_window() noexcept {
    constexpr TileWindow window{};
    return {window.left, window.top, window.right, window.bottom};
}

/// A cluster's middle may lie a cell away from the cell that its others joined.
constexpr std::int64_t margin_of(AggregateForm form) noexcept {
    return form == AggregateForm::cluster ? joining_reach + 2 : 1;
}

/// Of a cell, in steps of the world.
std::int64_t side_of(const TileId& tile, const AggregateRule& rule) noexcept {
    return (world_side >> tile.zoom()) / static_cast<std::int64_t>(rule.cells);
}

std::string text_of(const AttributeValue& value) {
    struct Words {
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const {
            std::string text = std::to_string(number);
            text.erase(text.find_last_not_of('0') + 1);
            if (text.ends_with('.')) text.pop_back();
            return text;
        }
    };
    return std::visit(Words{}, value);
}

class AggregateTile {
public:
    AggregateTile(const VectorIndex& index,
                  const TileId& tile,
                  const TileWish& wish,
                  const AggregateRule& rule)
        : index_(index),
          wish_(wish),
          rule_(rule),
          units_(tile),
          box_(world_box(tile)),
          lattice_(rule.form == AggregateForm::hexagon, side_of(tile, rule)) {
        result_.name = wish.name;
    }

    Result<FeatureTile> make() {
        const std::int64_t margin = margin_of(rule_.form) * lattice_.side();
        const WorldBox around = box_.grown(margin);
        CellGrid grid(lattice_.place_of({around.left, around.top}),
                      lattice_.place_of({around.right, around.bottom}));
        const auto counted = count_cells({index_, wish_, rule_}, lattice_, grid);
        if (!counted) return counted.error();
        const auto written =
            rule_.form == AggregateForm::cluster ? add_clusters(grid) : add_areas(grid);
        if (!written) return written.error();
        return std::move(result_);
    }

private:
    Result<void> add_areas(const CellGrid& grid) {
        for (std::size_t number = 0; number < grid.size(); ++number) {
            if (grid[number].count == 0) continue;
            Shape shape = lattice_.outline_of(grid.place(number));
            units_.to_units(shape);
            if (!whole_window().holds(vector::box_of(shape))) {
                shape = clipped(shape, whole_window());
                shape = snapped(shape, 0);
            }
            if (shape.empty()) continue;
            wind(shape);
            add_feature(shape, {id_of(grid.place(number)), grid[number].count});
            tag("point_count", static_cast<std::int64_t>(grid[number].count));
            if (auto tagged = tag_values(grid[number]); !tagged) return tagged;
        }
        return {};
    }

    Result<void> add_clusters(const CellGrid& grid) {
        for (const auto& group : joined_cells(grid, lattice_.side())) {
            CellSum all;
            for (const std::size_t number : group) all.add(grid[number]);
            Shape shape;
            shape.begin_path();
            shape.add(all.middle());
            units_.to_units(shape);
            if (!whole_window().holds(vector::box_of(shape))) continue;
            const std::uint64_t id = id_of(grid.place(group.front()));
            const bool alone = all.count == 1;
            add_feature(shape, {alone ? index_.id_of(all.first) : id, all.count});
            if (!alone) tag_cluster(id, all.count);
            if (auto tagged = alone ? tag_own(all.first) : Result<void>(); !tagged) return tagged;
            if (auto tagged = tag_values(all); !tagged) return tagged;
        }
        return {};
    }

    struct Name {
        std::uint64_t id;
        std::uint64_t count;
    };
    void add_feature(const Shape& shape, const Name& name) {
        TileFeature feature;
        feature.id = name.id;
        feature.kind = shape.kind;
        feature.weight = static_cast<double>(name.count);
        feature.first_path = static_cast<std::uint32_t>(result_.paths.size());
        for (const Path& path : shape.paths) {
            result_.paths.push_back(
                {static_cast<std::uint32_t>(result_.points.size()), path.count});
            for (std::uint32_t i = path.first; i < path.first + path.count; ++i)
                result_.points.push_back({static_cast<std::int32_t>(shape.points[i].x),
                                          static_cast<std::int32_t>(shape.points[i].y)});
        }
        feature.paths = static_cast<std::uint32_t>(result_.paths.size()) - feature.first_path;
        feature.first_tag = static_cast<std::uint32_t>(result_.tags.size());
        result_.features.push_back(feature);
    }

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the order of the tags
    void tag_cluster(std::uint64_t id, std::uint64_t count) {
        tag("cluster", true);
        tag("cluster_id", static_cast<std::int64_t>(id));
        tag("point_count", static_cast<std::int64_t>(count));
        tag("point_count_abbreviated", abbreviated_count(count));
    }

    /// The attributes of a feature that stands for itself.
    Result<void> tag_own(std::uint32_t feature) {
        for (std::size_t i = 0; i < index_.attributes().size(); ++i) {
            const bool carried = !wish_.attributes ||
                                 std::find(wish_.attributes->begin(), wish_.attributes->end(), i) !=
                                     wish_.attributes->end();
            const std::uint32_t number = carried ? index_.value_number(feature, i) : 0;
            if (number == 0) continue;
            const auto value = index_.value(number);
            if (!value) return value.error();
            tag(index_.attributes()[i].name, *value);
        }
        return {};
    }

    Result<void> tag_values(const CellSum& cell) {
        if (rule_.sum) tag(index_.attributes()[*rule_.sum].name + ":sum", cell.sum);
        if (!rule_.by) return {};
        using Counted = std::pair<std::uint64_t, std::uint32_t>;
        std::vector<Counted> counts;
        for (const auto& [value, count] : cell.tally) counts.emplace_back(count, value);
        std::stable_sort(counts.begin(), counts.end(), [](const Counted& a, const Counted& b) {
            return a.first > b.first;
        });
        const std::string& name = index_.attributes()[*rule_.by].name;
        std::uint64_t others = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (i >= most_values) {
                others += counts[i].first;
                continue;
            }
            const auto value = index_.value(counts[i].second);
            if (!value) return value.error();
            tag(name + ":" + text_of(*value), static_cast<std::int64_t>(counts[i].first));
        }
        if (others != 0) tag(name + ":other", static_cast<std::int64_t>(others));
        return {};
    }

    /// Of the feature added last.
    void tag(const std::string& key, const AttributeValue& value) {
        result_.tags.push_back(number_in_list(keys_, result_.keys, key));
        result_.tags.push_back(number_in_list(values_, result_.values, value));
        result_.features.back().tags += 2;
    }
    template <typename Item>
    static std::uint32_t number_in_list(std::map<Item, std::uint32_t>& known,
                                        std::vector<Item>& list,
                                        const Item& item) {
        const auto [found, is_new] =
            known.try_emplace(item, static_cast<std::uint32_t>(list.size()));
        if (is_new) list.push_back(item);
        return found->second;
    }

    const VectorIndex& index_;
    const TileWish& wish_;
    const AggregateRule& rule_;
    UnitGrid units_;
    WorldBox box_;
    CellLattice lattice_;
    FeatureTile result_;
    std::map<std::string, std::uint32_t> keys_;
    std::map<AttributeValue, std::uint32_t> values_;
};

}  // namespace

WorldBox aggregate_reach(const TileId& tile, const AggregateRule& rule) noexcept {
    // The cells at the edge of what is gathered are counted whole.
    return world_box(tile).grown((margin_of(rule.form) + 2) * side_of(tile, rule));
}

Result<FeatureTile> aggregated_features(const VectorIndex& index,
                                        const TileId& tile,
                                        const TileWish& wish,
                                        const AggregateRule& rule) {
    auto made = AggregateTile(index, tile, wish, rule).make();
    if (auto whole = index.intact(); !whole) return whole.error();
    return made;
}

}  // namespace relief::vector
