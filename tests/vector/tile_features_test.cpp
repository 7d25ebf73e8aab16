#include "tiler/vector/tile_features.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/index_pool.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

class TileFeatures : public ::testing::Test {
protected:
    VectorIndex index_of(const std::vector<Shape>& shapes) {
        IndexBuilder builder({{"name", AttributeType::text}, {"rank", AttributeType::integer}});
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            SourceFeature feature = testing::feature_of(i, shapes[i], "n");
            feature.values.emplace_back(std::in_place, static_cast<std::int64_t>(i));
            builder.add(feature);
        }
        EXPECT_TRUE(builder.write(folder_.path() / "layer.features", {}));
        return *VectorIndex::open(folder_.path() / "layer.features");
    }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(TileFeatures, AreClippedToTheBuffer) {
    const VectorIndex index = index_of({testing::star(world_point({1, 1}), {3e7, 40, 1})});
    const TileId tile = *TileId::make({.zoom = 9, .column = 257, .row = 254});

    const auto found = tile_features(index, tile, {"layer", std::nullopt, {}});

    ASSERT_TRUE(found);
    ASSERT_FALSE(found->points.empty());
    for (const TilePoint& point : found->points) {
        EXPECT_GE(std::min(point.x, point.y), -tile_buffer);
        EXPECT_LE(std::max(point.x, point.y), tile_extent + tile_buffer);
    }
}

TEST_F(TileFeatures, OfAWindowAreThoseOfTheTileThatLieInIt) {
    const VectorIndex index = index_of({testing::star(world_point({1, 1}), {3e7, 40, 1}),
                                        testing::point_at({1.01, 1.01}),
                                        testing::point_at({1.3, 0.8})});
    const TileId tile = *TileId::make({.zoom = 9, .column = 257, .row = 254});
    TileWish wish{"layer", std::nullopt, {}};
    const auto whole = tile_features(index, tile, wish);
    // Tile 257/254 of zoom 9 goes from 0.703 to 1.406 E and from 1.406 to 0.703 N.
    wish.window = {1024, 2048, 2048, 2560};

    const auto part = tile_features(index, tile, wish);

    ASSERT_TRUE(whole && part);
    ASSERT_EQ(whole->features.size(), 3U);
    ASSERT_EQ(part->features.size(), 2U) << "the second point lies elsewhere";
    for (const TilePoint& point : part->points) {
        EXPECT_GE(point.x, 1024);
        EXPECT_LE(point.x, 2048);
        EXPECT_GE(point.y, 2048);
        EXPECT_LE(point.y, 2560);
    }
    const auto point_of = [](const FeatureTile& found) {
        for (const TileFeature& feature : found.features)
            if (feature.kind == GeometryKind::point)
                return found.points[found.paths[feature.first_path].first];
        return TilePoint{};
    };
    EXPECT_EQ(point_of(*part), point_of(*whole)) << "in the same units";
}

TEST_F(TileFeatures, WindRingsAsTheFormatAsks) {
    Shape ring = testing::shape_of(GeometryKind::area,
                                   {{{0, 0}, {0, 1 << 26}, {1 << 26, 1 << 26}, {1 << 26, 0}},
                                    testing::square_ring({1 << 24, 1 << 24}, 1 << 24)});
    const VectorIndex index = index_of({ring});

    const auto found = tile_features(
        index, *TileId::make({.zoom = 5, .column = 0, .row = 0}), {"l", std::nullopt, {}});

    ASSERT_TRUE(found);
    ASSERT_EQ(found->paths.size(), 2U);
    const auto twice = [&](const TilePath& path) {
        double sum = 0;
        for (std::uint32_t i = 0; i < path.count; ++i) {
            const TilePoint& a = found->points[path.first + i];
            const TilePoint& b = found->points[path.first + (i + 1) % path.count];
            sum += double(a.x) * b.y - double(b.x) * a.y;
        }
        return sum;
    };
    EXPECT_GT(twice(found->paths[0]), 0);
    EXPECT_LT(twice(found->paths[1]), 0);
}

TEST_F(TileFeatures, CarryOnlyTheAttributesAskedFor) {
    const VectorIndex index = index_of({testing::point_at({0.1, 0.1})});
    const TileId tile = *TileId::make({.zoom = 0, .column = 0, .row = 0});

    const auto all = tile_features(index, tile, {"l", std::nullopt, {}});
    const auto one = tile_features(index, tile, {"l", std::vector<std::size_t>{1}, {}});
    const auto none = tile_features(index, tile, {"l", std::vector<std::size_t>{}, {}});

    EXPECT_EQ(all->keys.size(), 2U);
    EXPECT_EQ(one->keys, std::vector<std::string>{"rank"});
    EXPECT_EQ(one->values, std::vector<AttributeValue>{std::int64_t{0}});
    EXPECT_EQ(none->features.front().tags, 0U);
}

TEST_F(TileFeatures, StopWhenNobodyWaits) {
    std::vector<Shape> many;
    many.reserve(1000);
    for (int i = 0; i < 1000; ++i) many.push_back(testing::point_at({i * 0.001, 0}));
    const VectorIndex index = index_of(many);
    const Deadline over(Deadline::Clock::now() - std::chrono::seconds(1));

    const auto found = tile_features(
        index, *TileId::make({.zoom = 0, .column = 0, .row = 0}), {"l", std::nullopt, over});

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().fault, Fault::out_of_time);
}

// A filter of a request may cost more than all else.
TEST_F(TileFeatures, LookAtTheClockMoreOftenWhereFeaturesAreChosen) {
    std::vector<Shape> many;
    many.reserve(200);
    for (int i = 0; i < 200; ++i) many.push_back(testing::point_at({i * 0.001, 0}));
    const VectorIndex index = index_of(many);
    TileWish wish{"l", std::nullopt, Deadline(Deadline::Clock::now() - std::chrono::seconds(1))};
    int asked = 0;
    wish.wanted = [&](std::uint32_t, GeometryKind) { return ++asked < 0; };

    const auto found =
        tile_features(index, *TileId::make({.zoom = 0, .column = 0, .row = 0}), wish);

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().fault, Fault::out_of_time);
    EXPECT_LT(asked, 20);
}

TEST_F(TileFeatures, ReachOverTheEdgeOfTheWorld) {
    // At 180° east and at the pole's edge: the last tiles show it, nothing breaks beyond.
    const VectorIndex index =
        index_of({testing::point_at({180, 85.06}), testing::point_at({-180, -85.06})});
    const auto north_east = *TileId::make({.zoom = 3, .column = 7, .row = 0});
    const auto south_west = *TileId::make({.zoom = 3, .column = 0, .row = 7});

    EXPECT_EQ(tile_features(index, north_east, {"l", std::nullopt, {}})->features.size(), 1U);
    EXPECT_EQ(tile_features(index, south_west, {"l", std::nullopt, {}})->features.size(), 1U);
}

TEST_F(TileFeatures, ComeFromAnIndexThatIsOpenedOnce) {
    index_of({testing::point_at({1, 1})});
    IndexPool pool(1);
    const IndexPool::Place place{folder_.path() / "layer.features", {"v"}};

    const auto first = pool.open(place);
    const auto again = pool.open(place);

    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->get(), again->get());
    EXPECT_FALSE(pool.open({folder_.path() / "absent", {"w"}}));
}

}  // namespace
}  // namespace relief::vector
