#include "tests/render/paint_styles.hpp"
#include "tests/support/ascii_grid.hpp"
#include "tests/support/picture_of.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace relief::render {
namespace {

using test::ascii_grid;
using test::colours_of;

/// Every level of the ramp once, 0/255 to 255/255, and a hole when asked for.
Grid every_level(bool hole) {
    std::vector<float> cells;
    cells.reserve(257);
    for (int i = 0; i < 256; ++i) cells.push_back(static_cast<float>(i) / 255.0F);
    if (hole) cells.push_back(not_a_number);
    return {.size = {static_cast<int>(cells.size()), 1},
            .bands = {cells},
            .coverage = Grid::Coverage::full,
            .weight = {}};
}

TEST(PaintRamp, ShowsEveryColourOfTheRampWhenNothingIsMissing) {
    EXPECT_EQ(colours_of(paint(every_level(false), ramp_style())), blue_to_red().colours);
}

TEST(PaintRamp, JoinsOnlyTwoNeighboursToMakeRoomForHoles) {
    const auto picture = paint(every_level(true), ramp_style());

    const auto colours = colours_of(picture);
    const auto ramp = blue_to_red().colours;
    int differing = 0;
    for (std::size_t i = 0; i < 256; ++i) {
        EXPECT_LE(std::abs(colours[i].red - ramp[i].red), 1);
        differing += colours[i] == ramp[i] ? 0 : 1;
    }
    EXPECT_EQ(differing, 1);
    EXPECT_EQ(colours[256], transparent);
    EXPECT_EQ(std::get<IndexedPixels>(picture.pixels).palette->size(), 256U);
}

TEST(PaintRamp, LosesNoColourWhenTwoNeighboursAreAlike) {
    auto style = ramp_style();
    auto ramp = blue_to_red();
    ramp.colours[201] = ramp.colours[200];
    style.colours = ramp;

    auto colours = colours_of(paint(every_level(true), style));

    colours.pop_back();
    EXPECT_EQ(colours, ramp.colours);
}

TEST(PaintRamp, UsesTheRampsOwnTransparentColourForHoles) {
    auto style = ramp_style();
    auto ramp = blue_to_red();
    ramp.colours[0] = transparent;
    style.colours = ramp;

    auto colours = colours_of(paint(every_level(true), style));

    EXPECT_EQ(colours.back(), transparent);
    colours.pop_back();
    EXPECT_EQ(colours, ramp.colours);
}

TEST(PaintRamp, ShowsTheCoveredFractionOfAMaskAsAPlaceOnTheRamp) {
    auto style = ramp_style();
    style.kind = RasterKind::mask;
    const auto grid = with_weights(ascii_grid("1 1 0.5 0 1"), {1.0F, 0.2F, 0.5F, 1.0F, 0.0F});

    const auto colours = colours_of(paint(grid, style));

    EXPECT_EQ(colours[0].red, 255);
    EXPECT_EQ(colours[1].red, 51);       // 0.2 · 255: a flooded fifth still shows
    EXPECT_NEAR(colours[2].red, 64, 1);  // 0.5 · 0.5 · 255 = 63.75
    EXPECT_EQ(colours[3], blue_to_red().colours[0]);
    EXPECT_EQ(colours[4], transparent);
}

TEST(PaintClasses, KeepsTheOpacityOfAClass) {
    const auto colours = colours_of(paint(ascii_grid("0.2 0.5 3"), water_classes()));

    EXPECT_EQ(colours, (std::vector<Colour>{{0, 255, 0, 255}, {255, 0, 0, 128}, transparent}));
}

TEST(PaintClasses, FindsRoomForTheMostClassesThatAStyleMayHave) {
    std::vector<style::ColourClass> classes;
    for (int i = 0; i < 255; ++i) {
        const auto level = static_cast<std::uint8_t>(i);
        classes.push_back(
            {.low = double(i), .high = double(i), .colour = {level, 1, 2}, .label = {}});
    }
    std::vector<std::uint8_t> cells(256);
    for (std::size_t i = 0; i < 256; ++i) cells[i] = static_cast<std::uint8_t>(i);
    const Grid grid{
        .size = {256, 1}, .bands = {cells}, .coverage = Grid::Coverage::full, .weight = {}};

    const auto colours = colours_of(paint(grid, class_style(classes)));

    for (std::size_t i = 0; i < 255; ++i) EXPECT_EQ(colours[i].red, i);
    EXPECT_EQ(colours[255], transparent);
}

}  // namespace
}  // namespace relief::render
