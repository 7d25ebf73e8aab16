// Points told by their number: nothing lost, nothing twice, the same on both sides of every edge.

#include "tiler/vector/aggregate.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/cell_grid.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace relief::vector {
namespace {

/// An attribute of a feature in a tile; nothing when it has none of that name.
std::optional<AttributeValue> attribute(const FeatureTile& tile,
                                        const TileFeature& feature,
                                        const std::string& name) {
    for (std::uint32_t i = feature.first_tag; i < feature.first_tag + feature.tags; i += 2)
        if (tile.keys[tile.tags[i]] == name) return tile.values[tile.tags[i + 1]];
    return std::nullopt;
}

std::int64_t number_of_points(const FeatureTile& tile, const TileFeature& feature) {
    const auto count = attribute(tile, feature, "point_count");
    return count ? std::get<std::int64_t>(*count) : 1;
}

class Aggregates : public ::testing::Test {
protected:
    static constexpr unsigned count = 3000;

    /// Three towns of different sizes that lie over the edges of many tiles, and single places.
    Aggregates() {
        IndexBuilder builder({{"state", AttributeType::text}, {"people", AttributeType::integer}});
        auto random = relief::testing::repeatable_random(5);
        std::normal_distribution<double> town(0, 0.4);
        std::uniform_real_distribution<double> anywhere(-12, 12);
        const std::array<LonLat, 3> towns{{{0.01, 0.02}, {5.6, 2.8}, {-5.7, 0.1}}};
        for (unsigned i = 0; i < count; ++i) {
            LonLat place{anywhere(random), anywhere(random)};
            if (i % 10 != 0) {
                const LonLat& middle = towns.at(i % 3);
                place = {middle.longitude + town(random), middle.latitude + town(random)};
            }
            SourceFeature feature{i, {testing::point_at(place)}, {}};
            feature.values.emplace_back(std::string(i % 4 == 0 ? "closed" : "open"));
            feature.values.emplace_back(std::int64_t{i % 7});
            builder.add(feature);
        }
        EXPECT_TRUE(builder.write(folder_.path() / "points", {}));
        index_.emplace(*VectorIndex::open(folder_.path() / "points"));
    }

