#include "tiler/canvas/line_stroker.hpp"

#include "tests/canvas/drawn.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace relief::canvas {
namespace {

using Line = std::vector<Point>;

Coverage stroked(PixelSize size, const Stroke& stroke, const Line& line, bool closed = false) {
    Coverage coverage(size);
    LineStroker(stroke, coverage).add(line, closed);
    return coverage;
}

double distance_between(Point at, Point from, Point to) {
    const Point way = to - from;
    const float share = std::clamp(dot(at - from, way) / dot(way, way), 0.0F, 1.0F);
    const Point rest = at - (from + way * share);
    return std::hypot(rest.x, rest.y);
}

TEST(LineStroker, CoversItsWidth) {
    EXPECT_EQ(drawn(stroked({6, 5}, {.width = 2}, {{1, 2}, {5, 2}})),
              "......\n"
              ".xxxx.\n"
              ".xxxx.\n"
              "......\n"
              "......\n");
    EXPECT_EQ(drawn(stroked({6, 3}, {.width = 1}, {{1, 1}, {5, 1}})),
              ".5555.\n"
              ".5555.\n"
              "......\n");
}

TEST(LineStroker, EndsAsItsCapsSay) {
    // A square cap goes on by half the width and the half pixel over which edges fade.
    EXPECT_EQ(drawn(stroked({8, 4}, {.width = 2, .cap = Cap::square}, {{2.25F, 2}, {5.25F, 2}})),
              "........\n"
              ".xxxxxx.\n"
              ".xxxxxx.\n"
              "........\n");
    // The corner's middle lies 0.707 from the end: 0.79 of it is covered.
    EXPECT_EQ(drawn(stroked({7, 4}, {.width = 2, .cap = Cap::round}, {{2, 2}, {5, 2}})),
              ".......\n"
              ".7xxx7.\n"
              ".7xxx7.\n"
              ".......\n");
}

TEST(LineStroker, TurnsAsItsJoinsSay) {
    const Line corner{{0, 2}, {4, 2}, {4, 6}};
    const auto outermost = [&](Join join) {
        return stroked({6, 6}, {.width = 4, .join = join}, corner).row(0)[5];
    };

    EXPECT_EQ(outermost(Join::miter), 255);
    // A round join is made of slices, flat at their edge.
    EXPECT_NEAR(outermost(Join::round), 255 * (2.5 - std::hypot(1.5, 1.5)), 25);
    EXPECT_EQ(outermost(Join::bevel), 0);
}

TEST(LineStroker, CutsMitersThatAreLongerThanTheLimit) {
    // A turn of 90 degrees has a miter of 1.41 half widths.
    const Line corner{{0, 2}, {4, 2}, {4, 6}};

    EXPECT_EQ(stroked({6, 6}, {.width = 4, .miter_limit = 1.5F}, corner).row(0)[5], 255);
    EXPECT_EQ(stroked({6, 6}, {.width = 4, .miter_limit = 1.4F}, corner).row(0)[5], 0);
}

TEST(LineStroker, LeavesTheGapOpen) {
    EXPECT_EQ(drawn(stroked({4, 8}, {.width = 1, .gap = 4}, {{-2, 4}, {6, 4}})),
              "....\n"
              "xxxx\n"
              "....\n"
              "....\n"
              "....\n"
              "....\n"
              "xxxx\n"
              "....\n");
}

TEST(LineStroker, FadesOverTheBlur) {
    const auto coverage = stroked({3, 9}, {.width = 8, .blur = 3}, {{-5, 4.5F}, {8, 4.5F}});

    // From 4.5 outside, where nothing is covered, to 0.5 from the middle.
    for (int row = 0; row < 9; ++row)
        EXPECT_NEAR(
            coverage.row(row)[1] / 255.0, std::min((4.5 - std::abs(row - 4)) / 4, 1.0), 0.01);
}

TEST(LineStroker, WithRoundJoinsAndCapsCoversWhatIsNear) {
    auto random = relief::testing::repeatable_random(3);
    std::uniform_real_distribution<float> turn(-1.5F, 1.5F);
    for (int i = 0; i < 50; ++i) {
        Line line{{32, 32}};
        float way = 4 * turn(random);
        for (int point = 0; point < 4; ++point) {
            line.push_back(line.back() + Point{14 * std::cos(way), 14 * std::sin(way)});
            way += turn(random);
        }
        const auto coverage =
            stroked({64, 64}, {.width = 5, .join = Join::round, .cap = Cap::round}, line);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                double nearest = 1e9;
                const Point at{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
                for (std::size_t part = 0; part + 1 < line.size(); ++part)
                    nearest = std::min(nearest, distance_between(at, line[part], line[part + 1]));
                // Between the slices of a join and a true circle lies up to a fifth of a pixel.
                ASSERT_NEAR(coverage.row(y)[x] / 255.0, std::clamp(3 - nearest, 0.0, 1.0), 0.25);
            }
    }
}

TEST(LineStroker, BeginsWithADashAndBendsRoundCorners) {
    const std::vector<float> pattern{4, 2};

    EXPECT_EQ(drawn(stroked({14, 2}, {.width = 2, .dashes = pattern}, {{0, 1}, {14, 1}})),
              "xxxx..xxxx..xx\n"
              "xxxx..xxxx..xx\n");
    const auto bent = stroked({12, 12}, {.width = 2, .dashes = pattern}, {{1, 1}, {9, 1}, {9, 11}});
    EXPECT_EQ(bent.row(0)[2], 255);
    EXPECT_EQ(bent.row(0)[6], 0);
    EXPECT_EQ(bent.row(1)[9], 255) << "the second dash is 6 to 10 along the way";
    EXPECT_EQ(bent.row(3)[9], 0);
}

TEST(LineStroker, JoinsLastAndFirstOfAnOddPattern) {
    const std::vector<float> pattern{2, 1, 3};

    EXPECT_EQ(drawn(stroked({14, 1}, {.width = 1, .dashes = pattern}, {{0, 0.5F}, {14, 0.5F}})),
              "xx.xxxxx.xxxxx\n");
}

TEST(LineStroker, IsWholeWithoutAUsablePattern) {
    for (const auto& pattern : {std::vector<float>{}, {0, 0}, {1, -1}, {0.01F, 0.01F}})
        EXPECT_EQ(drawn(stroked({4, 1}, {.width = 1, .dashes = pattern}, {{0, 0.5F}, {4, 0.5F}})),
                  "xxxx\n");
}

TEST(LineStroker, RunsBesideItsPointsByTheOffset) {
    // Right of eastwards is south, of southwards west.
    const auto coverage = stroked({12, 12}, {.width = 2, .offset = 3}, {{0, 2}, {8, 2}, {8, 12}});

    EXPECT_EQ(coverage.row(4)[2], 255);
    EXPECT_EQ(coverage.row(5)[2], 255);
    EXPECT_EQ(coverage.row(2)[2], 0);
    EXPECT_EQ(coverage.row(9)[5], 255);
    EXPECT_EQ(coverage.row(9)[8], 0);
    EXPECT_EQ(coverage.row(5)[5], 255) << "the corner lies on the line beside";
}

TEST(LineStroker, ClosesUpWhereOpaqueLinesMeet) {
    const Line line{{0, 1}, {4, 1}};
    const auto twice = [&](Overlap overlap) {
        Coverage coverage({4, 2});
        LineStroker stroker({.width = 1, .overlap = overlap}, coverage);
        stroker.add(line, false);
        stroker.add(line, false);
        return static_cast<int>(coverage.row(0)[1]);
    };

    EXPECT_EQ(twice(Overlap::strongest), 128);
    EXPECT_NEAR(twice(Overlap::over), 255 * 0.75, 1);
}

TEST(LineStroker, LeavesNoSeamBetweenItsTriangles) {
    // An opaque line of many parts, drawn by "source over": twice covered would show as darker.
    Line line;
    for (int i = 0; i <= 40; ++i) {
        const float turn = static_cast<float>(i) * 0.1F;
        line.push_back({32 + 20 * std::cos(turn), 32 + 20 * std::sin(turn)});
    }
    const auto strongest = stroked({64, 64}, {.width = 3.3F}, line);
    const auto over = stroked({64, 64}, {.width = 3.3F, .overlap = Overlap::over}, line);

    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            ASSERT_EQ(over.row(y)[x], strongest.row(y)[x]) << x << ' ' << y;
}

TEST(LineStroker, DrawsTheSameOnEachTileThatItCrosses) {
    const Line line{{3, -5}, {20, 14}, {9, 30}, {40, 33}};
    Line moved;
    for (const Point& point : line) moved.push_back({point.x - 16, point.y - 16});
    const Stroke stroke{.width = 3.5F, .join = Join::bevel};

    const auto whole = stroked({32, 32}, stroke, line);
    const auto part = stroked({16, 16}, stroke, moved);

    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x)
            ASSERT_NEAR(part.row(y)[x], whole.row(y + 16)[x + 16], 1) << x << ' ' << y;
}

TEST(LineStroker, ClosesRings) {
    const Line ring{{2, 2}, {6, 2}, {6, 6}, {2, 6}};

    const auto coverage = stroked({8, 8}, {.width = 2}, ring, true);

    EXPECT_DOUBLE_EQ(covered_pixels(coverage), 36 - 4);
    EXPECT_EQ(coverage.row(1)[1], 255);
}

TEST(LineStroker, WithoutLengthIsADotOrNothing) {
    const Line point{{2.25F, 2}, {2.25F, 2}};

    EXPECT_TRUE(stroked({5, 4}, {.width = 2}, point).untouched());
    EXPECT_EQ(drawn(stroked({5, 4}, {.width = 2, .cap = Cap::square}, point)),
              ".....\n"
              ".xxx.\n"
              ".xxx.\n"
              ".....\n");
    EXPECT_TRUE(stroked({4, 4}, {.width = 0}, {{0, 0}, {4, 4}}).untouched());
    EXPECT_TRUE(stroked({4, 4}, {.width = 2}, {}).untouched());
}

}  // namespace
}  // namespace relief::canvas
