#include "tiler/style/drawing_facts.hpp"

#include "tests/style/rasters.hpp"
#include "tiler/style/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace relief::style {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;
using Words = std::vector<std::pair<std::string, std::string>>;

RasterDescription three_bands() {
    auto raster = raster_of(RasterKind::imagery,
                            {band_of(ValueType::u16, {0, 100}),
                             band_of(ValueType::u16, {0, 200}),
                             band_of(ValueType::u16, {0, 300})});
    raster.bands[0].title = "B2";
    raster.bands[1].title = "B3";
    raster.bands[2].title = "B4";
    return raster;
}

std::string words_of(const RasterDescription& raster, const Words& asked = {}) {
    return in_words(*drawing_facts({asked}, raster), raster);
}

Json json_of(const RasterDescription& raster, const Words& asked = {}) {
    return Json::parse(to_json(*drawing_facts({asked}, raster)));
}

TEST(DrawingFacts, SayWhichBandsAreDrawnAndWhy) {
    // 2nd to 98th percentile of even values: 2 % and 98 % of the way.
    EXPECT_EQ(words_of(three_bands()),
              "bands 3 (B4), 2 (B3), 1 (B2) as red, green, blue, as Sentinel-2 and Landsat 8 "
              "number them; 6 to 294, 4 to 196, 2 to 98");
    EXPECT_THAT(words_of(three_bands(), {{"bands", "1,2,3"}}),
                HasSubstr("bands 1 (B2), 2 (B3), 3 (B4) as red, green, blue, as asked for"));
}

TEST(DrawingFacts, InJsonAskForTheSamePictureAgain) {
    const auto json = json_of(three_bands());

    EXPECT_EQ(json["bands"], Json({3, 2, 1}));
    EXPECT_EQ(json["rescale"], Json({{6.0, 294.0}, {4.0, 196.0}, {2.0, 98.0}}));
    EXPECT_TRUE(json["colormap"].is_null());
    EXPECT_EQ(json["resampling"], "bilinear");
}

TEST(DrawingFacts, NameTheColoursOfOneBand) {
    auto heights = raster_of(RasterKind::elevation, {band_of(ValueType::f32, {0, 1000})});
    heights.bands[0].unit = "m";
    const auto plain = raster_of(RasterKind::continuous, {band_of(ValueType::u8, {0, 9})});

    EXPECT_EQ(words_of(heights), "band 1 in hypsometric; 20 to 980 m");
    EXPECT_EQ(json_of(heights)["colormap"], "hypsometric");
    EXPECT_EQ(words_of(plain), "band 1 in grey; 0 to 255");
    EXPECT_EQ(json_of(plain)["colormap"], "gray");
    EXPECT_EQ(words_of(palette_raster({{1, 0, 0, 255}, {2, 0, 0, 255}})),
              "band 1 in its own palette");
    EXPECT_EQ(words_of(plain, {{"colormap", "viridis"}}), "band 1 in viridis; 0 to 255");
}

TEST(DrawingFacts, NameAFormulaInsteadOfItsBands) {
    const Words asked{{"expression", "(b1-b2)/(b1+b2)"}, {"rescale", "-1,1"}};

    EXPECT_EQ(words_of(three_bands(), asked), "(b1-b2)/(b1+b2) in grey; -1 to 1");
    EXPECT_EQ(json_of(three_bands(), asked)["expression"], "(b1-b2)/(b1+b2)");
}

TEST(DrawingFacts, RefuseWordsThatCannotBeDrawn) {
    EXPECT_FALSE(drawing_facts({{{"bands", "9"}}}, three_bands()));
}

TEST(Rounded, KeepsFourDigitsOfTheRangeAndWholeNumbers) {
    struct Case {
        double number, range;
        const char* text;
    };
    for (const auto& [number, range, text] : {Case{-0.754786451, 1.2, "-0.755"},
                                              Case{0.483126004, 0.9, "0.4831"},
                                              Case{812.5432, 900, "812.5"},
                                              Case{1234.5678, 3000, "1235"},
                                              Case{65535, 65535, "65535"},
                                              Case{-0.00001, 10, "0"},
                                              Case{0.1 + 0.2, 1, "0.3"},
                                              Case{1234567.8, 3e6, "1234568"},
                                              Case{1e-9, 3e-9, "0.000000001"},
                                              Case{1.23456789, 0, "1.23457"}})
        EXPECT_EQ(rounded(number, {range}), text);
}

TEST(Rounded, TakesAnyNumber) {
    constexpr double huge = std::numeric_limits<double>::max();
    constexpr double infinity = std::numeric_limits<double>::infinity();

    for (const double number : {huge, -huge, 1e-320, -1.5, std::nan("")})
        for (const double range : {0.0, 1e-320, 1.0, huge, std::nan(""), infinity})
            EXPECT_LE(rounded(number, {range}).size(), 40U);
}

}  // namespace
}  // namespace relief::style
