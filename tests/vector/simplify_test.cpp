#include "tiler/vector/simplify.hpp"

#include "tests/vector/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace relief::vector {
namespace {

using testing::area_of;
using testing::shape_of;
using testing::square_ring;
using testing::star;

TEST(Simplify, KeepsTheEndsOfALineAndWhatSticksOut) {
    const Shape line =
        shape_of(GeometryKind::line, {{{0, 0}, {100, 3}, {200, 0}, {300, 80}, {400, 0}}});

    const Shape thin = simplified(line, 10);

    EXPECT_EQ(thin.points, (std::vector<WorldPoint>{{0, 0}, {200, 0}, {300, 80}, {400, 0}}));
}

TEST(Simplify, ThinsARingTheSameWhereverItBegins) {
    const Shape ring = star({0, 0}, {10000, 60, 7});
    Shape turned = ring;
    std::rotate(turned.points.begin(), turned.points.begin() + 23, turned.points.end());

    const Shape a = simplified(ring, 1500);
    const Shape b = simplified(turned, 1500);

    ASSERT_LT(a.points.size(), ring.points.size());
    EXPECT_EQ(a.points, b.points);
}

TEST(Simplify, ChangesTheAreaByNoMoreThanTheToleranceAlongTheOutline) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        const Shape ring = star({0, 0}, {100000, 200, seed});
        double length = 0;
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
            const auto& a = ring.points[i];
            const auto& b = ring.points[(i + 1) % ring.points.size()];
            length += std::hypot(static_cast<double>(a.x - b.x), static_cast<double>(a.y - b.y));
        }

        const double change = std::abs(area_of(simplified(ring, 500)) - area_of(ring));

        EXPECT_LE(change, 500 * length) << seed;
    }
}

TEST(Snap, DropsAnExteriorWithItsHoles) {
    const Shape needle = shape_of(GeometryKind::area,
                                  {{{0, 0}, {1000, 1}, {1000, 2}}, {{900, 1}, {901, 1}, {901, 2}}});

    EXPECT_TRUE(snapped(needle, 8).empty());
}

TEST(Snap, PutsPointsOnTheLatticeAndDropsSpikes) {
    const Shape spiked = shape_of(
        GeometryKind::area, {{{3, 1}, {1025, 0}, {2040, 0}, {1020, 0}, {1030, 1020}, {0, 1030}}});

    const Shape snap = snapped(spiked, 10);

    EXPECT_EQ(snap.points, (std::vector<WorldPoint>{{0, 0}, {1024, 0}, {1024, 1024}, {0, 1024}}));
}

TEST(Snap, OfBordersThatTwoAreasShareIsTheSame) {
    // The ring of the neighbour runs along the same points the other way.
    const Shape left =
        shape_of(GeometryKind::area, {{{0, 0}, {5000, 10}, {5333, 2500}, {5000, 5000}, {0, 5000}}});
    const Shape right = shape_of(
        GeometryKind::area, {{{9000, 0}, {9000, 5000}, {5000, 5000}, {5333, 2500}, {5000, 10}}});

    const Shape a = snapped(left, 10);
    const Shape b = snapped(right, 10);

    for (const WorldPoint& shared : {WorldPoint{5120, 0}, WorldPoint{5120, 2048}}) {
        const bool in_a = std::find(a.points.begin(), a.points.end(), shared) != a.points.end();
        const bool in_b = std::find(b.points.begin(), b.points.end(), shared) != b.points.end();
        EXPECT_EQ(in_a, in_b) << shared.x << " " << shared.y;
    }
    EXPECT_DOUBLE_EQ(area_of(a) + area_of(b), 9216.0 * 5120.0);
}

TEST(SizeOf, IsAreaWithoutHolesOrLength) {
    EXPECT_DOUBLE_EQ(size_of(shape_of(GeometryKind::area,
                                      {square_ring({0, 0}, 100), square_ring({10, 10}, 10)})),
                     9900);
    EXPECT_DOUBLE_EQ(size_of(shape_of(GeometryKind::line, {{{0, 0}, {3, 4}}})), 5);
}

}  // namespace
}  // namespace relief::vector
