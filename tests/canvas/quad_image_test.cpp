#include "tiler/canvas/quad_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace relief::canvas {
namespace {

/// Two opaque pixels: black and white.
Surface black_and_white() {
    return {{2, 1}, {0, 0, 0, 255, 255, 255, 255, 255}};
}

std::array<Point, 4> rectangle(Point low, Point high) {
    return {{low, {high.x, low.y}, high, {low.x, high.y}}};
}

int red_at(const Surface& surface, int x, int y) {
    return surface.row(y)[std::ptrdiff_t{x} * 4];
}

TEST(DrawQuadImage, GivesEachPixelItsOwnWhenNothingIsStretched) {
    Surface surface({2, 1});

    draw_quad_image(surface, black_and_white(), rectangle({0, 0}, {2, 1}), {}, {});

    EXPECT_EQ(surface.bytes(), black_and_white().bytes());
}

TEST(DrawQuadImage, MixesBetweenPixelsUnlessTheNearestIsAskedFor) {
    Surface smooth({8, 1});
    Surface sharp({8, 1});

    draw_quad_image(smooth, black_and_white(), rectangle({0, 0}, {8, 1}), {}, {});
    draw_quad_image(sharp, black_and_white(), rectangle({0, 0}, {8, 1}), {}, {.nearest = true});

    EXPECT_EQ(red_at(smooth, 0, 0), 0);
    EXPECT_NEAR(red_at(smooth, 3, 0), 255 * 3 / 8.0, 1);
    EXPECT_EQ(red_at(sharp, 3, 0), 0);
    EXPECT_EQ(red_at(sharp, 4, 0), 255);
}

TEST(DrawQuadImage, LeavesNoSeamBetweenImagesThatShareAnEdge) {
    const Surface white({1, 1}, {255, 255, 255, 255});
    Surface surface({9, 9});
    const std::array<Point, 4> left{{{-2, -3}, {4.3F, -3}, {5.1F, 12}, {-2, 12}}};
    const std::array<Point, 4> right{{{4.3F, -3}, {12, -3}, {12, 12}, {5.1F, 12}}};
    ColourChange half;
    half.opacity = 0.5F;

    draw_quad_image(surface, white, left, half, {});
    draw_quad_image(surface, white, right, half, {});

    const auto& bytes = surface.bytes();
    EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [&](auto b) { return b == bytes[0]; }));
}

TEST(DrawQuadImage, ChangesStraightColours) {
    const Surface half_grey({1, 1}, {64, 64, 64, 128});
    Surface surface({1, 1});
    ColourChange inverted;
    inverted.changes_colour = true;
    inverted.rows = {{{-1, 0, 0, 1}, {0, -1, 0, 1}, {0, 0, 0, 2}}};

    draw_quad_image(surface, half_grey, rectangle({0, 0}, {1, 1}), inverted, {});

    EXPECT_NEAR(red_at(surface, 0, 0), 64, 1);
    EXPECT_EQ(surface.row(0)[2], 128);  // held at full blue, premultiplied
    EXPECT_EQ(surface.row(0)[3], 128);
}

TEST(DrawQuadImage, DrawsNothingBetweenCornersOnALine) {
    Surface surface({4, 4});

    draw_quad_image(surface, black_and_white(), {{{0, 0}, {1, 1}, {2, 2}, {3, 3}}}, {}, {});

    EXPECT_EQ(surface.bytes(), Surface({4, 4}).bytes());
}

TEST(Halved, IsTheMeanOfFour) {
    const Surface image({3, 1}, {0, 0, 0, 255, 100, 0, 0, 255, 50, 0, 0, 255});

    const Surface half = halved(image);

    EXPECT_EQ(half.size(), (PixelSize{2, 1}));
    EXPECT_EQ(red_at(half, 0, 0), 50);
    EXPECT_EQ(red_at(half, 1, 0), 50);
}

}  // namespace
}  // namespace relief::canvas
