#include "tiler/symbology/view.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace relief::symbology {
namespace {

std::string names(const std::vector<TileSquare>& squares) {
    std::string text;
    for (const TileSquare& square : squares)
        text += (text.empty() ? "" : " ") + std::to_string(square.tile.zoom()) + "/" +
                std::to_string(square.tile.column()) + "/" + std::to_string(square.tile.row()) +
                (square.world == 0 ? "" : "@" + std::to_string(square.world));
    return text;
}

TEST(WorldPlace, IsTheWebMercatorSquare) {
    EXPECT_DOUBLE_EQ(world_place({0, 0}).x, 0.5);
    EXPECT_NEAR(world_place({0, 0}).y, 0.5, 1e-15);
    EXPECT_DOUBLE_EQ(world_place({-180, 0}).x, 0);
    // EPSG:3857 of 45 degrees is 5621521.486 m of 20037508.343 m.
    EXPECT_NEAR(world_place({0, 45}).y, 0.5 - 5621521.486 / (2 * 20037508.342789), 1e-10);
    EXPECT_NEAR(world_place({0, 90}).y, 0, 1e-12);
    EXPECT_NEAR(world_place({0, -90}).y, 1, 1e-12);
}

TEST(ViewFrame, PutsTheCentreInTheMiddleAndNorthUp) {
    const ViewFrame frame({{0.5, 0.5}, 1, 0, {400, 300}, 2});

    EXPECT_EQ(frame.pixel_of({0.5, 0.5}), (canvas::Point{200, 150}));
    // The world is 1024 style pixels wide, 2048 of the picture's.
    EXPECT_EQ(frame.pixel_of({0.5 + 1 / 2048.0, 0.5 - 2 / 2048.0}), (canvas::Point{201, 148}));
}

TEST(ViewFrame, TurnsTheMapSoThatTheBearingIsUp) {
    const ViewFrame frame({{0.5, 0.5}, 0, 90, {512, 512}, 1});

    const auto east = frame.pixel_of({0.75, 0.5});

    EXPECT_NEAR(east.x, 256, 1e-3);
    EXPECT_NEAR(east.y, 128, 1e-3);
}

TEST(ViewFrame, FindsThePlaceOfAPixelAgain) {
    const ViewFrame frame({{0.3, 0.2}, 7.3, -37, {500, 300}, 1.5});

    const auto place = frame.place_of({37, 251});
    const auto pixel = frame.pixel_of(place);

    EXPECT_NEAR(pixel.x, 37, 1e-3);
    EXPECT_NEAR(pixel.y, 251, 1e-3);
}

TEST(ViewFrame, PlacesTilesWhereTheirCornersAre) {
    const ViewFrame frame({{0.3, 0.2}, 2.4, 20, {500, 300}, 1});
    const TileSquare square{*TileId::make({3, 2, 1}), -1};

    const auto placement = frame.placement_of(square, 4096);
    const auto corners = frame.corners_of(square);

    EXPECT_NEAR(placement({4096, 4096}).x, corners[2].x, 0.01);
    EXPECT_NEAR(placement({4096, 4096}).y, corners[2].y, 0.01);
    EXPECT_NEAR(placement({0, 4096}).x, corners[3].x, 0.01);
}

TEST(ViewFrame, NamesTheTilesThatItShows) {
    EXPECT_EQ(names(ViewFrame({{0.5, 0.5}, 0, 0, {512, 512}, 1}).tiles({})), "0/0/0");
    EXPECT_EQ(names(ViewFrame({{0.5, 0.5}, 1, 0, {200, 200}, 1}).tiles({})),
              "1/0/0 1/1/0 1/0/1 1/1/1");
    EXPECT_EQ(names(ViewFrame({{0.25, 0.25}, 1, 0, {512, 512}, 1}).tiles({})), "1/0/0");
}

TEST(ViewFrame, ShowsCopiesOfTheWorldButNothingBeyondThePoles) {
    EXPECT_EQ(names(ViewFrame({{0, 0.5}, 0, 0, {512, 2000}, 1}).tiles({})), "0/0/0@-1 0/0/0");
}

TEST(ViewFrame, TakesTheZoomThatTheSourceHas) {
    const ViewFrame frame({{0.5001, 0.5001}, 5.6, 0, {2, 2}, 1});

    EXPECT_EQ(names(frame.tiles({})), "5/16/16");
    EXPECT_EQ(names(frame.tiles({.rounded = true})), "6/32/32");
    EXPECT_EQ(names(frame.tiles({.side = 256})), "6/32/32");
    EXPECT_EQ(names(frame.tiles({.deepest = 3})), "3/4/4");
    EXPECT_EQ(names(frame.tiles({.lowest = 6})), "");
}

TEST(ViewFrame, LeavesOutTilesThatOnlyTheTurnedCornersReach) {
    const View straight{{0.5, 0.5}, 4, 0, {1000, 1000}, 1};
    View turned = straight;
    turned.bearing = 45;

    const auto shown = ViewFrame(turned).tiles({});

    EXPECT_EQ(ViewFrame(straight).tiles({}).size(), 4U);
    EXPECT_EQ(shown.size(), 12U);  // 16 around it, without the corners
}

TEST(ViewFrame, NamesNoMoreTilesThanAllowed) {
    const View wide{{0.5, 0.5}, 10, 0, {8000, 8000}, 1};

    EXPECT_EQ(ViewFrame(wide).tiles({.side = 16}, {.most = 100}).size(), 100U);
}

}  // namespace
}  // namespace relief::symbology
