#include "tests/render/paint_styles.hpp"
#include "tests/support/ascii_grid.hpp"
#include "tests/support/picture_of.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace relief::render {
namespace {

using test::ascii_grid;
using test::colours_of;
using test::picture_of;

TEST(Paint, LeavesCellsWithoutDataTransparent) {
    const auto picture = paint(ascii_grid(R"( 0.1  0.9
                                               .   0.2 )"),
                               ramp_style());

    EXPECT_EQ(picture_of(picture),
              "b r\n"
              ". b\n");
}

TEST(Paint, TakesTheFormOfTheStyle) {
    const auto grid = ascii_grid("0 0.5 1");

    EXPECT_TRUE(std::holds_alternative<IndexedPixels>(paint(grid, ramp_style()).pixels));
    EXPECT_TRUE(std::holds_alternative<IndexedPixels>(paint(grid, water_classes()).pixels));
    EXPECT_TRUE(std::holds_alternative<GreyPixels>(paint(grid, grey_style()).pixels));
    EXPECT_EQ(picture_of(paint(grid, grey_style())), "k s w\n");
}

TEST(Paint, LaysThreeFullByteBandsSideBySideUnchanged) {
    Grid grid{.size = {256, 1}, .bands = {}, .coverage = Grid::Coverage::full, .weight = {}};
    std::vector<std::uint8_t> rising(256);
    for (std::size_t i = 0; i < 256; ++i) rising[i] = static_cast<std::uint8_t>(i);
    const std::vector<std::uint8_t> falling(rising.rbegin(), rising.rend());
    grid.bands = {rising, falling, std::vector<std::uint8_t>(256, 7)};
    auto style = rgb_style();
    style.rescale.assign(3, {.low = 0, .high = 255});

    const auto picture = paint(grid, style);

    const auto& rgba = std::get<RgbaPixels>(picture.pixels);
    EXPECT_TRUE(rgba.opaque);
    ASSERT_EQ(rgba.values.size(), 1024U);
    for (std::size_t i = 0; i < 256; ++i) {
        EXPECT_EQ(rgba.values[4 * i], i);
        EXPECT_EQ(rgba.values[4 * i + 1], 255 - i);
        EXPECT_EQ(rgba.values[4 * i + 2], 7);
        EXPECT_EQ(rgba.values[4 * i + 3], 255);
    }
}

TEST(Paint, ShowsTheSameWhetherCoverageIsFullOrEveryWeightIsOne) {
    for (const auto& style : every_form()) {
        const auto full = for_style(random_grid(1), style);
        const auto ones = with_weights(full, std::vector<float>(full.cells(), 1.0F));

        EXPECT_EQ(colours_of(paint(full, style)), colours_of(paint(ones, style)));
    }
}

TEST(Paint, ChangesNoOtherPixelWhenOneCellChanges) {
    for (const auto& style : every_form()) {
        const auto before = for_style(random_grid(2), style);
        auto after = before;
        std::get<std::vector<float>>(after.bands[0])[100] = not_a_number;

        auto expected = colours_of(paint(before, style));
        auto painted = colours_of(paint(after, style));
        EXPECT_EQ(painted[100], transparent);
        // A hole takes one place in the palette of a ramp, so two of its colours become one.
        const int allowed = std::holds_alternative<IndexedPixels>(paint(after, style).pixels);
        expected[100] = painted[100];
        for (std::size_t i = 0; i < painted.size(); ++i) {
            EXPECT_LE(std::abs(painted[i].red - expected[i].red), allowed);
            EXPECT_LE(std::abs(painted[i].blue - expected[i].blue), allowed);
            EXPECT_EQ(painted[i].alpha, expected[i].alpha);
        }
    }
}

TEST(Paint, NeverMakesAPremultipliedLevelBrighterThanItsAlpha) {
    auto source = testing::repeatable_random(3);
    std::uniform_real_distribution<float> weight(-0.1F, 1.1F);
    auto grid = random_grid(3);
    std::vector<float> weights(grid.cells());
    std::generate(weights.begin(), weights.end(), [&] { return weight(source); });
    grid = with_weights(std::move(grid), std::move(weights));

    const auto rgb = paint(grid, rgb_style());
    const auto grey = paint(for_style(grid, grey_style()), grey_style());

    const auto& v = std::get<RgbaPixels>(rgb.pixels).values;
    for (std::size_t i = 0; i < v.size(); i += 4)
        EXPECT_LE(std::max({v[i], v[i + 1], v[i + 2]}), v[i + 3]);
    const auto& g = std::get<GreyPixels>(grey.pixels);
    ASSERT_EQ(g.alpha.size(), g.values.size());
    for (std::size_t i = 0; i < g.values.size(); ++i) EXPECT_LE(g.values[i], g.alpha[i]);
}

TEST(Paint, KeepsTheColourOfACellWhoseWeightFades) {
    const auto grid = with_weights(ascii_grid("1 1 1 1"), {1.0F, 0.6F, 0.3F, 0.0F});

    auto style = grey_style();
    const auto edge = colours_of(paint(grid, style));
    style.translucent = true;
    const auto grey = colours_of(paint(grid, style));

    EXPECT_EQ(edge[1], (Colour{255, 255, 255, 153}));
    EXPECT_EQ(edge[2], transparent);  // less than half of the cell is data
    EXPECT_EQ(grey[0], (Colour{255, 255, 255, 255}));
    EXPECT_EQ(grey[1], (Colour{255, 255, 255, 153}));  // 0.6 · 255
    EXPECT_EQ(grey[2], (Colour{255, 255, 255, 77}));   // 0.3 · 255 = 76.5
    EXPECT_EQ(grey[3], transparent);
    EXPECT_EQ(picture_of(paint(grid, ramp_style())), "r r . .\n");
}

TEST(Paint, CutsIndexedPicturesAtHalfTheWeight) {
    const auto grid = with_weights(ascii_grid("0.2 0.2 0.2"), {0.5F, 0.499F, 0.501F});

    EXPECT_EQ(picture_of(paint(grid, ramp_style())), "b . b\n");
    EXPECT_EQ(picture_of(paint(grid, water_classes())), "g . g\n");
}

TEST(Paint, ReadsNoNumberBeneathAHole) {
    for (const auto& style : every_form()) {
        auto grid = for_style(random_grid(4), style);
        std::vector<float> weight(grid.cells(), 1.0F);
        weight[5] = 0;
        grid = with_weights(std::move(grid), std::move(weight));
        auto odd = grid;
        for (auto& band : odd.bands) std::get<std::vector<float>>(band)[5] = not_a_number;

        EXPECT_EQ(colours_of(paint(grid, style)), colours_of(paint(odd, style)));
    }
}

TEST(Paint, FlagsAPictureThatShowsNothing) {
    for (const auto& style : every_form()) {
        const auto grid = for_style(random_grid(5), style);
        auto nothing = grid;
        nothing.coverage = Grid::Coverage::none;
        auto unread = nothing;
        unread.bands.clear();
        auto nan = grid;
        nan.bands[0] = std::vector<float>(grid.cells(), not_a_number);
        const auto holes = with_weights(grid, std::vector<float>(grid.cells(), 0.0F));

        for (const auto& one : {nothing, unread, nan, holes}) {
            const auto picture = paint(one, style);
            EXPECT_TRUE(picture.empty);
            EXPECT_EQ(colours_of(picture), std::vector<Colour>(grid.cells(), transparent));
        }
        EXPECT_FALSE(paint(grid, style).empty);
    }
}

TEST(Paint, FlagsClassesOfWhichNoneOccurs) {
    EXPECT_TRUE(paint(ascii_grid("5 7"), water_classes()).empty);
    EXPECT_FALSE(paint(ascii_grid("5 0.7"), water_classes()).empty);
}

TEST(Paint, AnswersAnEmptyPictureForAGridWithoutCells) {
    for (const auto& style : every_form()) {
        Grid grid;
        grid.coverage = Grid::Coverage::full;
        grid.bands.assign(style.bands.size(), std::vector<float>{});

        const auto picture = paint(grid, style);

        EXPECT_TRUE(picture.empty);
        EXPECT_TRUE(colours_of(picture).empty());
    }
}

TEST(Paint, SaysThatAPictureIsOpaqueExactlyWhenItIs) {
    const auto full = random_grid(6);
    const auto nearly = with_weights(full, std::vector<float>(full.cells(), 0.9999F));
    std::vector<float> weight(full.cells(), 1.0F);
    weight.back() = 0.9F;
    const auto holed = with_weights(full, weight);
    const auto opaque = [](const Grid& grid) {
        return std::get<RgbaPixels>(paint(grid, rgb_style()).pixels).opaque;
    };
    const auto no_alpha = [](const Grid& grid) {
        return std::get<GreyPixels>(paint(for_style(grid, grey_style()), grey_style()).pixels)
            .alpha.empty();
    };

    EXPECT_TRUE(opaque(full));
    EXPECT_TRUE(opaque(nearly));  // every alpha rounds to 255
    EXPECT_FALSE(opaque(holed));
    EXPECT_TRUE(no_alpha(full));
    EXPECT_TRUE(no_alpha(nearly));
    EXPECT_FALSE(no_alpha(holed));
}

}  // namespace
}  // namespace relief::render
