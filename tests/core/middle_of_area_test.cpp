#include "tiler/core/middle_of_area.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace relief {
namespace {

TEST(MiddleOfArea, LiesInsideAnAreaThatIsBent) {
    // An L: its centroid lies near the inner corner, its middle in the thick part.
    const std::vector<PlanePoint> ring{{0, 0}, {100, 0}, {100, 20}, {40, 20}, {40, 100}, {0, 100}};
    const std::array<PlaneRing, 1> rings{ring};

    const PlanePoint middle = middle_of_area(rings, 1);

    EXPECT_NEAR(middle.x, 20, 3);
    EXPECT_GT(middle.y, 18);
    EXPECT_LT(middle.y, 82);
}

TEST(MiddleOfArea, KeepsOutOfHoles) {
    const std::vector<PlanePoint> square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
    const std::vector<PlanePoint> hole{{10, 10}, {10, 90}, {60, 90}, {60, 10}};
    const std::array<PlaneRing, 2> rings{square, hole};

    const PlanePoint middle = middle_of_area(rings, 0.5);

    // The widest place is to the right of the hole: 40 wide.
    EXPECT_NEAR(middle.x, 80, 1.5);
}

TEST(MiddleOfArea, OfALineIsAPlaceOnIt) {
    const std::vector<PlanePoint> flat{{5, 7}, {9, 7}, {6, 7}};
    const std::array<PlaneRing, 1> rings{flat};

    EXPECT_EQ(middle_of_area(rings, 1).y, 7);
}

}  // namespace
}  // namespace relief
