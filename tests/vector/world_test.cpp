#include "tiler/vector/world.hpp"

#include "tests/vector/shapes.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

DraftShape at_box(WorldBox box) {
    DraftShape shape;
    shape.box = box32(box);
    return shape;
}

TEST(World, HasItsCornersAtTheEndsOfWebMercator) {
    EXPECT_EQ(world_point({-180, mercator_latitude}), (WorldPoint{0, 0}));
    EXPECT_EQ(world_point({180, -90}), (WorldPoint{world_side, world_side}));
    EXPECT_EQ(world_point({0, 0}), (WorldPoint{world_side / 2, world_side / 2}));
}

TEST(World, GivesPlacesBackWithinACentimetre) {
    for (const LonLat place : {LonLat{35.5, 33.9}, LonLat{-179.99, -84.9}, LonLat{179.5, 70}}) {
        const LonLat back = lon_lat(world_point(place));

        EXPECT_NEAR(back.longitude, place.longitude, 1e-7);
        EXPECT_NEAR(back.latitude, place.latitude, 1e-7);
    }
}

TEST(World, MatchesTheTileThatOthersName) {
    // OpenStreetMap wiki, "Slippy map tilenames": Berlin, 13.37771 E 52.51628 N, is 14/8800/5373.
    const auto tile = *TileId::make({.zoom = 14, .column = 8800, .row = 5373});
    const WorldPoint place = world_point({13.37771, 52.51628});

    EXPECT_TRUE(world_box(tile).holds({place.x, place.y, place.x, place.y}));
}

TEST(Bounds, CrossTheAntimeridianWhereTheFreeSpaceIsElsewhere) {
    LevelDraft fiji;
    const WorldPoint east = world_point({177, -17});
    const WorldPoint west = world_point({-179, -18});
    fiji.shapes = {at_box({east.x, east.y, world_side, east.y}),
                   at_box({0, west.y, west.x, west.y})};

    const LonLatBox bounds = bounds_of(fiji);

    EXPECT_NEAR(bounds.west, 177, 1e-6);
    EXPECT_NEAR(bounds.east, -179, 1e-6);
    EXPECT_NEAR(bounds.south, -18, 1e-6);
}

TEST(Bounds, OfTheWholeWorldDoNot) {
    LevelDraft all;
    all.shapes = {at_box({0, 0, world_side, world_side})};

    EXPECT_DOUBLE_EQ(bounds_of(all).west, -180);
    EXPECT_NEAR(bounds_of(all).east, 180, 1e-6);
}

}  // namespace
}  // namespace relief::vector
