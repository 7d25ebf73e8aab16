#include "tiler/canvas/disc.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace relief::canvas {
namespace {

const Ink red{255, 0, 0, 255};
const Ink white{255, 255, 255, 255};

Ink at(const Surface& surface, int x, int y) {
    const std::uint8_t* const p = surface.row(y) + std::ptrdiff_t{x} * 4;
    return {p[0], p[1], p[2], p[3]};
}

double alpha_sum(const Surface& surface) {
    double sum = 0;
    for (std::size_t i = 3; i < surface.bytes().size(); i += 4) sum += surface.bytes()[i] / 255.0;
    return sum;
}

TEST(DrawDisc, IsFilledInsideItsRimAndHasNothingOutside) {
    Surface surface({24, 24});

    draw_disc(surface, {12, 12}, {.radius = 6, .rim = 3, .fill = red, .rim_ink = white});

    EXPECT_EQ(at(surface, 12, 12), red);
    EXPECT_EQ(at(surface, 12 + 4, 12), red);
    EXPECT_EQ(at(surface, 12 + 7, 12), white);
    EXPECT_EQ(at(surface, 12 + 9, 12)[3], 0);
    EXPECT_EQ(at(surface, 12, 2)[3], 0);
}

TEST(DrawDisc, IsTheSameOnBothSidesOfATileEdge) {
    Surface whole({32, 16});
    Surface left({16, 16});
    Surface right({16, 16});
    const Disc disc{.radius = 5, .rim = 1, .fill = red, .rim_ink = white};

    draw_disc(whole, {15.3F, 7.8F}, disc);
    draw_disc(left, {15.3F, 7.8F}, disc);
    draw_disc(right, {15.3F - 16, 7.8F}, disc);

    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x) {
            ASSERT_EQ(at(left, x, y), at(whole, x, y));
            for (std::size_t i = 0; i < 4; ++i)
                ASSERT_NEAR(at(right, x, y).at(i), at(whole, x + 16, y).at(i), 1);
        }
}

TEST(DrawDisc, FadesInwardsOverItsBlur) {
    Surface sharp({24, 24});
    Surface soft({24, 24});

    draw_disc(sharp, {12, 12}, {.radius = 10, .fill = red});
    draw_disc(soft, {12, 12}, {.radius = 10, .blur = 1, .fill = red});

    EXPECT_LT(alpha_sum(soft), 0.5 * alpha_sum(sharp));
    EXPECT_NEAR(at(soft, 17, 12)[3], 255 * 0.45 * 0.45 * (3 - 0.9), 3);
}

TEST(DrawDisc, DrawsNothingWithoutSizeOrPlace) {
    Surface surface({8, 8});

    draw_disc(surface, {4, 4}, {.radius = 0, .fill = red});
    draw_disc(surface, {std::numeric_limits<float>::quiet_NaN(), 4}, {.fill = red});
    draw_disc(surface, {1e9F, -1e9F}, {.fill = red});

    EXPECT_EQ(alpha_sum(surface), 0);
}

}  // namespace
}  // namespace relief::canvas
