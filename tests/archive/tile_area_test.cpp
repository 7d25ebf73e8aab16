// Which tiles an area holds, and that each has a number of its own.

#include "tiler/archive/tile_area.hpp"

#include "tiler/geo/mercator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace relief::archive {
namespace {

using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;
using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

constexpr LonLatBox world{-180, -90, 180, 90};

Place place_of(const TileId& tile) {
    return {tile.zoom(), tile.column(), tile.row()};
}

std::vector<Place> places_of(const TileArea& area) {
    std::vector<Place> places;
    for (std::uint64_t i = 0; i < area.size(); ++i) places.push_back(place_of(area.tile(i)));
    return places;
}

TEST(TileArea, OfTheWorldHoldsEveryTileOnce) {
    const TileArea area(world, world, {0, 4});

    EXPECT_EQ(area.size(), 1 + 4 + 16 + 64 + 256);
    EXPECT_EQ(area.size_to(2), 1 + 4 + 16);
    const auto places = places_of(area);
    EXPECT_EQ(std::set(places.begin(), places.end()).size(), places.size());
}

TEST(TileArea, HoldsTheTilesThatTheBoxTouches) {
    // Beirut: floor((lon + 180) / 360 · 2^z) and floor((1 - asinh(tan lat) / π) / 2 · 2^z) of the
    // corners, the formulas of the OpenStreetMap wiki, "Slippy map tilenames".
    const TileArea area({35.46, 33.87, 35.53, 33.93}, world, {12, 13});

    std::vector<Place> expected;
    for (const std::uint32_t column : {2451U, 2452U})
        for (const std::uint32_t row : {1637U, 1638U}) expected.emplace_back(12, column, row);
    for (const std::uint32_t column : {4902U, 4903U, 4904U})
        for (const std::uint32_t row : {3274U, 3275U, 3276U})
            expected.emplace_back(13, column, row);
    EXPECT_THAT(places_of(area), UnorderedElementsAreArray(expected));
}

TEST(TileArea, DoesNotReachIntoTheTileBesideItsEdge) {
    const auto tile = TileId::make({.zoom = 9, .column = 306, .row = 204});
    ASSERT_TRUE(tile);

    EXPECT_THAT(places_of(TileArea(geo::lon_lat_box_of(*tile), world, {9, 9})),
                UnorderedElementsAre(Place{9, 306, 204}));
}

TEST(TileArea, GoesOverTheAntimeridian) {
    const TileArea area({170, -10, -170, 10}, world, {0, 4});

    // At zoom 4 a tile is 22.5 degrees wide: the last column and the first, two rows each.
    EXPECT_THAT(
        places_of(TileArea({170, -10, -170, 10}, world, {4, 4})),
        UnorderedElementsAre(Place{4, 15, 7}, Place{4, 15, 8}, Place{4, 0, 7}, Place{4, 0, 8}));
    const auto places = places_of(area);
    EXPECT_EQ(std::set(places.begin(), places.end()).size(), places.size())
        << "where both sides lie in one tile it must not come twice";
}

TEST(TileArea, IsTheReachOfTheDataWhenMoreIsAsked) {
    const LonLatBox data{179, -20, -179, -18};

    const TileArea area(world, data, {6, 6});

    EXPECT_THAT(places_of(area), UnorderedElementsAre(Place{6, 63, 35}, Place{6, 0, 35}));
}

TEST(TileArea, IsEmptyWhereThereIsNoData) {
    EXPECT_EQ(TileArea({0, 0, 10, 10}, {20, 0, 30, 10}, {0, 9}).size(), 0U);
    EXPECT_EQ(TileArea({0, 0, 10, 10}, {0, 20, 10, 30}, {0, 9}).size(), 0U);
}

TEST(TileArea, ClampsPolesToTheLastRows) {
    EXPECT_THAT(places_of(TileArea({-180, 86, 180, 90}, world, {1, 1})),
                UnorderedElementsAre(Place{1, 0, 0}, Place{1, 1, 0}));
}

TEST(TileArea, CountsTheDeepestZoomWithoutWalkingIt) {
    const TileArea area(world, world, {24, 24});

    EXPECT_EQ(area.size(), std::uint64_t{1} << 48U);
    EXPECT_EQ(place_of(area.tile(0)), (Place{24, 0, 0}));
    EXPECT_EQ(place_of(area.tile(area.size() - 1)), (Place{24, (1U << 24U) - 1, (1U << 24U) - 1}));
}

TEST(TileArea, NumbersNeighboursNearEachOther) {
    // 16 consecutive tiles of the whole world are a square of 4 × 4, wherever they begin.
    const TileArea area(world, world, {9, 9});

    for (const std::uint64_t square : {0U, 1U, 77U, 16383U}) {
        std::set<std::uint32_t> columns;
        std::set<std::uint32_t> rows;
        for (std::uint64_t i = square * 16; i < square * 16 + 16; ++i) {
            columns.insert(area.tile(i).column());
            rows.insert(area.tile(i).row());
        }
        EXPECT_EQ(columns.size(), 4U);
        EXPECT_EQ(rows.size(), 4U);
    }
}

TEST(CommonExtent, IsWhatBothHaveInCommon) {
    const auto extent = common_extent({0, 0, 20, 20}, {10, -10, 30, 10});

    ASSERT_TRUE(extent);
    EXPECT_EQ(extent->bounds, (LonLatBox{10, 0, 20, 10}));
    EXPECT_EQ(extent->centre, (LonLat{15, 5}));
}

TEST(CommonExtent, OverTheAntimeridianIsAllAroundWithItsCentreOnTheData) {
    const auto extent = common_extent({-180, -90, 180, 90}, {178, -20, -174, -10});

    ASSERT_TRUE(extent);
    EXPECT_EQ(extent->bounds, (LonLatBox{-180, -20, 180, -10}));
    EXPECT_EQ(extent->centre, (LonLat{-178, -15}));
}

TEST(CommonExtent, IsNothingForBoxesThatOnlyTouch) {
    EXPECT_FALSE(common_extent({0, 0, 10, 10}, {10, 0, 20, 10}));
    EXPECT_FALSE(common_extent({0, 0, 10, 10}, {0, 10, 10, 20}));
}

}  // namespace
}  // namespace relief::archive
