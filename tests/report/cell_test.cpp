#include "tiler/report/cell.hpp"

#include <gtest/gtest.h>

namespace relief::report {
namespace {

TEST(Cell, HoldsThePlacesOfItsBoxAndNoOthers) {
    const Place place{36.817, -1.286};
    const Cell cell = cell_of(place, 13);

    const LonLatBox box = box_of(cell);

    EXPECT_LE(box.west, place.longitude);
    EXPECT_GE(box.east, place.longitude);
    EXPECT_LE(box.south, place.latitude);
    EXPECT_GE(box.north, place.latitude);
    EXPECT_EQ(cell_of({(box.west + box.east) / 2, (box.south + box.north) / 2}, 13), cell);
    EXPECT_NE(cell_of({box.east + 1e-6, place.latitude}, 13), cell);
}

TEST(Cell, IsTheTileOfTheSameNumbers) {
    // OpenStreetMap wiki, "Slippy map tilenames": 35.035 E, 33.77 N is 9786/6557 at zoom 14.
    const Cell cell = cell_of(Place{35.035, 33.77}, 14);

    const Spot numbers = spot_of(cell.path);

    EXPECT_EQ(numbers.x, 9786U);
    EXPECT_EQ(numbers.y, 6557U);
}

TEST(Cell, LiesInItsAncestors) {
    const Cell deep = cell_of(Place{-70.66, -33.45}, 20);

    for (std::uint8_t zoom = 0; zoom <= 20; ++zoom) {
        EXPECT_EQ(deep.ancestor(zoom), cell_of(Place{-70.66, -33.45}, zoom));
        EXPECT_TRUE(deep.ancestor(zoom).holds(deep));
    }
    EXPECT_FALSE(deep.holds(deep.ancestor(19)));
}

TEST(Cell, KnowsItsNeighboursOverTheAntimeridianAndNoneBeyondThePoles) {
    const Cell western = cell_of(Place{-179.99, 10}, 6);
    Cell found;

    EXPECT_TRUE(neighbour(western, {-1, 0}, found));
    EXPECT_EQ(found, cell_of(Place{179.99, 10}, 6));
    EXPECT_FALSE(neighbour(cell_of(Place{0, 85.05}, 6), {0, -1}, found));
}

TEST(Spot, GoesIntoAKeyAndBack) {
    for (const Spot spot :
         {Spot{0, 0}, Spot{~0U, 0}, Spot{0, ~0U}, Spot{~0U, ~0U}, Spot{123456789, 987654321}})
        EXPECT_EQ(spot_of(key_of(spot)), spot);
}

TEST(Spot, OfAPoleLiesOnTheEdge) {
    EXPECT_EQ(spot_of(Place{180, 90}), (Spot{~0U, 0}));
    EXPECT_EQ(spot_of(Place{-180, -90}), (Spot{0, ~0U}));
}

}  // namespace
}  // namespace relief::report
