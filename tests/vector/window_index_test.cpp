// An index in memory over the features of one answer.

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/tile_features.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::vector {
namespace {

const std::vector<AttributeDescription> dated{{"date", AttributeType::text}};
const WorldPoint middle_of_all = world_point({35.03, 33.77});

void add_stars_and_points(IndexBuilder& builder) {
    for (std::uint64_t i = 0; i < 40; ++i) {
        const auto step = static_cast<std::int64_t>(i) * 9000;
        const WorldPoint middle{middle_of_all.x + step, middle_of_all.y + step};
        SourceFeature feature{i, {}, {AttributeValue(std::string("2024-05-01"))}};
        feature.shapes.push_back(testing::star(middle, {20'000, 12, static_cast<unsigned>(i)}));
        builder.add(feature);
        Shape point;
        point.begin_path();
        point.add(middle);
        builder.add({100 + i, {point}, {std::nullopt}});
    }
}

TileId tile_of_all(std::uint32_t zoom) {
    return *TileId::make(
        {zoom,
         zoom == 0 ? 0 : static_cast<std::uint32_t>(middle_of_all.x >> (world_bits - zoom)),
         zoom == 0 ? 0 : static_cast<std::uint32_t>(middle_of_all.y >> (world_bits - zoom))});
}

std::set<std::uint64_t> ids_in(const FeatureTile& tile) {
    std::set<std::uint64_t> ids;
    for (const TileFeature& feature : tile.features) ids.insert(feature.id);
    return ids;
}

TEST(WindowIndex, GivesTheFeaturesThatTheFileGives) {
    const relief::testing::TemporaryFolder folder;
    IndexBuilder for_file(dated);
    add_stars_and_points(for_file);
    ASSERT_TRUE(for_file.write(folder.path() / "layer", {}));
    const auto file = VectorIndex::open(folder.path() / "layer");
    ASSERT_TRUE(file);

    for (const std::uint32_t zoom : {14U, 18U}) {
        IndexBuilder builder(dated);
        add_stars_and_points(builder);
        const auto memory = builder.in_memory({zoom, {}});
        ASSERT_TRUE(memory) << memory.error().what;
        const auto from_file = tile_features(*file, tile_of_all(zoom), {"x", std::nullopt, {}});
        const auto from_memory =
            tile_features(**memory, tile_of_all(zoom), {"x", std::nullopt, {}});

        ASSERT_TRUE(from_file && from_memory);
        EXPECT_FALSE(from_file->features.empty()) << zoom;
        EXPECT_EQ(ids_in(*from_memory), ids_in(*from_file)) << zoom;
        if (zoom == 18) {
            EXPECT_EQ(from_memory->points, from_file->points);
        }
    }
}

TEST(WindowIndex, MayBeEmpty) {
    IndexBuilder builder(dated);

    const auto memory = builder.in_memory({6, {}, "date"});

    ASSERT_TRUE(memory) << memory.error().what;
    EXPECT_TRUE(tile_features(**memory, tile_of_all(6), {"x", std::nullopt, {}})->features.empty());
    EXPECT_EQ((*memory)->moments(), 0U);
}

TEST(WindowIndex, KnowsTheTimesOfTheColumnNamed) {
    IndexBuilder builder(dated);
    add_stars_and_points(builder);

    const auto memory = builder.in_memory({deepest_zoom, {}, "date"});

    ASSERT_TRUE(memory);
    EXPECT_EQ((*memory)->moments(), 1U);
}

TEST(WindowIndex, CountsAsTheFileDoesWhatLiesWithinTheReach) {
    const relief::testing::TemporaryFolder folder;
    IndexBuilder for_file(dated);
    add_stars_and_points(for_file);
    ASSERT_TRUE(for_file.write(folder.path() / "layer", {}));
    const auto file = VectorIndex::open(folder.path() / "layer");
    const TileId tile = tile_of_all(14);
    const AggregateRule rule{AggregateForm::cluster};
    const WorldBox reach = aggregate_reach(tile, rule);
    IndexBuilder builder(dated);
    for (std::uint64_t i = 0; i < 40; ++i) {
        const auto step = static_cast<std::int64_t>(i) * 9000;
        const WorldPoint at{middle_of_all.x + step, middle_of_all.y + step};
        if (!reach.holds({at.x, at.y, at.x, at.y})) continue;
        Shape point;
        point.begin_path();
        point.add(at);
        builder.add({100 + i, {point}, {std::nullopt}});
    }
    const auto memory = builder.in_memory({deepest_zoom, {}});

    const auto all = aggregated_features(*file, tile, {"x", std::nullopt, {}}, rule);
    const auto near = aggregated_features(**memory, tile, {"x", std::nullopt, {}}, rule);

    ASSERT_TRUE(all && near);
    EXPECT_EQ(near->points, all->points);
    EXPECT_EQ(near->values, all->values);
}

}  // namespace
}  // namespace relief::vector
