#include "tests/style/requests.hpp"
#include "tiler/style/raster_style.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace relief::style {
namespace {

TEST(RequestWords, TakesOneRescaleForAllOrOneForEach) {
    const auto one = styled(scene(), {{"rescale", "0,3000"}});
    const auto each =
        styled(scene(), {{"rescale", "0,1"}, {"rescale", "2,3"}, {"rescale", "-5, 4e1"}});

    EXPECT_EQ(one.rescale, (std::vector<Rescale>{{0, 3000}, {0, 3000}, {0, 3000}}));
    EXPECT_EQ(each.rescale, (std::vector<Rescale>{{0, 1}, {2, 3}, {-5, 40}}));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"rescale", "0,1"}, {"rescale", "0,2"}}), "2 times"));
}

TEST(RequestWords, KeepsInvertedAndEmptyRanges) {
    EXPECT_EQ(styled(scene(), {{"bands", "1"}, {"rescale", "10,0"}}).rescale,
              (std::vector<Rescale>{{10, 0}}));
    EXPECT_EQ(styled(scene(), {{"bands", "1"}, {"rescale", "5,5"}}).rescale,
              (std::vector<Rescale>{{5, 5}}));
}

TEST(RequestWords, RefusesRangesThatAreNotTwoNumbersAndNamesThem) {
    for (const std::string text :
         {"1",     "a,b",  "NaN,NaN", "inf,inf", "1,2,3", "1e400,2", ",",
          "1,",    ",1",   "1;2",     "0,0,0",   "[0,1]", "1,2'",    "5,5,",
          "0-255", "1,2)", "(1,2)",   "x",       "1 2",   "+1,2",    "0x0,1"})
        EXPECT_TRUE(holds(refusal_of(scene(), {{"rescale", text}}), "\"" + text + "\"")) << text;
}

TEST(RequestWords, ReadsBandsFromEitherNameAndFromRepeats) {
    EXPECT_EQ(styled(scene(), {{"bands", "3,2,1"}}).bands, (std::vector<int>{3, 2, 1}));
    EXPECT_EQ(styled(scene(), {{"bidx", "4"}, {"bidx", "3"}, {"bidx", "3"}}).bands,
              (std::vector<int>{4, 3, 3}));
    EXPECT_EQ(styled(scene(), {{"bands", "2"}}).rescale, (std::vector<Rescale>{{40, 1960}}));
}

TEST(RequestWords, RefusesBandsThatAreNotThereAndNamesThem) {
    for (const std::string text : {"77",
                                   "0",
                                   "-1",
                                   "1.5",
                                   "1e3",
                                   "2147483648",
                                   "0x1F",
                                   "abc",
                                   "99999999999999999999",
                                   "5;5",
                                   "NaN",
                                   "(5)",
                                   "1 2"})
        EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", text}}), "\"" + text + "\"")) << text;
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", "1,77,2"}}), "\"77\""));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", "77"}}), "1 to 4"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", "1,2"}}), "three"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", "1,2,3,4"}}), "three"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", ",1"}}), "\"\""));
}

TEST(RequestWords, ReadsTheBandsOfAnExpression) {
    const auto style = styled(scene(), {{"expression", "(b4-b2)/(b4+b2)"}, {"rescale", "-1,1"}});

    EXPECT_EQ(style.bands, (std::vector<int>{2, 4}));
    EXPECT_EQ(style.outputs(), 1U);
    EXPECT_EQ(style.rescale, (std::vector<Rescale>{{-1, 1}}));
}

TEST(RequestWords, RefusesExpressionsThatItCannotDraw) {
    EXPECT_TRUE(holds(refusal_of(scene(), {{"expression", "b1;b2"}}), "2 bands"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"expression", "b77"}}), "b77"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"expression", ""}}), "empty"));
    EXPECT_TRUE(
        holds(refusal_of(scene(), {{"expression", "b1"}, {"bands", "2"}}), "exclude each other"));
    EXPECT_EQ(styled(scene(), {{"expression", "b1;b2;b3"}}).outputs(), 3U);
}

