#include "tiler/canvas/area_filler.hpp"

#include "tests/canvas/drawn.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace relief::canvas {
namespace {

using Ring = std::vector<Point>;

Coverage cover_of(PixelSize size, const std::vector<Ring>& rings) {
    AreaFiller filler(size);
    Coverage coverage(size);
    for (const Ring& ring : rings) filler.add(ring);
    filler.cover(coverage);
    return coverage;
}

Ring box(float left, float top, float right, float bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

/// Rings that do not cross themselves: one radius for each direction from the middle.
Ring star(std::mt19937& random, Point middle, float radius) {
    std::uniform_real_distribution<float> share(0.3F, 1.0F);
    Ring ring;
    constexpr int points = 24;
    for (int i = 0; i < points; ++i) {
        const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / points;
        const float length = radius * share(random);
        ring.push_back({middle.x + length * std::cos(angle), middle.y + length * std::sin(angle)});
    }
    return ring;
}

bool inside(const Ring& ring, Point at) {
    bool in = false;
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
        const Point a = ring[i];
        const Point b = ring[before];
        if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}

double sampled(const Ring& ring, int column, int row) {
    constexpr int steps = 16;
    int hits = 0;
    for (int y = 0; y < steps; ++y)
        for (int x = 0; x < steps; ++x) {
            const Point at{static_cast<float>(column) + (static_cast<float>(x) + 0.5F) / steps,
                           static_cast<float>(row) + (static_cast<float>(y) + 0.5F) / steps};
            hits += inside(ring, at) ? 1 : 0;
        }
    return static_cast<double>(hits) / (steps * steps);
}

TEST(AreaFiller, CoversTheShareOfEachPixelThatLiesInside) {
    const auto coverage = cover_of({6, 4}, {box(1, 1, 4.5F, 2.5F)});

    EXPECT_EQ(drawn(coverage),
              "......\n"
              ".xxx5.\n"
              ".5552.\n"
              "......\n");
}

TEST(AreaFiller, LeavesHolesOpen) {
    const Ring hole{{2, 1}, {2, 3}, {4, 3}, {4, 1}};

    const auto coverage = cover_of({6, 4}, {box(1, 0, 5, 4), hole});

    EXPECT_EQ(drawn(coverage),
              ".xxxx.\n"
              ".x..x.\n"
              ".x..x.\n"
              ".xxxx.\n");
}

TEST(AreaFiller, CoversToTheEdgeWhatReachesOverIt) {
    EXPECT_EQ(drawn(cover_of({3, 2}, {box(-50, -7, 80, 900)})), "xxx\nxxx\n");
    EXPECT_EQ(drawn(cover_of({3, 2}, {box(1, -7, 80, 1)})), ".xx\n...\n");
    EXPECT_EQ(drawn(cover_of({3, 2}, {box(-9, 1, 2, 4)})), "...\nxx.\n");
}

TEST(AreaFiller, CoversNothingOfWhatLiesOutside) {
    for (const Ring& ring : {box(-9, 0, -1, 2), box(3, 0, 9, 2), box(0, -9, 3, 0), box(0, 2, 3, 9)})
        EXPECT_TRUE(drawn(cover_of({3, 2}, {ring})) == "...\n...\n");
}

TEST(AreaFiller, CoversNothingOfRingsThatAreNoAreas) {
    const float none = std::numeric_limits<float>::quiet_NaN();
    const float endless = std::numeric_limits<float>::infinity();

    EXPECT_TRUE(cover_of({3, 2}, {{}, {{1, 1}}, {{0, 0}, {2, 2}}}).untouched());
    EXPECT_TRUE(cover_of({3, 2}, {{{0, none}, {2, 0}, {2, 2}}}).untouched());
    EXPECT_TRUE(cover_of({3, 2}, {{{0, 0}, {endless, 0}, {2, 2}}}).untouched());
}

TEST(AreaFiller, CoversTogetherWithANeighbourExactlyWhatBothCover) {
    auto random = relief::testing::repeatable_random(7);
    std::uniform_real_distribution<float> place(-3, 19);
    for (int i = 0; i < 200; ++i) {
        const Point a{place(random), -1};
        const Point b{place(random), 17};
        AreaFiller filler({16, 16});
        Coverage coverage({16, 16});
        const Ring left{{-4, -1}, a, b, {-4, 17}};
        const Ring right{a, {20, -1}, {20, 17}, b};
        for (const Ring& ring : {left, right}) {
            filler.add(ring);
            filler.cover(coverage);
        }
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) ASSERT_GE(coverage.row(y)[x], 254) << i;
    }
}

TEST(AreaFiller, AgreesWithCountedSamples) {
    auto random = relief::testing::repeatable_random(11);
    std::uniform_real_distribution<float> place(-2, 22);
    for (int i = 0; i < 60; ++i) {
        const Ring ring = star(random, {place(random), place(random)}, 12);
        const auto coverage = cover_of({20, 20}, {ring});
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 20; ++x)
                ASSERT_NEAR(coverage.row(y)[x] / 255.0, sampled(ring, x, y), 0.06) << x << ' ' << y;
    }
}

TEST(AreaFiller, StartsAnewAfterEachArea) {
    AreaFiller filler({8, 8});
    Coverage first({8, 8});
    filler.add(box(-4, -4, 40, 40));
    filler.cover(first);

    Coverage second({8, 8});
    filler.add(box(1, 1, 2, 2));
    filler.cover(second);

    EXPECT_DOUBLE_EQ(covered_pixels(second), 1);
}

TEST(Coverage, KnowsOnlyWhatWasTouchedAndForgetsIt) {
    Coverage coverage = cover_of({8, 8}, {box(2, 3, 4, 5)});
    EXPECT_EQ(coverage.top(), 3);
    EXPECT_EQ(coverage.bottom(), 5);

    coverage.clear();

    EXPECT_TRUE(coverage.untouched());
    EXPECT_DOUBLE_EQ(covered_pixels(coverage), 0);
}

}  // namespace
}  // namespace relief::canvas
