#include "tiler/render/legend_picture.hpp"

#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace relief::render {
namespace {

using style::Legend;
using style::LegendEntry;

LegendEntry entry(std::string label, Colour colour) {
    return {.value = {}, .range = {}, .label = std::move(label), .colour = colour};
}

/// Without words, so that a picture of it is the same whatever fonts a machine has.
Legend wordless_ramp() {
    Legend legend;
    const std::vector<std::pair<double, Colour>> stops{{-1, {68, 1, 84}},
                                                       {-0.5, {59, 82, 139}},
                                                       {0, {33, 145, 140}},
                                                       {0.5, {94, 201, 98, 128}},
                                                       {1, {253, 231, 37}}};
    for (const auto& [value, colour] : stops) {
        legend.entries.push_back(entry("", colour));
        legend.entries.back().value = value;
    }
    return legend;
}

Legend wordless_classes() {
    Legend legend;
    legend.kind = Legend::Kind::classes;
    legend.entries = {entry("", {165, 0, 38}),
                      entry("", {244, 109, 67}),
                      entry("", {254, 224, 139}),
                      entry("", {26, 152, 80}),
                      entry("", {0, 0, 255, 128}),
                      entry("", {0, 0, 0, 0})};
    return legend;
}

Legend many_classes(int count) {
    Legend legend;
    legend.title = "Classes";
    legend.kind = Legend::Kind::classes;
    for (int i = 0; i < count; ++i)
        legend.entries.push_back(
            entry("class " + std::to_string(i), {static_cast<std::uint8_t>(i), 7, 99}));
    return legend;
}

class LegendPicture : public testing::Test {
protected:
    void SetUp() override {
        auto opened = text::Fonts::open();
        ASSERT_TRUE(opened) << opened.error().detail;
        fonts_.emplace(std::move(*opened));
    }
    Picture draw(const Legend& legend, const LegendLook& look = {}) const {
        return draw_legend(legend, look, *fonts_);
    }
    static test::Golden golden() {
        return test::Golden({.kept = RELIEF_GOLDEN_FOLDER, .failures = RELIEF_FAILURE_FOLDER});
    }

private:
    std::optional<text::Fonts> fonts_;
};

bool shows(const Picture& picture, const Colour& colour) {
    const auto colours = test::colours_of(picture);
    return std::find(colours.begin(), colours.end(), colour) != colours.end();
}

/// Columns between which a picture differs from its upper left corner, in its first `rows` rows.
std::pair<int, int> inked_columns(const Picture& picture, int rows) {
    const auto colours = test::colours_of(picture);
    const auto at = [&](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.size.width) +
               static_cast<std::size_t>(x);
    };
    int first = picture.size.width;
    int last = -1;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < picture.size.width; ++x) {
            if (colours[at(x, y)] == colours[0]) continue;
            first = std::min(first, x);
            last = std::max(last, x);
        }
    }
    return {first, last};
}

TEST_F(LegendPicture, OfARampIsABarWithTicks) {
    EXPECT_TRUE(golden().matches(draw(wordless_ramp()), "legend_ramp", 1));
    EXPECT_TRUE(
        golden().matches(draw(wordless_ramp(), {.scale = 2, .dark = true}), "legend_ramp_dark", 1));
}

TEST_F(LegendPicture, OfClassesIsAColumnOfSwatches) {
    EXPECT_TRUE(golden().matches(draw(wordless_classes()), "legend_classes", 1));
    EXPECT_TRUE(golden().matches(
        draw(wordless_classes(), {.scale = 2, .dark = true}), "legend_classes_dark", 1));
}

TEST_F(LegendPicture, IsOpaqueAndShowsEveryOpaqueColourExactly) {
    const auto legend = many_classes(100);
    for (const bool dark : {false, true}) {
        const auto picture = draw(legend, {.scale = 1, .dark = dark});

        EXPECT_TRUE(std::get<RgbaPixels>(picture.pixels).opaque);
        const auto drawn = test::colours_of(picture);
        std::set<std::tuple<int, int, int>> colours;
        for (const auto& c : drawn) colours.emplace(c.red, c.green, c.blue);
        for (const auto& entry : legend.entries) {
            const auto& c = entry.colour;
            EXPECT_TRUE(colours.contains({c.red, c.green, c.blue})) << entry.label;
        }
    }
}