TEST(RequestWords, PutsAColormapOnOneBandOnly) {
    const auto style = styled(scene(), {{"bands", "2"}, {"colormap_name", "magma"}});

    EXPECT_EQ(std::get<ColourRamp>(style.colours.value()).name, "magma");
    EXPECT_TRUE(holds(refusal_of(scene(), {{"colormap", "magma"}}), "colormap needs one band"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"bands", "2"}, {"colormap", "nosuch"}}), "nosuch"));
    EXPECT_TRUE(holds(
        refusal_of(scene(), {{"bands", "2"}, {"colormap", "magma"}, {"colormap_name", "jet"}}),
        "2 times"));
}

TEST(RequestWords, ShowsClassesByNearestAndUnstretched) {
    const auto style = styled(single(RasterKind::continuous, ValueType::f32, {0, 9}),
                              {{"colormap", R"({"0,5": "#ff0000"})"}, {"rescale", "0,1"}});

    EXPECT_EQ(style.resampling, Resampling::nearest);
    EXPECT_TRUE(style.rescale.empty());
}

TEST(RequestWords, ChoosesResamplingByKindUnlessAsked) {
    const auto of = [](RasterKind kind, const Words& words) {
        return styled(single(kind, ValueType::f32, {0, 1}), words).resampling;
    };

    EXPECT_EQ(of(RasterKind::imagery, {}), Resampling::bilinear);
    EXPECT_EQ(of(RasterKind::continuous, {}), Resampling::bilinear);
    EXPECT_EQ(of(RasterKind::elevation, {}), Resampling::bilinear);
    EXPECT_EQ(of(RasterKind::categorical, {}), Resampling::mode);
    EXPECT_EQ(of(RasterKind::mask, {}), Resampling::average);
    EXPECT_EQ(of(RasterKind::mask, {{"resampling", "cubic"}}), Resampling::cubic);
    EXPECT_TRUE(holds(refusal_of(scene(), {{"resampling", "nearest;"}}), "nearest;"));
    EXPECT_TRUE(holds(refusal_of(scene(), {{"resampling", "lanczos"}}), "bilinear"));
}

TEST(RequestWords, ReadsNodataAsANumberOrNaN) {
    EXPECT_EQ(styled(scene(), {{"nodata", "-9999"}}).nodata, -9999);
    EXPECT_TRUE(std::isnan(styled(scene(), {{"nodata", "nan"}}).nodata.value()));
    EXPECT_FALSE(styled(scene()).nodata);
    for (const std::string text :
         {"inf",  "1e400", "1e", "e5",  "--1", "+-1", "1,5", "1 5",   "0x", "ten", "1.2.3",
          "null", "true",  "[]", "1;2", "1'",  "1/0", "(1)", "1_000", "-",  ".",   "\u0663"})
        EXPECT_TRUE(holds(refusal_of(scene(), {{"nodata", text}}), text)) << text;
}

TEST(RequestWords, TakesAnEmptyWordAsNotGiven) {
    const auto style = styled(
        scene(),
        {{"bands", ""}, {"rescale", ""}, {"colormap", ""}, {"nodata", ""}, {"resampling", ""}});

    const auto plain = styled(scene());
    EXPECT_EQ(style.bands, plain.bands);
    EXPECT_EQ(style.rescale, plain.rescale);
    EXPECT_EQ(style.resampling, plain.resampling);
    EXPECT_FALSE(style.colours);
    EXPECT_FALSE(style.nodata);
}

TEST(RasterWords, FindsAWordByItsNameOrItsSynonym) {
    const RasterWords words{{{"bidx", "1"}, {"rescale", "0,1"}}};

    EXPECT_EQ(words.find("bands", "bidx"), "1");
    EXPECT_EQ(words.find("rescale"), "0,1");
    EXPECT_FALSE(words.find("colormap", "colormap_name"));
}

}  // namespace
}  // namespace relief::style
