#include "tiler/geo/footprint.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::geo {
namespace {

/// An L: the south-western, south-eastern and north-western quarters of 0–2 by 0–2.
Footprint letter_l() {
    Footprint footprint;
    add_ring(footprint, {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}});
    return footprint;
}

TEST(Footprint, TouchesWhatItHoldsCrossesOrLiesIn) {
    EXPECT_TRUE(touches(letter_l(), {0.2, 0.2, 0.3, 0.3})) << "all inside";
    EXPECT_TRUE(touches(letter_l(), {-9, -9, 9, 9})) << "all around";
    EXPECT_TRUE(touches(letter_l(), {-1, 0.4, 3, 0.6})) << "right through, no corner inside";
    EXPECT_FALSE(touches(letter_l(), {1.2, 1.2, 1.9, 1.9})) << "in the notch of its bounding box";
    EXPECT_FALSE(touches(letter_l(), {3, 0, 4, 1}));
}

TEST(Footprint, ContainsPlacesInsideOnly) {
    EXPECT_TRUE(contains(letter_l(), {0.5, 1.5}));
    EXPECT_FALSE(contains(letter_l(), {1.5, 1.5}));
}

TEST(Footprint, OverTheAntimeridianIsOnePiece) {
    const Footprint fiji = footprint_of(LonLatBox{179, -18, -179, -16});

    EXPECT_EQ(plane_box_of(fiji), (PlaneBox{179, -18, 181, -16}));
    EXPECT_EQ(lon_lat_box_of(fiji), (LonLatBox{179, -18, -179, -16}));
    EXPECT_TRUE(contains(fiji, {-179.5, -17}));
    EXPECT_TRUE(contains(fiji, {179.5, -17}));
    EXPECT_FALSE(contains(fiji, {0, -17}));
    EXPECT_TRUE(touches(fiji, {-179.6, -17.5, -179.4, -17}));
    EXPECT_FALSE(touches(fiji, {-178, -18, -170, -16}));
}

TEST(Footprint, IsFoldedIntoOneOrTwoBoxesOfTheCircle) {
    EXPECT_EQ(folded({10, 0, 20, 1}), (std::vector<PlaneBox>{{10, 0, 20, 1}}));
    EXPECT_EQ(folded({179, 0, 181, 1}),
              (std::vector<PlaneBox>{{-180, 0, -179, 1}, {179, 0, 180, 1}}));
    EXPECT_EQ(folded({-200, 0, 200, 1}), (std::vector<PlaneBox>{{-180, 0, 180, 1}}));
}

TEST(Footprint, ComesBackFromItsText) {
    Footprint two = letter_l();
    add_ring(two, {{179.1234567, -16}, {181, -16}, {181, -15}});

    const auto read = parse_footprint(to_text(two));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, two);
}

TEST(Footprint, OfATextThatIsNoneIsRefused) {
    for (const char* text : {"",
                             "1 2",
                             "1 2 3 4",
                             "1 2 3 4 5",
                             "1 2 3 4 5 6;",
                             "1 2 3 4 5 6 ",
                             "1 2 3 4 nan 6",
                             "1 2 3 4 5 91",
                             "1e9 2 3 4 5 6",
                             "1 2 3 4 5 6x"})
        EXPECT_FALSE(parse_footprint(text)) << text;
    std::string endless = "1 2";
    for (std::size_t i = 0; i <= most_footprint_points; ++i) endless += " 1 2";
    EXPECT_FALSE(parse_footprint(endless));
}

}  // namespace
}  // namespace relief::geo