TEST_F(LegendPicture, ShowsTheColourOfEveryStopOfARamp) {
    const auto ramp = wordless_ramp();

    const auto picture = draw(ramp, {.scale = 4, .dark = false});

    const auto colours = test::colours_of(picture);
    for (const auto& stop : ramp.entries) {
        if (stop.colour.alpha != 255) continue;
        EXPECT_TRUE(std::any_of(colours.begin(), colours.end(), [&](const Colour& c) {
            return std::abs(c.red - stop.colour.red) <= 1 &&
                   std::abs(c.green - stop.colour.green) <= 1 &&
                   std::abs(c.blue - stop.colour.blue) <= 1;
        }));
    }
}

TEST_F(LegendPicture, GrowsWithItsScale) {
    const auto once = draw(wordless_classes());
    const auto thrice = draw(wordless_classes(), {.scale = 3, .dark = false});
    const auto most = draw(wordless_classes(), {.scale = 1000, .dark = false});

    EXPECT_EQ(thrice.size, (PixelSize{3 * once.size.width, 3 * once.size.height}));
    EXPECT_EQ(most.size, (PixelSize{4 * once.size.width, 4 * once.size.height}));
}

TEST_F(LegendPicture, StaysWithin4096PixelsHowLongEverTheLegend) {
    for (const int scale : {1, 2, 4}) {
        const auto picture = draw(many_classes(255), {.scale = scale, .dark = false});

        EXPECT_LE(picture.size.height, 4096);
        EXPECT_GT(picture.size.height, 3800);
    }
}

TEST_F(LegendPicture, IsNoWiderThanAReaderCanUseHowLongEverItsWords) {
    auto legend = many_classes(1);
    legend.title = std::string(100000, 'W');
    legend.entries[0].label = std::string(100000, 'm');

    EXPECT_LE(draw(legend).size.width, 600);
}

TEST_F(LegendPicture, PutsATitleThatRunsLeftwardsOnTheRight) {
    auto legend = wordless_classes();
    legend.title = "fe";
    const auto [left_first, left_last] = inked_columns(draw(legend), 32);
    legend.title = "ماء";
    const auto picture = draw(legend);
    const auto [right_first, right_last] = inked_columns(picture, 32);

    EXPECT_LT(left_last, picture.size.width / 2);
    EXPECT_GT(right_first, picture.size.width / 2);
    EXPECT_LT(right_last, picture.size.width);
    EXPECT_GE(left_first, 0);
}

TEST_F(LegendPicture, ShowsASampleInTheColoursPlaceAtEachScale) {
    auto legend = many_classes(1);
    RgbaPixels pixels{{}, true};
    for (int i = 0; i < 48 * 36; ++i)
        for (const int value : {i % 2 == 0 ? 0 : 200, 0, 100, 255})
            pixels.values.push_back(static_cast<std::uint8_t>(value));
    legend.entries[0].sample = std::make_shared<const style::LegendSample>(
        style::LegendSample{{{48, 36}, std::move(pixels)}, ""});

    const auto small = draw(legend);
    const auto fine = draw(legend, {.scale = 2, .dark = true});

    EXPECT_TRUE(shows(small, {100, 0, 100})) << "two columns in one pixel";
    EXPECT_FALSE(shows(small, {0, 7, 99})) << "the colour of the entry";
    EXPECT_TRUE(shows(fine, {200, 0, 100}));
    EXPECT_TRUE(shows(fine, {0, 0, 100}));
}

TEST_F(LegendPicture, OfNothingIsAnEmptyPanel) {
    const auto picture = draw(Legend{});

    const auto colours = test::colours_of(picture);
    ASSERT_FALSE(colours.empty());
    EXPECT_TRUE(std::all_of(
        colours.begin(), colours.end(), [&](const Colour& c) { return c == colours[0]; }));
}

TEST_F(LegendPicture, OfARampOfOneValueIsSwatches) {
    auto legend = wordless_ramp();
    for (auto& one : legend.entries) one.value = 5;

    EXPECT_TRUE(shows(draw(legend), {33, 145, 140}));
}

TEST_F(LegendPicture, TakesTextThatIsNoUtf8) {
    auto legend = many_classes(2);
    legend.title = "\xff\xfe\x80 title";
    legend.unit = std::string("\0\n\x1b", 3);

    EXPECT_GT(draw(legend).size.width, 0);
}

}  // namespace
}  // namespace relief::render
