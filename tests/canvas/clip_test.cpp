#include "tiler/canvas/clip.hpp"

#include "tests/canvas/drawn.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace relief::canvas {
namespace {

Coverage whole(PixelSize size) {
    Coverage coverage(size);
    for (int y = 0; y < size.height; ++y)
        std::fill_n(coverage.touch(y, {0, size.width}), size.width, std::uint8_t{255});
    return coverage;
}

Coverage clipped(PixelSize size, const std::array<Point, 4>& corners) {
    Coverage coverage = whole(size);
    Clip::inside(corners, size).cut(coverage);
    return coverage;
}

/// How many areas each pixel of a plane of 32 by 32 belongs to.
using Owners = std::array<int, std::size_t{32} * 32>;

void count_owner(const Coverage& coverage, Owners& owners) {
    std::size_t pixel = 0;
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x) owners.at(pixel++) += coverage.row(y)[x] / 255;
}

/// Of squares side by side, turned by the angle.
Owners owners_among_squares(float angle) {
    const Point across{9.3F * std::cos(angle), 9.3F * std::sin(angle)};
    const Point down{-across.y, across.x};
    const Point middle{16.2F, 15.7F};
    Owners owners{};
    for (const float column : {-3.0F, -2.0F, -1.0F, 0.0F, 1.0F, 2.0F})
        for (const float row : {-3.0F, -2.0F, -1.0F, 0.0F, 1.0F, 2.0F}) {
            const Point corner = middle + across * column + down * row;
            count_owner(
                clipped({32, 32}, {corner, corner + across, corner + across + down, corner + down}),
                owners);
        }
    return owners;
}

TEST(Clip, KeepsPixelsWhoseCentresLieInside) {
    EXPECT_EQ(drawn(clipped({5, 4}, {{{1, 1}, {3.4F, 1}, {3.4F, 3}, {1, 3}}})),
              ".....\n"
              ".xx..\n"
              ".xx..\n"
              ".....\n");
    EXPECT_EQ(covered_pixels(clipped({5, 4}, {{{-9, -9}, {90, -9}, {90, 90}, {-9, 90}}})), 20);
    EXPECT_EQ(covered_pixels(clipped({5, 4}, {{{-9, -9}, {-1, -9}, {-1, 90}, {-9, 90}}})), 0);
    EXPECT_EQ(covered_pixels(clipped({5, 4}, {{{2, 2}, {2, 2}, {2, 2}, {2, 2}}})), 0);
}

TEST(Clip, DividesThePlaneBetweenNeighboursHoweverTheyAreTurned) {
    auto random = relief::testing::repeatable_random(5);
    std::uniform_real_distribution<float> angle_of(0, 6.3F);
    for (int i = 0; i < 100; ++i) {
        const float angle = angle_of(random);
        const Owners owners = owners_among_squares(angle);
        // Corners are sums of rounded numbers: a centre in ten thousand may lie between two edges.
        ASSERT_GE(std::count(owners.begin(), owners.end(), 1), 32 * 32 - 1) << angle;
    }
}

TEST(Clip, HoldsPointsInItsPixels) {
    const Clip clip = Clip::inside({{{1, 1}, {3, 1}, {3, 3}, {1, 3}}}, {5, 4});

    EXPECT_TRUE(clip.holds({1, 1}));
    EXPECT_TRUE(clip.holds({2.9F, 2.9F}));
    EXPECT_FALSE(clip.holds({3, 2}));
    EXPECT_FALSE(clip.holds({2, 0.9F}));
    EXPECT_FALSE(clip.holds({-5, NAN}));
}

}  // namespace
}  // namespace relief::canvas
