#include "tests/support/picture_of.hpp"
#include "tiler/render/paint.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace relief::render {
namespace {

using style::BandExpression;
using style::RasterStyle;
using test::colours_of;

/// Grey between 0 and 1 of a formula over the bands that it names.
RasterStyle style_of(std::string_view formula) {
    RasterStyle style;
    auto expression = BandExpression::parse(formula, 8);
    EXPECT_TRUE(expression) << formula;
    if (!expression) return style;
    style.bands = expression->bands();
    style.rescale.assign(expression->outputs(), {.low = 0, .high = 1});
    style.expression = std::move(*expression);
    return style;
}

Grid row_of(std::vector<BandValues> bands) {
    const auto width = std::visit([](const auto& cells) { return cells.size(); }, bands.at(0));
    return {.size = {static_cast<int>(width), 1},
            .bands = std::move(bands),
            .coverage = Grid::Coverage::full,
            .weight = {}};
}

std::vector<int> levels(const Picture& picture) {
    std::vector<int> levels;
    for (const auto& colour : colours_of(picture)) levels.push_back(colour.red);
    return levels;
}

TEST(PaintExpression, ComputesOnRawIntegersWithoutRoundingBetween) {
    const auto grid = row_of(
        {std::vector<std::uint16_t>{1000, 3000, 0}, std::vector<std::uint16_t>{3000, 1000, 65535}});

    // (3000 - 1000) / 4000 = 0.5 -> 127.5; below 0 is clamped; 65535 / 65535 = 1.
    const auto found = levels(paint(grid, style_of("(b2-b1)/(b2+b1)")));

    EXPECT_NEAR(found[0], 127.5, 0.5001);
    EXPECT_EQ(found[1], 0);
    EXPECT_EQ(found[2], 255);
}

TEST(PaintExpression, FindsItsBandsByNumberNotByPlace) {
    auto style = style_of("b5-b2");
    style.bands = {5, 2};
    const auto grid = row_of({std::vector<float>{1.0F}, std::vector<float>{0.2F}});

    EXPECT_EQ(levels(paint(grid, style)), (std::vector<int>{204}));  // 0.8 · 255
}

TEST(PaintExpression, RunsInDoubleOverWideIntegers) {
    // 2^24 + 1 is the first integer that float32 does not hold.
    const auto grid = row_of({std::vector<std::int32_t>{16777217, 16777216}});

    EXPECT_EQ(levels(paint(grid, style_of("b1-16777216"))), (std::vector<int>{255, 0}));
}

TEST(PaintExpression, LeavesResultsThatAreNoNumberTransparent) {
    const auto grid = row_of({std::vector<float>{0.0F, 1.0F}, std::vector<float>{0.0F, 1.0F}});

    const auto colours = colours_of(paint(grid, style_of("b1/b2")));

    EXPECT_EQ(colours[0], transparent);
    EXPECT_EQ(colours[1], (Colour{255, 255, 255, 255}));
}

TEST(PaintExpression, MixesColoursFromThreeFormulas) {
    const auto grid = row_of({std::vector<std::uint8_t>{0, 1}});

    const auto picture = paint(grid, style_of("b1;1-b1;b1*0.2"));

    EXPECT_EQ(colours_of(picture), (std::vector<Colour>{{0, 255, 0, 255}, {255, 0, 51, 255}}));
    EXPECT_TRUE(std::get<RgbaPixels>(picture.pixels).opaque);
}

TEST(PaintExpression, ReachesEveryCellOfALargePicture) {
    std::vector<std::uint16_t> cells(10001);
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<std::uint16_t>(i % 256);
    const auto grid = row_of({cells, std::vector<float>(cells.size(), 255.0F)});

    const auto found = levels(paint(grid, style_of("b1/b2")));

    for (std::size_t i = 0; i < cells.size(); ++i) ASSERT_EQ(found[i], cells[i]) << i;
}

TEST(PaintExpression, KeepsTheMaskOfItsBands) {
    auto grid = row_of({std::vector<float>{1, 1, 1}});
    grid.coverage = Grid::Coverage::partial;
    grid.weight = {1.0F, 0.0F, 0.6F};

    const auto colours = colours_of(paint(grid, style_of("b1*1")));

    EXPECT_EQ(colours[0].alpha, 255);
    EXPECT_EQ(colours[1], transparent);
    EXPECT_EQ(colours[2], (Colour{255, 255, 255, 153}));
}

}  // namespace
}  // namespace relief::render
