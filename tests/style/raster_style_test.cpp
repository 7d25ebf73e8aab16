#include "tiler/style/raster_style.hpp"

#include "tests/style/requests.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace relief::style {
namespace {

const ColourClasses& classes_of(const RasterStyle& style) {
    return std::get<ColourClasses>(style.colours.value());
}

TEST(RasterStyle, DrawsTheFirstThreeBandsOfASceneBetweenTheirPercentiles) {
    const auto style = styled(scene());

    EXPECT_EQ(style.bands, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(style.rescale, (std::vector<Rescale>{{20, 980}, {40, 1960}, {60, 2940}}));
    EXPECT_FALSE(style.colours);
    EXPECT_EQ(style.resampling, Resampling::bilinear);
}

TEST(RasterStyle, DrawsBandsWithColourRolesAsThoseColours) {
    auto raster = scene();
    raster.bands[3].role = BandRole::red;
    raster.bands[2].role = BandRole::green;
    raster.bands[0].role = BandRole::blue;

    EXPECT_EQ(styled(raster).bands, (std::vector<int>{4, 3, 1}));
}

TEST(RasterStyle, NeverDrawsAlphaAsAColour) {
    auto grey = raster_of(RasterKind::imagery,
                          {band_of(ValueType::u8, {0, 255}), band_of(ValueType::u8, {0, 255})});
    grey.bands[1].role = BandRole::alpha;
    auto first = scene();
    first.bands[0].role = BandRole::alpha;

    EXPECT_EQ(styled(grey).bands, (std::vector<int>{1}));
    EXPECT_EQ(styled(first).bands, (std::vector<int>{2, 3, 4}));
}

TEST(RasterStyle, LeavesEightBitBandsAsTheyAre) {
    const auto raster = single(RasterKind::imagery, ValueType::u8, {10, 90});

    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{0, 255}}));
    EXPECT_EQ(styled(raster, {{"colormap", "viridis"}}).rescale, (std::vector<Rescale>{{0, 255}}));
}

TEST(RasterStyle, StretchesInTheCellsOwnNumbers) {
    auto raster = single(RasterKind::continuous, ValueType::i16, {0, 100});
    raster.bands[0].scale = -0.1;  // statistics 2 and 98 are cells 480 and -480
    raster.bands[0].offset = 50;

    const auto ranges = styled(raster).rescale;

    ASSERT_EQ(ranges.size(), 1U);
    EXPECT_NEAR(ranges[0].low, -480, 1e-9);
    EXPECT_NEAR(ranges[0].high, 480, 1e-9);
}

TEST(RasterStyle, FindsARangeWhateverTheStatisticsHold) {
    auto raster = single(RasterKind::continuous, ValueType::f32, {7, 7});
    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{0, 7}}));

    auto& statistics = *raster.bands[0].statistics;
    statistics.maximum = 90;  // a rare value above: 2nd and 98th percentile are equal
    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{7, 90}}));

    statistics.percentiles.fill(std::numeric_limits<double>::quiet_NaN());
    statistics.minimum = statistics.maximum = std::numeric_limits<double>::infinity();
    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{0, 1}}));

    raster.bands[0].statistics.reset();
    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{0, 1}}));
    raster.bands[0].type = ValueType::u16;
    EXPECT_EQ(styled(raster).rescale, (std::vector<Rescale>{{0, 65535}}));
}

TEST(RasterStyle, StretchesAnExpressionOverWhatItsBandsGive) {
    // Percentiles 2 and 98 of the two bands are 40, 1960 and 80, 3920: the extremes of the index
    // are (80-1960)/(80+1960) and (3920-40)/(3920+40).
    const auto index = styled(scene(), {{"expression", "(b4-b2)/(b4+b2)"}});
    const auto flood = styled(scene(), {{"expression", "b1>99999"}});
    const auto nothing = styled(scene(), {{"expression", "b1/0"}});

    ASSERT_EQ(index.rescale.size(), 1U);
    EXPECT_NEAR(index.rescale[0].low, -0.92157, 1e-5);
    EXPECT_NEAR(index.rescale[0].high, 0.97980, 1e-5);
    EXPECT_EQ(flood.rescale, (std::vector<Rescale>{{0, 1}}));
    EXPECT_EQ(nothing.rescale, (std::vector<Rescale>{{0, 1}}));
}

