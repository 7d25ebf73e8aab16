#include "tiler/vector/thinning.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/tile_features.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::vector {
namespace {

/// A hundred thousand points in one square degree, far more than a tile holds.
class CrowdedIndex : public ::testing::Test {
protected:
    static VectorIndex& index() {
        static relief::testing::TemporaryFolder folder;
        static VectorIndex made = [] {
            IndexBuilder builder({{"name", AttributeType::text}});
            auto random = relief::testing::repeatable_random(2);
            std::uniform_real_distribution<double> share(0, 1);
            for (std::uint64_t id = 0; id < 100'000; ++id)
                builder.add(testing::feature_of(
                    id, testing::point_at({10 + share(random), 10 + share(random)}), "n"));
            EXPECT_TRUE(builder.write(folder.path() / "crowd.features", {}));
            return *VectorIndex::open(folder.path() / "crowd.features");
        }();
        return made;
    }
    static FeatureTile tile(TileId::Numbers numbers) {
        return *tile_features(index(), *TileId::make(numbers), {"crowd", std::nullopt, {}});
    }
    static std::set<std::uint64_t> ids(const FeatureTile& tile) {
        std::set<std::uint64_t> all;
        for (const TileFeature& feature : tile.features) all.insert(feature.id);
        return all;
    }
};

TEST_F(CrowdedIndex, TellsWhatItLeavesOut) {
    const FeatureTile world = tile({.zoom = 0, .column = 0, .row = 0});

    EXPECT_LT(world.features.size(), 40'000U);
    EXPECT_GT(world.features.size(), 10'000U);
    EXPECT_EQ(world.features.size() + world.left_out, 100'000U);
}

TEST_F(CrowdedIndex, ShowsAtADeeperZoomWhatItShowedBefore) {
    const auto before = ids(tile({.zoom = 5, .column = 16, .row = 15}));
    std::set<std::uint64_t> after;
    for (const std::uint32_t column : {32U, 33U, 34U})
        for (const std::uint32_t row : {29U, 30U, 31U})
            after.merge(ids(tile({.zoom = 6, .column = column, .row = row})));

    ASSERT_FALSE(before.empty());
    for (const std::uint64_t id : before) EXPECT_TRUE(after.contains(id)) << id;
}

TEST_F(CrowdedIndex, SpreadsWhatStaysEvenly) {
    // Sixteen squares of the crowded degree, at a zoom that shows it in one tile.
    const FeatureTile world = tile({.zoom = 4, .column = 8, .row = 7});
    std::map<std::pair<int, int>, int> squares;
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    for (const TilePoint& point : world.points) {
        left = std::min<double>(left, point.x);
        right = std::max<double>(right, point.x);
        top = std::min<double>(top, point.y);
        bottom = std::max<double>(bottom, point.y);
    }
    for (const TilePoint& point : world.points)
        ++squares[{int((point.x - left) / (right - left) * 3.999),
                   int((point.y - top) / (bottom - top) * 3.999)}];
    const double mean = double(world.points.size()) / 16;

    ASSERT_EQ(squares.size(), 16U);
    for (const auto& [square, count] : squares) EXPECT_NEAR(count / mean, 1, 0.25);
}

TEST_F(CrowdedIndex, NeighboursAgreeOnPointsInTheirBuffers) {
    const FeatureTile west = tile({.zoom = 9, .column = 270, .row = 241});
    const FeatureTile east = tile({.zoom = 9, .column = 271, .row = 241});
    std::set<std::uint64_t> of_west, of_east;
    const auto near = [](const FeatureTile& tile, std::int32_t edge) {
        std::set<std::uint64_t> all;
        for (const TileFeature& feature : tile.features) {
            const TilePoint& point = tile.points[tile.paths[feature.first_path].first];
            // A unit off the buffer's own end, where rounding decides.
            if (std::abs(point.x - edge) < tile_buffer - 1) all.insert(feature.id);
        }
        return all;
    };

    of_west = near(west, tile_extent);
    of_east = near(east, 0);

    ASSERT_FALSE(of_west.empty());
    EXPECT_EQ(of_west, of_east);
}

TEST_F(CrowdedIndex, ShowsAllWhereThereIsRoom) {
    std::set<std::uint64_t> all;
    for (std::uint32_t column = 540; column <= 546; ++column)
        for (std::uint32_t row = 480; row <= 486; ++row) {
            const FeatureTile one = tile({.zoom = 10, .column = column, .row = row});
            EXPECT_EQ(one.left_out, 0U);
            all.merge(ids(one));
        }

    EXPECT_EQ(all.size(), 100'000U);
}

}  // namespace
}  // namespace relief::vector
