#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/tile_features.hpp"
#include "tiler/vector/vector_index.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::vector {
namespace {

using testing::feature_of;
using testing::point_at;
using testing::shape_of;
using testing::star;

const std::vector<AttributeDescription> one_name{{"name", AttributeType::text}};

TileId tile_at(std::uint32_t zoom, LonLat place) {
    const WorldPoint point = world_point(place);
    const auto index = [&](std::int64_t step) {
        return static_cast<std::uint32_t>(step >> (world_bits - zoom));
    };
    return *TileId::make({.zoom = zoom,
                          .column = zoom == 0 ? 0 : index(point.x),
                          .row = zoom == 0 ? 0 : index(point.y)});
}

class Index : public ::testing::Test {
protected:
    VectorIndex written(IndexBuilder& builder) {
        const auto facts = builder.write(folder_.path() / "layer.features", {});
        EXPECT_TRUE(facts) << (facts ? "" : facts.error().what);
        facts_ = *facts;
        auto index = VectorIndex::open(folder_.path() / "layer.features");
        EXPECT_TRUE(index) << (index ? "" : index.error().what);
        return *std::move(index);
    }
    static FeatureTile tile(const VectorIndex& index, const TileId& id) {
        auto tile = tile_features(index, id, {"layer", std::nullopt, {}});
        EXPECT_TRUE(tile) << (tile ? "" : tile.error().what);
        return *std::move(tile);
    }

