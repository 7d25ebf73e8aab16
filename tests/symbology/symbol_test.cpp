#include "tests/symbology/drawn_style.hpp"
#include "tiler/symbology/letter_fields.hpp"
#include "tiler/symbology/line_anchors.hpp"
#include "tiler/symbology/placed_boxes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace relief::symbology {
namespace {

void fill_mark(MadeData& data, PixelSize size) {
    data.named.image.pixels = canvas::Surface(size);
    data.named.image.pixels.flood({255, 0, 0, 255});
}

canvas::Surface with_symbols(MadeData& data, const std::string& layout) {
    return drawn(
        layers_of(R"({"id": "s", "type": "symbol", "source": "s", "layout": {)" + layout + "}}"),
        data);
}

TEST(Symbols, PutAnIconOnAPointByItsAnchor) {
    MadeData data;
    fill_mark(data, {10, 20});
    data.add(GeometryKind::point, {{100, 100}});

    const auto centred = with_symbols(data, R"("icon-image": "mark")");
    const auto below = with_symbols(data, R"("icon-image": "mark", "icon-anchor": "top")");

    EXPECT_EQ(painted(centred), 200);
    EXPECT_EQ(pixel(centred, 95, 90)[3], 255);
    EXPECT_EQ(pixel(centred, 94, 90)[3], 0);
    EXPECT_EQ(pixel(below, 100, 99)[3], 0);
    EXPECT_EQ(pixel(below, 100, 119)[3], 255);
}

TEST(Symbols, StandOnNoOtherUnlessTheyMay) {
    MadeData data;
    fill_mark(data, {10, 10});
    data.add(GeometryKind::point, {{100, 100}});
    data.add(GeometryKind::point, {{105, 100}});

    EXPECT_EQ(painted(with_symbols(data, R"("icon-image": "mark")")), 100);
    EXPECT_EQ(painted(with_symbols(data, R"("icon-image": "mark", "icon-overlap": "always")")),
              150);
}

TEST(Symbols, OfTheUpperLayerComeFirst) {
    MadeData data;
    fill_mark(data, {10, 10});
    data.add(GeometryKind::point, {{100, 100}});
    const auto style = layers_of(R"(
        {"id": "low", "type": "symbol", "source": "s", "layout": {"icon-image": "mark"}},
        {"id": "high", "type": "symbol", "source": "s", "layout":
            {"icon-image": "mark", "icon-offset": [0, 5]}})");

    const auto surface = drawn(style, data);

    EXPECT_EQ(painted(surface), 100);
    EXPECT_EQ(pixel(surface, 100, 109)[3], 255);
}

TEST(Symbols, GoAlongALineAtTheirSpacing) {
    MadeData data;
    fill_mark(data, {4, 4});
    data.add(GeometryKind::line, {{50, 100}, {450, 100}});

    const auto surface = with_symbols(
        data, R"("icon-image": "mark", "symbol-placement": "line", "symbol-spacing": 100)");

    EXPECT_EQ(painted(surface), 4 * 16);
}

TEST(Symbols, WriteWordsAroundTheirPoint) {
    MadeData data;
    data.add(GeometryKind::point, {{256, 256}});
    if (data.fonts() == nullptr)
        FAIL() << "no fonts on this machine: docker/packages.txt lists them";

    const auto surface = with_symbols(data, R"("text-field": "HHH", "text-size": 40)");

    int left = 0;
    int right = 0;
    int above = 0;
    int below = 0;
    for (int y = 0; y < 512; ++y)
        for (int x = 0; x < 512; ++x) {
            if (pixel(surface, x, y)[3] < 128) continue;
            ++(x < 256 ? left : right);
            ++(y < 256 ? above : below);
        }
    EXPECT_GT(left + right, 500);
    // The letters are symmetric, and capitals look centred.
    EXPECT_NEAR(left, right, 60);
    EXPECT_NEAR(above, below, 0.15 * (above + below));
}

TEST(LetterFields, AreKeptAndFinerForLargerLetters) {
    const text::GlyphOutline bar{{{0, 0}, {0.5F, 0}, {0.5F, -1}, {0, -1}}, {4}};
    LetterFields fields;

    const LetterField& small = fields.of(bar, 12);
    EXPECT_EQ(&fields.of(bar, 36), &small);
    const PixelSize size = small.sheet.size;
    const PixelSize larger = fields.of(bar, 37).sheet.size;

    // Half an em wide and one high, a third of an em around it.
    EXPECT_EQ(size.width, 12 + 16);
    EXPECT_EQ(size.height, 24 + 16);
    EXPECT_EQ(larger.width, 2 * size.width);
    EXPECT_EQ(larger.height, 2 * size.height);
    EXPECT_NEAR(fields.of(bar, 12).sheet.distances[14 + 20 * 28], -5.5, 0.2)
        << "the middle is 5.5 pixels from the nearest side";
}

TEST(LetterFields, AreEmptyOfWhatIsNoLetter) {
    LetterFields fields;
    const text::GlyphOutline blank{};
    const text::GlyphOutline huge{{{0, 0}, {50, 0}, {50, -1}}, {3}};

    EXPECT_TRUE(fields.of(blank, 12).sheet.distances.empty());
    EXPECT_TRUE(fields.of(huge, 12).sheet.distances.empty());
}

TEST(LineAnchors, LieHalfASpacingFromWhereALineCameIn) {
    const std::array<canvas::Point, 2> line{{{0, 100}, {1000, 100}}};

    const auto anchors = line_anchors(line, {.spacing = 400, .length = 40});

    ASSERT_EQ(anchors.size(), 2U);
    EXPECT_EQ(anchors[0].at, (canvas::Point{200, 100}));
    EXPECT_EQ(anchors[1].at, (canvas::Point{600, 100}));
}

TEST(LineAnchors, ComeToAnEndHoweverCloseTheyAreToLie) {
    const std::array<canvas::Point, 2> line{{{0, 100}, {4000, 100}}};

    // Beyond 2048 numbers of 24 bits lie 1/4096 apart: a sum of such steps would stand still.
    const auto anchors = line_anchors(line, {.spacing = 1e-4F});

    EXPECT_EQ(anchors.size(), 500'000U);
}

TEST(LineAnchors, PassOverBendsThatAreTooSharp) {
    const std::array<canvas::Point, 3> bent{{{10, 10}, {110, 10}, {110, 110}}};
    AnchorWish wish{.length = 80, .bend_window = 20, .most_bend = 0.7F};

    EXPECT_TRUE(line_anchors(bent, wish).empty());
    wish.most_bend = 1.6F;
    EXPECT_EQ(line_anchors(bent, wish).size(), 1U);
}

TEST(PiecesWithin, CutALineAtTheSquaresEdges) {
    const std::array<canvas::Point, 4> line{{{-50, 10}, {50, 10}, {150, 20}, {50, 30}}};

    const auto pieces = pieces_within(line, 100);

    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].front(), (canvas::Point{0, 10}));
    EXPECT_EQ(pieces[0].back(), (canvas::Point{100, 15}));
    EXPECT_EQ(pieces[1].front(), (canvas::Point{100, 25}));
}

TEST(PlacedBoxes, KeepTheirGroundAcrossCells) {
    PlacedBoxes placed;
    const std::array<Box, 1> wide{{{{-300, 0}, {300, 10}}}};
    placed.keep(wide);

    EXPECT_FALSE(placed.are_free(std::array<Box, 1>{{{{250, 5}, {260, 6}}}}));
    EXPECT_TRUE(placed.are_free(std::array<Box, 1>{{{{250, 10}, {260, 16}}}}));
}

}  // namespace
}  // namespace relief::symbology
