#include "tiler/pipeline/vector_budget.hpp"

#include "tiler/vector/thinning.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace relief::pipeline {
namespace {

/// Points along a line, each with a text of its own; the weight of the i-th is weight(i).
template <typename Weight>
FeatureTile crowd(std::uint32_t count, Weight weight) {
    FeatureTile tile;
    tile.name = "crowd";
    tile.keys = {"name"};
    for (std::uint32_t i = 0; i < count; ++i) {
        tile.points.push_back({static_cast<std::int32_t>(i % 4096), 7});
        tile.paths.push_back({i, 1});
        tile.values.emplace_back("feature number " + std::to_string(i));
        tile.tags.insert(tile.tags.end(), {0, i});
        tile.features.push_back({.id = i,
                                 .kind = GeometryKind::point,
                                 .first_path = i,
                                 .paths = 1,
                                 .first_tag = 2 * i,
                                 .tags = 2,
                                 .weight = weight(i)});
    }
    return tile;
}

TEST(VectorBudget, LeavesATileThatFitsAsItIs) {
    FeatureTile tile = crowd(100, [](std::uint32_t) { return 1.0; });

    EXPECT_GT(encode_within_budget(tile).size(), 2000U);
    EXPECT_EQ(tile.features.size(), 100U);
    EXPECT_EQ(tile.left_out, 0U);
}

TEST(VectorBudget, OfFeaturesThatWeighAlikeShowsAsManyAsFit) {
    FeatureTile tile = crowd(50'000, [](std::uint32_t) { return 1.0; });
    tile.left_out = 5;

    const Bytes bytes = encode_within_budget(tile);

    EXPECT_LE(bytes.size(), vector::tile_budget);
    EXPECT_GT(bytes.size(), vector::tile_budget / 2) << "no more is left out than must be";
    EXPECT_EQ(tile.features.size() + tile.left_out, 50'005U);
    EXPECT_EQ(tile.values.size(), tile.features.size()) << "texts that nobody has are gone";
}

TEST(VectorBudget, KeepsTheHeaviestInTheirOrder) {
    FeatureTile tile = crowd(50'000, [](std::uint32_t i) { return i % 10 == 0 ? 9.0 : 1.0; });

    encode_within_budget(tile);

    std::uint32_t heavy = 0;
    for (std::size_t i = 0; i < tile.features.size(); ++i) {
        heavy += tile.features[i].weight == 9.0 ? 1U : 0U;
        if (i > 0) {
            ASSERT_LT(tile.features[i - 1].id, tile.features[i].id);
        }
    }
    EXPECT_EQ(heavy, 5000U);
}

}  // namespace
}  // namespace relief::pipeline