TEST(RasterStyle, DrawsAPaletteInItsOwnColours) {
    auto raster = palette_raster({{1, 2, 3, 255}, {4, 5, 6, 255}, {0, 0, 0, 0}, {7, 8, 9, 100}});
    raster.bands[0].nodata = 1;

    const auto style = styled(raster);

    ASSERT_EQ(classes_of(style).classes.size(), 2U);
    EXPECT_EQ(classes_of(style).classes[0].low, 0);
    EXPECT_EQ(classes_of(style).classes[0].high, 0);
    EXPECT_EQ(classes_of(style).classes[0].colour, (Colour{1, 2, 3, 255}));
    EXPECT_EQ(classes_of(style).classes[1].low, 3);
    EXPECT_EQ(classes_of(style).classes[1].colour, (Colour{7, 8, 9, 100}));
    EXPECT_EQ(style.resampling, Resampling::mode);
    EXPECT_TRUE(styled(raster, {{"bands", "1"}}).colours);
    EXPECT_FALSE(styled(raster, {{"rescale", "0,3"}}).colours);
}

TEST(RasterStyle, FitsAFullPaletteIntoTheClassesByLeavingOutWhatNoCellHas) {
    Palette palette;
    for (int i = 0; i < 256; ++i)
        palette.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i * 7), 0});
    auto raster = palette_raster(palette);
    raster.bands[0].statistics = even_statistics({0, 254});

    const auto style = styled(raster);

    ASSERT_EQ(classes_of(style).classes.size(), 255U);
    EXPECT_EQ(classes_of(style).classes.back().low, 254);
}

TEST(RasterStyle, JoinsTheNearestNeighboursOfAPaletteThatIsUsedInFull) {
    Palette palette;
    for (int i = 0; i < 256; ++i)
        palette.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i * 7), 0});
    palette[101] = palette[100];

    const auto style = styled(palette_raster(palette));

    ASSERT_EQ(classes_of(style).classes.size(), 255U);
    EXPECT_EQ(classes_of(style).classes[100].low, 100);
    EXPECT_EQ(classes_of(style).classes[100].high, 102);  // 100 <= v < 102
    EXPECT_EQ(classes_of(style).classes[101].low, 102);
}

TEST(RasterStyle, GivesClassNumbersWithoutAPaletteColoursInTurn) {
    const auto style = styled(single(RasterKind::categorical, ValueType::u8, {3, 6}));

    ASSERT_EQ(classes_of(style).classes.size(), 4U);
    EXPECT_EQ(classes_of(style).classes[0].low, 3);
    // The first two colours of matplotlib's tab20.
    EXPECT_EQ(to_hex(classes_of(style).classes[0].colour), "#1f77b4");
    EXPECT_EQ(to_hex(classes_of(style).classes[1].colour), "#aec7e8");
    EXPECT_FALSE(styled(single(RasterKind::categorical, ValueType::i32, {0, 90000})).colours);
    EXPECT_FALSE(styled(single(RasterKind::categorical, ValueType::f32, {0, 3})).colours);
}

TEST(RasterStyle, DrawsAMaskFromClearToStrong) {
    const auto style = styled(single(RasterKind::mask, ValueType::u8, {0, 1}));

    const auto& ramp = std::get<ColourRamp>(style.colours.value());
    ASSERT_EQ(ramp.colours.size(), 256U);
    EXPECT_EQ(ramp.colours.front().alpha, 0);
    EXPECT_EQ(ramp.colours.back().alpha, 255);
    EXPECT_EQ(style.rescale, (std::vector<Rescale>{{0, 1}}));
}

TEST(RasterStyle, DrawsAMaskOfOneNumberAsFull) {
    EXPECT_EQ(styled(single(RasterKind::mask, ValueType::u8, {1, 1})).rescale,
              (std::vector<Rescale>{{0, 1}}));
    EXPECT_EQ(styled(single(RasterKind::mask, ValueType::u8, {255, 255})).rescale,
              (std::vector<Rescale>{{0, 255}}));
}

TEST(RasterStyle, DrawsGreyWhenBandsOrAStretchAreAskedFor) {
    for (const auto kind : {RasterKind::mask, RasterKind::elevation, RasterKind::continuous}) {
        const auto raster = single(kind, ValueType::f32, {0, 100});

        EXPECT_FALSE(styled(raster, {{"rescale", "0,9"}}).colours);
        EXPECT_FALSE(styled(raster, {{"bands", "1"}}).colours);
    }
    EXPECT_FALSE(styled(single(RasterKind::continuous, ValueType::f32, {0, 1})).colours);
    EXPECT_TRUE(styled(single(RasterKind::elevation, ValueType::i16, {0, 900})).colours);
}

TEST(RasterStyle, RefusesARasterWithoutBands) {
    EXPECT_FALSE(style_of({}, raster_of(RasterKind::continuous, {})));
}

}  // namespace
}  // namespace relief::style