    FeatureTile tile(const TileId& id, const AggregateRule& rule, const TileWish& wish = {}) const {
        auto made = aggregated_features(*index_, id, wish, rule);
        EXPECT_TRUE(made) << (made ? "" : made.error().what);
        return made ? std::move(*made) : FeatureTile{};
    }
    /// All tiles of a zoom around the towns.
    template <typename Visit>
    void each_tile(std::uint32_t zoom, const Visit& visit) const {
        const std::uint32_t middle = 1U << (zoom - 1);
        const std::uint32_t reach = std::max(1U, (1U << zoom) / 16);
        for (std::uint32_t row = middle - reach; row < middle + reach; ++row)
            for (std::uint32_t column = middle - reach; column < middle + reach; ++column)
                visit(*TileId::make({.zoom = zoom, .column = column, .row = row}));
    }
    const VectorIndex& index() const { return *index_; }

private:
    relief::testing::TemporaryFolder folder_;
    std::optional<VectorIndex> index_;
};

bool lies_in(const TilePoint& point) {
    return point.x >= 0 && point.y >= 0 && point.x < tile_extent && point.y < tile_extent;
}

TEST_F(Aggregates, CountEveryPointOnceInClustersOverAllTilesOfAZoom) {
    for (const std::uint32_t zoom : {1U, 4U, 6U, 8U}) {
        std::int64_t clusters = 0;
        each_tile(zoom, [&](const TileId& id) {
            const FeatureTile shown = tile(id, {AggregateForm::cluster, 8});
            for (const TileFeature& feature : shown.features)
                if (lies_in(shown.points[shown.paths[feature.first_path].first]))
                    clusters += number_of_points(shown, feature);
        });
        EXPECT_EQ(clusters, count) << "zoom " << zoom;
    }
}

TEST_F(Aggregates, CountEveryPointOnceInCellsOverAllTilesOfAZoom) {
    for (const std::uint32_t zoom : {1U, 4U, 6U, 8U}) {
        for (const auto form : {AggregateForm::square, AggregateForm::hexagon}) {
            std::map<std::uint64_t, std::int64_t> cells;  // a cell lies in several tiles
            each_tile(zoom, [&](const TileId& id) {
                const FeatureTile shown = tile(id, {form, 16});
                for (const TileFeature& feature : shown.features) {
                    const std::int64_t number = number_of_points(shown, feature);
                    const auto [known, is_new] = cells.try_emplace(feature.id, number);
                    EXPECT_EQ(known->second, number) << "neighbours disagree";
                }
            });
            std::int64_t sum = 0;
            for (const auto& [id, number] : cells) sum += number;
            EXPECT_EQ(sum, count) << "zoom " << zoom;
        }
    }
}

TEST_F(Aggregates, AreTheSameOnBothSidesOfAnEdge) {
    // What the buffer of one tile shows, its neighbour shows at the same place.
    for (const std::uint32_t zoom : {5U, 7U, 9U}) {
        std::size_t shared = 0;
        each_tile(zoom, [&](const TileId& id) {
            const auto east =
                TileId::make({.zoom = zoom, .column = id.column() + 1, .row = id.row()});
            if (!east) return;
            const FeatureTile here = tile(id, {AggregateForm::cluster, 8});
            const FeatureTile there = tile(*east, {AggregateForm::cluster, 8});
            std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> other;
            for (const TileFeature& feature : there.features) {
                const TilePoint& point = there.points[there.paths[feature.first_path].first];
                other[{point.x + tile_extent, point.y}] = number_of_points(there, feature);
            }
            for (const TileFeature& feature : here.features) {
                const TilePoint& point = here.points[here.paths[feature.first_path].first];
                if (point.x < tile_extent - tile_buffer) continue;
                ++shared;
                const auto found = other.find({point.x, point.y});
                ASSERT_NE(found, other.end()) << "zoom " << zoom << " at " << point.x;
                EXPECT_EQ(found->second, number_of_points(here, feature));
            }
        });
        EXPECT_GT(shared, 0U) << "the test looks at nothing";
    }
}

TEST_F(Aggregates, CountWhatSmallZoomsLeaveOut) {
    // Of a tile of several megabytes a vector tile shows a part: see thinning.
    const FeatureTile shown =
        tile(*TileId::make({.zoom = 0, .column = 0, .row = 0}), {AggregateForm::cluster, 4});

    std::int64_t sum = 0;
    for (const TileFeature& feature : shown.features) sum += number_of_points(shown, feature);
    EXPECT_EQ(sum, count);
    EXPECT_LT(shown.features.size(), 10U);
}

TEST_F(Aggregates, OfOnePointAreThePointItself) {
    bool seen = false;
    each_tile(10, [&](const TileId& id) {
        const FeatureTile shown = tile(id, {AggregateForm::cluster, 8});
        for (const TileFeature& feature : shown.features) {
            if (attribute(shown, feature, "cluster")) continue;
            seen = true;
            EXPECT_LT(feature.id, count);
            EXPECT_TRUE(attribute(shown, feature, "state"));
            EXPECT_FALSE(attribute(shown, feature, "point_count"));
        }
    });
    EXPECT_TRUE(seen);
}

TEST_F(Aggregates, CountByAnAttributeAndAddAnotherUp) {
    AggregateRule rule{AggregateForm::square, 4};
    rule.by = 0;
    rule.sum = 1;
    std::map<std::string, std::int64_t> counts;
    double people = 0;
    const FeatureTile shown = tile(*TileId::make({.zoom = 0, .column = 0, .row = 0}), rule);
    for (const TileFeature& feature : shown.features) {
        for (const char* const name : {"state:open", "state:closed"})
            if (const auto value = attribute(shown, feature, name))
                counts[name] += std::get<std::int64_t>(*value);
        people += std::get<double>(*attribute(shown, feature, "people:sum"));
    }

    EXPECT_EQ(counts["state:closed"], count / 4);
    EXPECT_EQ(counts["state:open"], count - count / 4);
    double expected = 0;
    for (unsigned i = 0; i < count; ++i) expected += i % 7;
    EXPECT_EQ(people, expected);
}

TEST_F(Aggregates, CountOnlyWhatIsWanted) {
    TileWish wish;
    wish.wanted = [&](std::uint32_t feature, GeometryKind) { return index().id_of(feature) < 100; };
    const FeatureTile shown =
        tile(*TileId::make({.zoom = 0, .column = 0, .row = 0}), {AggregateForm::hexagon, 8}, wish);

    std::int64_t sum = 0;
    for (const TileFeature& feature : shown.features) sum += number_of_points(shown, feature);
    EXPECT_EQ(sum, 100);
}

TEST_F(Aggregates, StopInTimeWhereEachPointIsAskedOf) {
    TileWish late;
    int asked = 0;
    late.wanted = [&](std::uint32_t, GeometryKind) { return ++asked < 0; };
    late.deadline = Deadline(Deadline::Clock::now() - std::chrono::seconds(1));

    const auto counted = aggregated_features(index(),
                                             *TileId::make({.zoom = 0, .column = 0, .row = 0}),
                                             late,
                                             {AggregateForm::hexagon, 8});

    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().fault, Fault::out_of_time);
    EXPECT_LT(asked, 20);
}

