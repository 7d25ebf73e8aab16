#include "tiler/vector/clip.hpp"

#include "tests/vector/shapes.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

using testing::area_of;
using testing::shape_of;
using testing::square_ring;
using testing::star;

constexpr WorldBox window{0, 0, 1000, 1000};

TEST(Clip, OfAnAreaAndOfItsQuartersAddUp) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Shape shape = star({500, 500}, {900, 24, seed});
        const double whole = area_of(clipped(shape, window));
        double parts = 0;
        for (const WorldBox& quarter : {WorldBox{0, 0, 500, 500},
                                        WorldBox{500, 0, 1000, 500},
                                        WorldBox{0, 500, 500, 1000},
                                        WorldBox{500, 500, 1000, 1000}})
            parts += area_of(clipped(shape, quarter));

        // Crossings are rounded to steps: half a step along each of some dozens of edges.
        EXPECT_NEAR(whole, parts, 0.003 * whole + 1000) << seed;
    }
}

TEST(Clip, LeavesNothingOutsideOfTheBox) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        const Shape inside = clipped(star({900, 100}, {700, 30, seed}), window);

        ASSERT_FALSE(inside.empty());
        EXPECT_TRUE(window.holds(box_of(inside))) << seed;
    }
}

TEST(Clip, CutsAForkIntoSeparateRings) {
    // A comb whose back lies left of the window: its two teeth are two polygons inside.
    const Shape comb = shape_of(GeometryKind::area,
                                {{{-200, 100},
                                  {500, 100},
                                  {500, 200},
                                  {-100, 200},
                                  {-100, 300},
                                  {500, 300},
                                  {500, 400},
                                  {-200, 400}}});

    const Shape teeth = clipped(comb, window);

    ASSERT_EQ(teeth.paths.size(), 2U);
    EXPECT_FALSE(teeth.paths[0].hole || teeth.paths[1].hole);
    EXPECT_DOUBLE_EQ(area_of(teeth), 2 * 500 * 100);
}

TEST(Clip, KeepsHolesWithTheirExteriors) {
    const Shape ring =
        shape_of(GeometryKind::area,
                 {square_ring({100, 100}, 400), {{200, 200}, {200, 300}, {300, 300}, {300, 200}}});

    const Shape whole = clipped(ring, window);
    const Shape half = clipped(ring, {0, 0, 250, 1000});

    EXPECT_DOUBLE_EQ(area_of(whole), 400 * 400 - 100 * 100);
    ASSERT_EQ(half.paths.size(), 1U) << "a hole that is cut becomes part of the outline";
    EXPECT_DOUBLE_EQ(area_of(half), 150 * 400 - 50 * 100);
}

TEST(Clip, OfAnAreaAroundTheBoxIsTheBox) {
    const Shape around =
        clipped(shape_of(GeometryKind::area, {square_ring({-5000, -5000}, 20000)}), window);

    EXPECT_DOUBLE_EQ(area_of(around), 1000.0 * 1000.0);
}

TEST(Clip, CutsLinesWhereTheyLeaveAndComeBack) {
    const Shape line = shape_of(GeometryKind::line,
                                {{{-500, 500}, {500, 500}, {500, 1500}, {700, 1500}, {700, 500}}});

    const Shape inside = clipped(line, window);

    ASSERT_EQ(inside.paths.size(), 2U);
    EXPECT_EQ(inside.points[inside.paths[0].first], (WorldPoint{0, 500}));
    EXPECT_EQ(inside.points.back(), (WorldPoint{700, 500}));
    EXPECT_TRUE(window.holds(box_of(inside)));
}

TEST(Clip, KeepsPointsOnTheEdge) {
    const Shape points =
        shape_of(GeometryKind::point, {{{0, 0}, {1000, 1000}, {1001, 0}, {-1, 5}}});

    EXPECT_EQ(clipped(points, window).points.size(), 2U);
}

TEST(Clip, OfWhatLiesElsewhereIsEmpty) {
    EXPECT_TRUE(clipped(star({5000, 5000}, {100, 9, 1}), window).empty());
    EXPECT_TRUE(clipped(shape_of(GeometryKind::line, {{{-9, -9}, {-9, 2000}}}), window).empty());
}

TEST(Wind, TurnsExteriorsClockwiseAndHolesTheOtherWay) {
    Shape shape = shape_of(GeometryKind::area,
                           {{{0, 0}, {0, 100}, {100, 100}, {100, 0}}, square_ring({10, 10}, 20)});

    wind(shape);

    EXPECT_GT(twice_area(shape.points.data(), 4), 0);
    EXPECT_LT(twice_area(shape.points.data() + 4, 4), 0);
}

}  // namespace
}  // namespace relief::vector
