#include "tiler/style/algorithm_style.hpp"

#include "tests/style/requests.hpp"
#include "tiler/style/algorithm_formula.hpp"
#include "tiler/style/legend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relief::style {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

RasterDescription titled(const std::vector<std::string>& titles) {
    std::vector<BandDescription> bands;
    for (const auto& title : titles) {
        bands.push_back(band_of(ValueType::u16, {0, 10000}));
        bands.back().title = title;
    }
    return raster_of(RasterKind::continuous, bands);
}

RasterDescription sentinel() {
    return titled({"B2", "B3", "B4", "B8", "B11", "B12"});
}
RasterDescription heights() {
    return single(RasterKind::elevation, ValueType::i16, {0, 1000});
}

/// What the style's formula gives for one cell of each of its bands.
double computed(const RasterStyle& style, const std::vector<double>& cells) {
    double result = 0;
    std::vector<std::span<const double>> inputs;
    for (const double& cell : cells) inputs.emplace_back(&cell, 1);
    const std::vector<std::span<double>> results{{&result, 1}};
    style.expression->evaluate(std::span<const std::span<const double>>(inputs), results);
    return result;
}

TEST(SpectralBands, AreFoundByTheNamesOfSentinel2) {
    EXPECT_EQ(find_spectral_band(sentinel(), SpectralBand::green), 2);
    EXPECT_EQ(find_spectral_band(sentinel(), SpectralBand::nir), 4);
    EXPECT_EQ(find_spectral_band(sentinel(), SpectralBand::swir1), 5);
    EXPECT_EQ(find_spectral_band(titled({"B08", "B04"}), SpectralBand::red), 2);
}

TEST(SpectralBands, AreFoundByTheNamesOfLandsat8) {
    const auto landsat = titled({"SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"});

    EXPECT_EQ(find_spectral_band(landsat, SpectralBand::red), 3);
    EXPECT_EQ(find_spectral_band(landsat, SpectralBand::nir), 4);
    EXPECT_EQ(find_spectral_band(landsat, SpectralBand::swir2), 6);
}

TEST(SpectralBands, AreFoundByWords) {
    const auto named = titled(
        {"Red edge", "Band 4 (Red)", "nir08", "Near Infrared (NIR)", "swir16", "SWIR 2", "Green"});

    EXPECT_EQ(find_spectral_band(named, SpectralBand::red), 2);
    EXPECT_EQ(find_spectral_band(named, SpectralBand::nir), 4);
    EXPECT_EQ(find_spectral_band(named, SpectralBand::swir1), 5);
    EXPECT_EQ(find_spectral_band(named, SpectralBand::swir2), 6);
    EXPECT_EQ(find_spectral_band(named, SpectralBand::green), 7);
}

TEST(SpectralBands, AreNotGuessedFromNumbersThatMeanOtherBandsOnEachSensor) {
    const auto bare = titled({"B1", "B2", "B3", "B4", "B5"});

    for (const auto band : {SpectralBand::red, SpectralBand::green, SpectralBand::nir})
        EXPECT_EQ(find_spectral_band(bare, band), 0);
}

TEST(SpectralBands, OfAColourPictureAreItsColours) {
    auto picture = titled({"", "", ""});
    picture.bands[0].role = BandRole::red;
    picture.bands[1].role = BandRole::green;

    EXPECT_EQ(find_spectral_band(picture, SpectralBand::green), 2);
    EXPECT_EQ(find_spectral_band(picture, SpectralBand::nir), 0);
}

TEST(AlgorithmStyle, OfAnIndexIsItsFormulaOverTheBandsThatTheFileNames) {
    const auto style = styled(sentinel(), {{"algorithm", "ndwi"}});

    EXPECT_THAT(style.bands, ElementsAre(2, 4));
    EXPECT_DOUBLE_EQ(computed(style, {3000, 1000}), 0.5);  // (3000 - 1000) / (3000 + 1000)
    EXPECT_EQ(style.rescale, (std::vector<Rescale>{{-1, 1}}));
    EXPECT_TRUE(style.colours);
}

TEST(AlgorithmStyle, TakesBandsInTheOrderOfTheTable) {
    const auto style = styled(titled({"", "", "", ""}), {{"algorithm", "ndvi"}, {"bands", "4,3"}});

    EXPECT_THAT(style.bands, ElementsAre(3, 4));
    EXPECT_DOUBLE_EQ(computed(style, {1000, 3000}), 0.5) << "band 4 is near infrared";
}

