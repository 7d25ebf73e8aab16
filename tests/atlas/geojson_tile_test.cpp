#include "tiler/atlas/geojson_tile.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::atlas {
namespace {

using Json = nlohmann::json;

TileId tile(std::uint32_t zoom, std::uint32_t column, std::uint32_t row) {
    return *TileId::make({zoom, column, row});
}

WorldFeatures features(const char* text) {
    auto read = world_features(Json::parse(text));
    EXPECT_TRUE(read) << read.error().what;
    return read ? std::move(*read) : WorldFeatures{};
}

TEST(GeoJsonTile, PutsAPointWhereItLies) {
    const auto world = features(R"({"type": "Point", "coordinates": [90, 0]})");

    const FeatureTile whole = geojson_tile(world, tile(0, 0, 0), {.buffer = 0});
    const FeatureTile quarter = geojson_tile(world, tile(1, 1, 0), {});

    ASSERT_EQ(whole.points.size(), 1U);
    EXPECT_EQ(whole.points[0], (TilePoint{3072, 2048}));
    ASSERT_EQ(quarter.points.size(), 1U);
    EXPECT_EQ(quarter.points[0], (TilePoint{2048, 4096}));
    EXPECT_TRUE(geojson_tile(world, tile(1, 0, 0), {.buffer = 0}).features.empty());
}

TEST(GeoJsonTile, CutsALineAtTheBufferAndGoesOnRoundTheWorld) {
    const auto world = features(R"({"type": "LineString", "coordinates": [[-270, 0], [0, 0]]})");

    const FeatureTile whole = geojson_tile(world, tile(0, 0, 0), {.buffer = 128});

    // From the left buffer's edge to the middle, and the part beyond -180 at the right again.
    ASSERT_EQ(whole.paths.size(), 2U);
    EXPECT_EQ(whole.points[whole.paths[0].first], (TilePoint{-1024, 2048}));
    EXPECT_EQ(whole.points[whole.paths[1].first], (TilePoint{3072, 2048}));
}

TEST(GeoJsonTile, CutsAreasAndTurnsTheirRings) {
    // Anticlockwise exterior (RFC 7946) with a hole, over four tiles.
    const auto world = features(R"({"type": "Polygon", "coordinates": [
        [[-90, -60], [90, -60], [90, 60], [-90, 60], [-90, -60]],
        [[-10, -10], [-10, 10], [10, 10], [10, -10], [-10, -10]]]})");

    const FeatureTile part = geojson_tile(world, tile(1, 0, 0), {.buffer = 0});

    ASSERT_EQ(part.features.size(), 1U);
    ASSERT_EQ(part.paths.size(), 2U);
    const auto area = [&](const TilePath& path) {
        double sum = 0;
        for (std::uint32_t i = 0; i < path.count; ++i) {
            const TilePoint& a = part.points[path.first + i];
            const TilePoint& b = part.points[path.first + (i + 1) % path.count];
            sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
        }
        return sum / 2;
    };
    EXPECT_GT(area(part.paths[0]), 0);
    EXPECT_LT(area(part.paths[1]), 0);
    for (const TilePoint& point : part.points) {
        EXPECT_LE(point.x, tile_extent);
        EXPECT_LE(point.y, tile_extent);
    }
}

TEST(GeoJsonTile, LeavesOutPointsThatNobodyWouldMiss) {
    const auto world =
        features(R"({"type": "LineString", "coordinates": [[-90, 0], [0, 0.001], [90, 0]]})");

    EXPECT_EQ(geojson_tile(world, tile(0, 0, 0), {}).points.size(), 2U);
    EXPECT_EQ(geojson_tile(world, tile(0, 0, 0), {.tolerance = 0}).points.size(), 3U);
}

TEST(WorldFeatures, CarryPropertiesAndIds) {
    const auto world = features(R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": {"a": 1.5, "b": "x", "c": null, "d": [1]},
         "geometry": {"type": "Point", "coordinates": [0, 0]}},
        {"type": "Feature", "properties": null, "geometry": null}]})");

    ASSERT_EQ(world.features.size(), 1U);
    EXPECT_EQ(world.features[0].id, 7U);
    EXPECT_EQ(world.keys, (std::vector<std::string>{"a", "b", "d"}));
    EXPECT_EQ(std::get<std::string>(world.values[2]), "[1]");
}

TEST(WorldFeatures, SayWhichFeatureIsNoGeoJson) {
    const auto read = world_features(Json::parse(R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": ["x"]}}
        ]})"));

    ASSERT_FALSE(read);
    EXPECT_NE(read.error().what.find("feature 2"), std::string::npos) << read.error().what;
    EXPECT_FALSE(world_features(Json::parse(R"([1, 2])")));
    EXPECT_FALSE(world_features(Json::parse(R"({"type": "Box"})")));
}

}  // namespace
}  // namespace relief::atlas