    IndexFacts facts_;
    relief::testing::TemporaryFolder folder_;
};

TEST_F(Index, FindsEveryPointInTheOneTileThatItLiesIn) {
    IndexBuilder builder(one_name);
    std::vector<LonLat> places;
    auto random = relief::testing::repeatable_random(5);
    std::uniform_real_distribution<double> share(0, 1);
    for (std::uint64_t id = 0; id < 500; ++id) {
        places.push_back({35 + share(random), 33 + share(random)});
        builder.add(feature_of(id, point_at(places.back()), "p" + std::to_string(id)));
    }
    const VectorIndex index = written(builder);

    for (std::uint64_t id = 0; id < 500; id += 7) {
        const FeatureTile found = tile(index, tile_at(12, places[id]));
        std::size_t times = 0;
        for (const TileFeature& feature : found.features) {
            if (feature.id != id) continue;
            ++times;
            ASSERT_EQ(feature.tags, 2U);
            EXPECT_EQ(found.values[found.tags[feature.first_tag + 1]],
                      AttributeValue("p" + std::to_string(id)));
        }
        EXPECT_EQ(times, 1U) << id;
    }
    EXPECT_EQ(facts_.features, 500U);
    EXPECT_EQ(facts_.thinned_tiles, 0U);
}

TEST_F(Index, KeepsTypesAndNulls) {
    IndexBuilder builder({{"text", AttributeType::text},
                          {"count", AttributeType::integer},
                          {"rate", AttributeType::number},
                          {"open", AttributeType::boolean}});
    SourceFeature full = feature_of(9, point_at({10, 10}));
    full.values = {AttributeValue(std::string("كوبري")),
                   AttributeValue(std::int64_t{-9007199254740993}),
                   AttributeValue(0.1),
                   AttributeValue(true)};
    SourceFeature bare = feature_of(10, point_at({10.00001, 10}));
    bare.values = {std::nullopt, std::nullopt, std::nullopt, AttributeValue(false)};
    builder.add(full);
    builder.add(bare);
    const VectorIndex index = written(builder);

    const FeatureTile found = tile(index, tile_at(14, {10, 10}));

    ASSERT_EQ(found.features.size(), 2U);
    for (const TileFeature& feature : found.features) {
        EXPECT_EQ(feature.tags, feature.id == 9 ? 8U : 2U);
        for (std::uint32_t i = 0; feature.id == 9 && i < feature.tags; i += 2) {
            const std::uint32_t* tag = found.tags.data() + feature.first_tag + i;
            EXPECT_EQ(found.values[tag[1]], *full.values[tag[0]]) << found.keys[tag[0]];
        }
    }
}

TEST_F(Index, ReadsFewerPointsAtSmallZooms) {
    IndexBuilder builder(one_name);
    builder.add(feature_of(1, star(world_point({20, 20}), {5e7, 12'000, 4})));
    const VectorIndex index = written(builder);

    EXPECT_GT(index.levels(), 4U);
    for (const std::uint32_t zoom : {0U, 4U, 7U, 10U, 13U}) {
        const FeatureTile found = tile(index, tile_at(zoom, {20, 20}));
        EXPECT_LT(found.points.size(), 5000U) << zoom;
    }
}

/// Where rings cross the upright line, from the north.
std::multiset<double> crossings_of(const FeatureTile& tile, std::int32_t x) {
    std::multiset<double> rows;
    for (const TilePath& path : tile.paths) {
        for (std::uint32_t i = 0; i < path.count; ++i) {
            const TilePoint& a = tile.points[path.first + i];
            const TilePoint& b = tile.points[path.first + (i + 1) % path.count];
            if ((a.x < x) == (b.x < x)) continue;
            const double share = double(x - a.x) / double(b.x - a.x);
            const double y = a.y + share * double(b.y - a.y);
            if (y >= 0 && y <= tile_extent) rows.insert(y);
        }
    }
    return rows;
}

TEST_F(Index, CutsLargeShapesWithoutSeams) {
    // A ring that is cut for deep tiles: neighbours must agree where it crosses their edge.
    IndexBuilder builder(one_name);
    builder.add(feature_of(1, testing::coast(world_point({20, 20}), {4e7, 40'000})));
    const VectorIndex index = written(builder);
    std::size_t crossings = 0;
    for (std::uint32_t zoom : {5U, 8U, 9U}) {
        const TileId west = tile_at(zoom, {20.5, 20.9});
        const TileId east =
            *TileId::make({.zoom = zoom, .column = west.column() + 1, .row = west.row()});
        const auto left = crossings_of(tile(index, west), tile_extent);
        const auto right = crossings_of(tile(index, east), 0);
        crossings += left.size();
        ASSERT_EQ(left.size(), right.size()) << zoom;
        for (auto a = left.begin(), b = right.begin(); a != left.end(); ++a, ++b)
            EXPECT_NEAR(*a, *b, 1.5) << zoom;
    }
    EXPECT_GT(crossings, 0U);
}

TEST_F(Index, ShowsTheSameAtDeepestZoom) {
    IndexBuilder builder(one_name);
    builder.add(feature_of(1, point_at({35.5, 33.9})));
    const VectorIndex index = written(builder);

    const FeatureTile found = tile(index, tile_at(24, {35.5, 33.9}));

    ASSERT_EQ(found.features.size(), 1U);
    EXPECT_GE(found.points[0].x, 0);
    EXPECT_LT(found.points[0].x, tile_extent);
    EXPECT_EQ(tile(index, tile_at(0, {0, 0})).features.size(), 1U);
}

TEST_F(Index, GathersSmallAreasSoThatTheirSumStaysVisible) {
    // Ten thousand buildings of 20 m: at zoom 9 none is a pixel, all together are many.
    IndexBuilder builder(one_name);
    double sum = 0;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const std::uint64_t row = i / 100;
        const WorldPoint corner =
            world_point({35.0 + 0.002 * double(i % 100), 33.0 + 0.002 * double(row)});
        const Shape house = shape_of(GeometryKind::area, {testing::square_ring(corner, 2600)});
        sum += testing::area_of(house);
        builder.add(feature_of(i, house));
    }
    const VectorIndex index = written(builder);

    const Level& level = index.level_for(9);
    double shown = 0;
    Shape shape;
    for (std::uint32_t i = 0; i < level.shapes.size(); ++i) {
        ASSERT_TRUE(VectorIndex::read_shape(level, level.shapes[i], shape));
        shown += testing::area_of(shape);
    }

    EXPECT_LT(level.shapes.size(), 5000U);
    EXPECT_NEAR(shown / sum, 1, 0.25) << "squares are rounded to units";
}

TEST_F(Index, ShowsASmallAreaThatIsAloneAtEveryZoom) {
    IndexBuilder builder(one_name);
    std::uint64_t id = 0;
    for (const LonLat place : {LonLat{35, 33}, LonLat{-72, 18}, LonLat{179, -40}}) {
        for (int i = 0; i < 50; ++i) {
            const WorldPoint corner = world_point({place.longitude + 0.0002 * i, place.latitude});
            builder.add(feature_of(
                ++id, shape_of(GeometryKind::area, {testing::square_ring(corner, 900)})));
        }
    }
    const VectorIndex index = written(builder);

    for (const std::uint32_t zoom : {0U, 3U, 7U, 11U}) {
        for (const LonLat place : {LonLat{35, 33}, LonLat{-72, 18}, LonLat{179, -40}})
            EXPECT_FALSE(tile(index, tile_at(zoom, place)).features.empty()) << zoom;
    }
    EXPECT_EQ(tile(index, tile_at(0, {0, 0})).features.size(), 3U);
}

TEST_F(Index, RefusesToBeEmpty) {
    IndexBuilder builder(one_name);
    builder.add(SourceFeature{1, {}, {}});

    const auto facts = builder.write(folder_.path() / "nothing.features", {});

    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().fault, Fault::source_broken);
}

TEST_F(Index, OfTheSameFeaturesIsTheSameFile) {
    const auto bytes = [&](const char* name) {
        IndexBuilder builder(one_name);
        for (unsigned i = 0; i < 50; ++i)
            builder.add(feature_of(i, star(world_point({i * 0.1, 5}), {1e6, 50, i}), "a"));
        EXPECT_TRUE(builder.write(folder_.path() / name, {}));
        const auto file = MappedFile::open(folder_.path() / name);
        return Bytes(file->bytes().begin(), file->bytes().end());
    };

    EXPECT_EQ(bytes("one"), bytes("two"));
}

}  // namespace
}  // namespace relief::vector