TEST_F(Aggregates, OfCountsThatTheIndexKeepsAreThoseOfItsPoints) {
    TileWish every;
    every.wanted = [](std::uint32_t, GeometryKind) { return true; };
    ASSERT_TRUE(index().counts_for(3));
    ASSERT_FALSE(index().counts_for(29)) << "deep cells have a point or two";
    for (const std::uint32_t zoom : {0U, 1U, 3U, 5U, 7U})
        for (const auto form : {AggregateForm::cluster, AggregateForm::square})
            for (const std::uint32_t column : {0U, 1U}) {
                const std::uint32_t middle = zoom == 0 ? 0 : (1U << (zoom - 1)) - column;
                const auto id = TileId::make({.zoom = zoom, .column = middle, .row = middle});
                const FeatureTile kept = tile(*id, {form, 8});
                const FeatureTile counted = tile(*id, {form, 8}, every);

                EXPECT_EQ(kept.points, counted.points) << "zoom " << zoom;
                EXPECT_EQ(kept.tags, counted.tags);
                EXPECT_EQ(kept.values, counted.values);
            }
}

TEST(CellLattice, GivesEveryPlaceToTheCellWhoseOutlineHoldsIt) {
    auto random = relief::testing::repeatable_random(3);
    std::uniform_int_distribution<std::int64_t> anywhere(0, world_side - 1);
    for (const bool hexagons : {false, true}) {
        const CellLattice lattice(hexagons, world_side >> 10);
        for (int i = 0; i < 2000; ++i) {
            const WorldPoint point{anywhere(random), anywhere(random)};
            const Shape outline = lattice.outline_of(lattice.place_of(point));
            const WorldBox box = box_of(outline).grown(2);
            EXPECT_TRUE(box.holds({point.x, point.y, point.x, point.y}));
            EXPECT_GT(twice_area(outline.points.data(), outline.points.size()), 0);
        }
    }
}

TEST(CellLattice, CoversTheWorldWithoutGapsOrOverlaps) {
    // Hexagons of one width cover width² × √3/2 each, squares width².
    constexpr std::int64_t side = world_side >> 12;
    const auto area = [&](bool hexagons) {
        const Shape outline = CellLattice(hexagons, side).outline_of({7, 11});
        return twice_area(outline.points.data(), outline.points.size()) / 2;
    };
    const auto square = static_cast<double>(side) * static_cast<double>(side);

    EXPECT_EQ(area(false), square);
    EXPECT_NEAR(area(true) / square, 0.8660254, 1e-5);
}

}  // namespace
}  // namespace relief::vector