TEST(AlgorithmStyle, AppliesScaleAndOffset) {
    auto landsat = titled({"SR_B4", "SR_B5", "SR_B6"});
    for (auto& band : landsat.bands) {
        band.scale = 0.0000275;
        band.offset = -0.2;
    }

    const auto style = styled(landsat, {{"algorithm", "ndvi"}});

    // Reflectances 0.0200 and 0.3500 of the numbers 8000 and 20000.
    EXPECT_NEAR(computed(style, {8000, 20000}), (0.35 - 0.02) / (0.35 + 0.02), 1e-12);
}

TEST(AlgorithmStyle, SaysWhichBandsAreNeeded) {
    const auto bare = titled({"", "", ""});

    const auto refusal = refusal_of(bare, {{"algorithm", "ndvi"}});
    EXPECT_THAT(refusal, HasSubstr("near infrared and red"));
    EXPECT_THAT(refusal, HasSubstr("bands="));
    EXPECT_THAT(refusal, HasSubstr("1 to 3"));
    EXPECT_THAT(refusal_of(bare, {{"algorithm", "ndvi"}, {"bands", "1"}}), HasSubstr("takes 2"));
    EXPECT_THAT(refusal_of(sentinel(), {{"algorithm", "hillshade"}, {"bands", "1,2,3"}}),
                HasSubstr("takes 1, heights"));
}

TEST(AlgorithmStyle, RefusesHeightsOfColoursAndClasses) {
    const auto colours = raster_of(RasterKind::imagery,
                                   {band_of(ValueType::u8, {0, 255}),
                                    band_of(ValueType::u8, {0, 255}),
                                    band_of(ValueType::u8, {0, 255})});

    EXPECT_THAT(refusal_of(colours, {{"algorithm", "slope"}}), HasSubstr("holds colours"));
    EXPECT_THAT(refusal_of(palette_raster({{1, 2, 3}}), {{"algorithm", "slope"}}),
                HasSubstr("holds classes"));
    EXPECT_TRUE(style_of({{{"algorithm", "slope"}, {"bands", "2"}}}, colours));
}

TEST(AlgorithmStyle, OfHeightsIsInMetres) {
    auto feet = heights();
    feet.bands[0].unit = "ft";
    feet.bands[0].scale = 0.5;

    const auto style = styled(feet, {{"algorithm", "slope"}});

    EXPECT_DOUBLE_EQ(style.heights.scale, 0.1524);
    EXPECT_NEAR(style.heights.relief, 960 * 0.3048, 1e-9);
    EXPECT_EQ(style.resampling, Resampling::cubic);
}

TEST(AlgorithmStyle, OfTwoDatesCountsTheEarlierBandsOn) {
    const auto style = styled(sentinel(), {{"algorithm", "dnbr"}});

    EXPECT_EQ(style.later_bands, 6);
    EXPECT_THAT(style.bands, ElementsAre(4, 6, 10, 12));
    // Before 0.6 and 0.2, after 0.3 and 0.5: NBR falls from 0.5 to -0.25.
    EXPECT_NEAR(computed(style, {3000, 5000, 6000, 2000}), 0.75, 1e-12);
    EXPECT_TRUE(std::holds_alternative<ColourClasses>(*style.colours));
}

TEST(AlgorithmStyle, OfALogRatioFollowsTheScaleOfItsNumbers) {
    auto power = titled({"VV"});
    auto decibels = titled({"VV"});
    decibels.bands[0].unit = "dB";
    auto negative = titled({"VV"});
    negative.bands[0].statistics->minimum = -25;
    const Words words{{"algorithm", "logratio"}};

    EXPECT_NEAR(computed(styled(power, words), {0.1, 0.2}), -3.0102999566398, 1e-9);
    EXPECT_DOUBLE_EQ(computed(styled(decibels, words), {-12, -9}), -3);
    EXPECT_DOUBLE_EQ(computed(styled(negative, words), {-12, -9}), -3);
    EXPECT_NEAR(computed(styled(power,
                                {{"algorithm", "logratio"},
                                 {"algorithm_params", R"({"scale":"amplitude"})"}}),
                         {1, 10}),
                -20,
                1e-12);
}

TEST(AlgorithmStyle, OfADifferenceTakesAFormulaOnBothDates) {
    const auto style =
        styled(sentinel(), {{"algorithm", "difference"}, {"expression", "(b2-b4)/(b2+b4)"}});

    EXPECT_THAT(style.bands, ElementsAre(2, 4, 8, 10));
    EXPECT_NEAR(computed(style, {3000, 1000, 1000, 3000}), 1.0, 1e-12);
    EXPECT_DOUBLE_EQ(style.rescale[0].low, -style.rescale[0].high);
}

