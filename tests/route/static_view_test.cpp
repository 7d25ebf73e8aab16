#include "server/route/static_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace relief::route {
namespace {

using ::testing::HasSubstr;

symbology::View view_of_words(std::string_view place, std::string_view size) {
    const auto view = static_view({place, size});
    EXPECT_TRUE(view) << view.error().what;
    return view ? *view : symbology::View{};
}

std::string refused_words(std::string_view place, std::string_view size) {
    const auto view = static_view({place, size});
    EXPECT_FALSE(view);
    return view ? "" : view.error().what;
}

TEST(StaticView, IsAroundACentreAtAZoom) {
    const auto view = view_of_words("0,0,9", "600x400");

    EXPECT_EQ(view.centre.x, 0.5);
    EXPECT_EQ(view.centre.y, 0.5);
    EXPECT_EQ(view.zoom, 9);
    EXPECT_EQ(view.size, (PixelSize{600, 400}));
    EXPECT_EQ(view.ratio, 1);
}

TEST(StaticView, ShowsTheSameInMorePixelsWith2x) {
    const auto view = view_of_words("0,0,9", "300x200@2x");

    EXPECT_EQ(view.size, (PixelSize{600, 400}));
    EXPECT_EQ(view.ratio, 2);
    EXPECT_EQ(view.zoom, 9);
}

TEST(StaticView, HoldsAllOfABox) {
    // A quarter of the world's width in 256 pixels is the world in 1024: zoom 1.
    const auto view = view_of_words("-45,-10,45,10", "256x256");

    EXPECT_NEAR(view.zoom, 1, 1e-12);
    EXPECT_EQ(view.centre.x, 0.5);
    EXPECT_NEAR(view.centre.y, 0.5, 1e-12);
    EXPECT_NEAR(view_of_words("-45,-10,45,10", "256x256@2x").zoom, 1, 1e-12);
}

TEST(StaticView, OfABoxOverTheAntimeridianIsInTheMiddleOfThat) {
    const auto view = view_of_words("170,-5,-170,5", "256x256");

    EXPECT_NEAR(view.centre.x, 1, 1e-12);
    EXPECT_NEAR(view.zoom, std::log2(9), 1e-12)
        << "20 degrees: an 18th of the world, in half of 512";
}

TEST(StaticView, TellsABearingFromABox) {
    EXPECT_EQ(view_of_words("35.5,33.9,9,90", "300x300").bearing, 90) << "east below west";
    EXPECT_EQ(view_of_words("2,48,12@90", "300x300").bearing, 90);
    EXPECT_EQ(view_of_words("2,48,12,90", "300x300").bearing, 0) << "a box as well";
    EXPECT_EQ(view_of_words("35.2,33.6,35.8,34.2", "300x300").bearing, 0) << "no such zoom";
}

TEST(StaticView, RefusesWhatIsNoPlaceAndSaysWhatIs) {
    EXPECT_THAT(refused_words("1,2", "10x10"), HasSubstr("LON,LAT,ZOOM"));
    EXPECT_THAT(refused_words("1,2,3,4,5", "10x10"), HasSubstr("1,2,3,4,5"));
    EXPECT_THAT(refused_words("1,x,3", "10x10"), HasSubstr("\"x\""));
    EXPECT_THAT(refused_words("181,0,3", "10x10"), HasSubstr("181"));
    EXPECT_THAT(refused_words("0,91,3", "10x10"), HasSubstr("lat"));
    EXPECT_THAT(refused_words("0,0,25", "10x10"), HasSubstr("zoom"));
    EXPECT_THAT(refused_words("30,50,40,40", "10x10"), HasSubstr("south"));
    EXPECT_THAT(refused_words("0,0,nan", "10x10"), HasSubstr("nan"));
}

TEST(StaticView, RefusesSizesThatAreNoneOrTooLarge) {
    for (const char* const size :
         {"10", "0x10", "10x", "x10", "10.5x10", "-5x5", "10x5000", "2100x9@2x"})
        EXPECT_THAT(refused_words("0,0,1", size), HasSubstr("4096")) << size;
}

TEST(PreviewSide, IsWhatIsAskedForWithinItsBounds) {
    EXPECT_EQ(preview_side("").value(), 512);
    EXPECT_EQ(preview_side("96").value(), 96);
    for (const char* wrong : {"15", "513", "96.5", "big", "-96", "1e9"})
        EXPECT_THAT(preview_side(wrong).error().what, HasSubstr("16 to 512")) << wrong;
}

TEST(ViewAround, ShowsAllOfABoxInItsOwnProportions) {
    const auto view = view_around({-90, -40, 90, 40}, 512);

    EXPECT_NEAR(view.centre.x, 0.5, 1e-9);
    EXPECT_NEAR(view.centre.y, 0.5, 1e-9);
    EXPECT_EQ(view.size.width, 512);
    EXPECT_LT(view.size.height, 512);
    // Half the world is as wide as the picture without its rim.
    EXPECT_NEAR(std::exp2(view.zoom) * 512 * 0.5, 512 * 0.92, 0.5);
}

TEST(ViewAround, GoesOverTheAntimeridianWhereTheBoxDoes) {
    const auto view = view_around({170, -5, -170, 5}, 512);

    // 0 and 1 are the same place of the world.
    EXPECT_NEAR(view.centre.x, std::round(view.centre.x), 1e-9);
    EXPECT_NEAR(std::exp2(view.zoom) * 512 * 20 / 360, 512 * 0.92, 0.5);
}

TEST(ViewAround, ShowsWhatLiesAroundASinglePoint) {
    const auto view = view_around({36.5, 34.5, 36.5, 34.5}, 512);

    EXPECT_EQ(view.zoom, 15);
    EXPECT_EQ(view.size, (PixelSize{128, 128}));
}

}  // namespace
}  // namespace relief::route
