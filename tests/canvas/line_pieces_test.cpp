#include "tiler/canvas/line_pieces.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relief::canvas {
namespace {

std::string dashes_of(Points line, bool closed, std::vector<float> pattern) {
    std::string text;
    DashCutter cutter(pattern);
    cutter.each(line, closed, [&](Points dash) {
        text += text.empty() ? "" : " | ";
        for (const Point& at : dash)
            text += "(" + std::to_string(static_cast<int>(at.x)) + "," +
                    std::to_string(static_cast<int>(at.y)) + ")";
    });
    return text;
}

const std::array<Point, 3> corner{{{0, 0}, {10, 0}, {10, 10}}};

TEST(DashCutter, BeginsWithADashAndBendsRoundCorners) {
    EXPECT_EQ(dashes_of(corner, false, {8, 1}), "(0,0)(8,0) | (9,0)(10,0)(10,7) | (10,8)(10,10)");
}

TEST(DashCutter, JoinsLastAndFirstOfAnOddPattern) {
    // Dash 2, gap 1, dash 3 and 2 as one.
    EXPECT_EQ(dashes_of(Points(corner).first(2), false, {2, 1, 3}),
              "(0,0)(2,0) | (3,0)(6,0) | (6,0)(8,0) | (9,0)(10,0)");
}

TEST(DashCutter, GoesAllRoundAClosedLine) {
    const std::array<Point, 4> square{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}};

    EXPECT_EQ(dashes_of(square, true, {12, 2}), "(0,0)(4,0)(4,4)(0,4) | (0,2)(0,0)");
}

TEST(DashCutter, LeavesALineWholeWithoutAUsablePattern) {
    for (const auto& pattern : {std::vector<float>{}, {0, 0}, {1, -1}, {0.01F, 0.01F}})
        EXPECT_FALSE(DashCutter(pattern).cuts());
}

TEST(OffsetLine, RunsToTheRightAtTheSameDistance) {
    std::vector<Point> beside;

    offset_line(corner, false, 2, beside);

    // Right of eastwards is south, of southwards west.
    ASSERT_EQ(beside.size(), 3U);
    EXPECT_NEAR(beside[0].y, 2, 1e-5);
    EXPECT_NEAR(beside[1].x, 8, 1e-5);
    EXPECT_NEAR(beside[1].y, 2, 1e-5);
    EXPECT_NEAR(beside[2].x, 8, 1e-5);
}

TEST(OffsetLine, CutsACornerThatWouldRunAway) {
    const std::array<Point, 3> hairpin{{{0, 0}, {100, 0}, {0, 1}}};
    std::vector<Point> beside;

    offset_line(hairpin, false, -5, beside);

    for (const Point& at : beside) EXPECT_LT(at.x, 106);
}

TEST(OffsetLine, HasNothingBesideADot) {
    std::vector<Point> beside;
    const std::array<Point, 2> dot{{{3, 3}, {3, 3}}};

    offset_line(dot, false, 2, beside);

    EXPECT_TRUE(beside.empty());
}

}  // namespace
}  // namespace relief::canvas