TEST(AlgorithmStyle, OfAThresholdMarksOneSide) {
    const auto above = styled(
        sentinel(),
        {{"algorithm", "threshold"}, {"bands", "2"}, {"algorithm_params", R"({"value":-2.5})"}});
    const auto below = styled(sentinel(),
                              {{"algorithm", "threshold"},
                               {"expression", "b2-b4"},
                               {"algorithm_params", R"({"value":0,"side":"below"})"}});

    EXPECT_EQ(computed(above, {-2.5}), 1);
    EXPECT_EQ(computed(above, {-2.6}), 0);
    EXPECT_EQ(computed(below, {1, 2}), 1);
    EXPECT_EQ(computed(below, {2, 2}), 0);
    EXPECT_THAT(refusal_of(sentinel(), {{"algorithm", "threshold"}}), HasSubstr("value"));
}

TEST(AlgorithmStyle, RefusesWordsThatMeanNothingToIt) {
    const auto dem = heights();

    EXPECT_THAT(refusal_of(dem, {{"algorithm", "hillshade"}, {"expression", "b1*2"}}),
                HasSubstr("\"b1*2\""));
    EXPECT_THAT(refusal_of(dem, {{"algorithm", "contours"}, {"colormap", "viridis"}}),
                HasSubstr("colormap"));
    EXPECT_THAT(refusal_of(dem, {{"algorithm", "terrainrgb"}, {"rescale", "0,9"}}),
                HasSubstr("rescale"));
}

TEST(AlgorithmStyle, KeepsItsColoursInAnotherRange) {
    const auto style = styled(heights(), {{"algorithm", "slope"}, {"rescale", "0,90"}});

    EXPECT_EQ(style.rescale, (std::vector<Rescale>{{0, 90}}));
    EXPECT_TRUE(style.colours);
    EXPECT_EQ(
        styled(heights(), {{"algorithm", "slope"}, {"algorithm_params", R"({"unit":"percent"})"}})
            .rescale,
        (std::vector<Rescale>{{0, 100}}));
}

TEST(AlgorithmsFor, AreThoseThatNeedNothingMore) {
    EXPECT_THAT(algorithms_for(heights(), 1), Contains("hillshade"));
    EXPECT_THAT(algorithms_for(heights(), 1), Not(Contains("ndvi")));
    EXPECT_THAT(algorithms_for(heights(), 1), Not(Contains("difference")));
    EXPECT_THAT(algorithms_for(heights(), 2), Contains("difference"));
    EXPECT_THAT(algorithms_for(sentinel(), 1), Contains("mndwi"));
    EXPECT_THAT(algorithms_for(sentinel(), 1), Not(Contains("hillshade")));
    EXPECT_THAT(algorithms_for(sentinel(), 2), Contains("dnbr"));
}

TEST(RaisedBands, LeavesFunctionsAndNumbersAlone) {
    EXPECT_EQ(raised_bands("b1/b12+abs(b2)-2*log10(b3)", 4), "b5/b16+abs(b6)-2*log10(b7)");
    EXPECT_EQ(raised_bands("", 4), "");
}

TEST(CheckComparable, RefusesBandsThatMeanSomethingElse) {
    const auto style = styled(sentinel(), {{"algorithm", "dnbr"}});
    auto scaled = sentinel();
    scaled.bands[3].scale = 0.1;

    EXPECT_TRUE(check_comparable(style, sentinel(), sentinel()));
    EXPECT_FALSE(check_comparable(style, sentinel(), scaled));
    EXPECT_FALSE(check_comparable(style, sentinel(), titled({"B2"})));
}

TEST(AlgorithmLegend, IsThatOfTheStyle) {
    const auto raster = heights();
    const auto of = [&](const Words& words) {
        return legend_of(styled(raster, words), raster, "Hills");
    };

    const auto slope = of({{"algorithm", "slope"}});
    EXPECT_EQ(slope.title, "Hills – Slope");
    EXPECT_EQ(slope.unit, "°");
    EXPECT_EQ(slope.entries.back().value, 60);
    const auto lines = of({{"algorithm", "contours"}, {"algorithm_params", R"({"interval":25})"}});
    EXPECT_EQ(lines.kind, Legend::Kind::symbols);
    EXPECT_THAT(lines.entries.front().label, HasSubstr("every 25 m"));
    const auto marked = of({{"algorithm", "threshold"}, {"algorithm_params", R"({"value":300})"}});
    EXPECT_EQ(marked.kind, Legend::Kind::classes);
    ASSERT_EQ(marked.entries.size(), 2U) << "what is not marked was looked at, and is told";
    EXPECT_EQ(marked.entries.back().label, "≥ 300");
    EXPECT_THAT(to_json(marked), HasSubstr("\"algorithm\":{\"name\":\"threshold\""));
}

}  // namespace
}  // namespace relief::style
