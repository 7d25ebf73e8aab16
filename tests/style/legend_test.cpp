#include "tiler/style/legend.hpp"

#include "tests/style/rasters.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace relief::style {
namespace {

using Words = std::vector<std::pair<std::string, std::string>>;

Legend legend_for(const RasterDescription& raster, const Words& words) {
    const auto style = style_of({words}, raster);
    EXPECT_TRUE(style) << (style ? "" : style.error().what);
    return legend_of(*style, raster, "Title");
}

RasterDescription legend_heights() {
    auto raster = raster_of(RasterKind::continuous, {band_of(ValueType::f32, {0, 1000})});
    raster.bands[0].unit = "m";
    return raster;
}

std::vector<double> values_of(const Legend& legend) {
    std::vector<double> values;
    for (const auto& entry : legend.entries) values.push_back(entry.value.value());
    return values;
}

TEST(Legend, ShowsBothEndsOfARampAndRoundStopsBetween) {
    const auto legend =
        legend_for(legend_heights(), {{"rescale", "0,3000"}, {"colormap", "viridis"}});

    EXPECT_EQ(legend.kind, Legend::Kind::ramp);
    EXPECT_EQ(legend.unit, "m");
    EXPECT_EQ(values_of(legend), (std::vector<double>{0, 500, 1000, 1500, 2000, 2500, 3000}));
    EXPECT_EQ(to_hex(legend.entries[0].colour), "#440154");
    EXPECT_EQ(to_hex(legend.entries[3].colour), "#21918c");  // viridis 128: 33, 145, 140
    EXPECT_EQ(to_hex(legend.entries[6].colour), "#fde725");
    EXPECT_EQ(legend.entries[3].label, "1500");
}

TEST(Legend, OfCountsHasNoFractions) {
    const auto counts = raster_of(RasterKind::continuous, {band_of(ValueType::u16, {0, 3})});

    EXPECT_EQ(values_of(legend_for(counts, {{"rescale", "0,3"}})),
              (std::vector<double>{0, 1, 2, 3}));
    EXPECT_EQ(values_of(legend_for(legend_heights(), {{"rescale", "0,3"}})),
              (std::vector<double>{0, 0.5, 1, 1.5, 2, 2.5, 3}));
}

std::vector<std::string> labels_of(const Legend& legend) {
    std::vector<std::string> labels;
    for (const auto& entry : legend.entries) labels.push_back(entry.label);
    return labels;
}

TEST(Legend, OfAMaskNamesWhatItMarksAndNoNumbers) {
    auto mask = raster_of(RasterKind::mask, {band_of(ValueType::u8, {0, 1})});
    const auto legend = legend_for(mask, {});
    mask.bands[0].title = "open water";
    const auto named = legend_for(mask, {});

    EXPECT_EQ(legend.kind, Legend::Kind::classes);
    EXPECT_EQ(legend.unit, "");
    EXPECT_EQ(labels_of(legend), (std::vector<std::string>{"marked", "in part (seen from afar)"}));
    EXPECT_EQ(legend.entries[0].colour, (Colour{227, 26, 28, 255}));
    EXPECT_EQ(legend.entries[0].value, 1);
    EXPECT_FALSE(legend.entries[1].value) << "no cell has it";
    EXPECT_LT(legend.entries[1].colour.alpha, 255);
    EXPECT_GT(legend.entries[1].colour.alpha, 0);
    EXPECT_EQ(labels_of(named).front(), "open water");
}

TEST(Legend, OfAMaskInGreyHasWhatIsNotMarkedToo) {
    const auto mask = raster_of(RasterKind::mask, {band_of(ValueType::u8, {0, 255})});
    const auto legend = legend_for(mask, {{"bands", "1"}});

    ASSERT_EQ(legend.entries.size(), 3U);
    EXPECT_EQ(legend.entries[0].value, 255);
    EXPECT_EQ(legend.entries[2].label, "not marked");
    EXPECT_EQ(legend.entries[2].colour, (Colour{0, 0, 0, 255}));
}

TEST(Legend, RoundsItsLabelsAndKeepsItsValues) {
    const auto legend = legend_for(legend_heights(), {{"rescale", "-0.754786451,0.483126004"}});

    EXPECT_EQ(legend.entries.front().label, "-0.755");
    EXPECT_EQ(legend.entries.front().value, -0.754786451);
    EXPECT_EQ(legend.entries.back().label, "0.483");
    EXPECT_EQ(legend.entries.back().value, 0.483126004);
}

TEST(Legend, KeepsOddEndsAndLeavesRoomAroundThem) {
    const auto legend = legend_for(legend_heights(), {{"rescale", "-0.98,1.02"}});

    // 0.5 apart; -1 lies outside, 1 is too near to the end.
    EXPECT_EQ(values_of(legend), (std::vector<double>{-0.98, -0.5, 0, 0.5, 1.02}));
    EXPECT_EQ(legend.entries.front().colour, (Colour{0, 0, 0, 255}));
    EXPECT_EQ(legend.entries.back().colour, (Colour{255, 255, 255, 255}));
}

TEST(Legend, StaysBoundedAndAscendingOverAnyRange) {
    for (const auto* const range : {"-1e308,1e308",
                                    "0,1e-320",
                                    "1e15,1000000000000001",
                                    "-3,-2.999999",
                                    "0.1,0.7",
                                    "0,7",
                                    "1e-9,3e-9",
                                    "0,1e300",
                                    "4999.5,5000.5"}) {
        const auto values = values_of(legend_for(legend_heights(), {{"rescale", range}}));

        EXPECT_GE(values.size(), 2U) << range;
        EXPECT_LE(values.size(), 13U) << range;
        EXPECT_TRUE(std::is_sorted(values.begin(), values.end())) << range;
        for (const double value : values) EXPECT_TRUE(std::isfinite(value)) << range;
    }
}

TEST(Legend, ReadsAnInvertedStretchFromItsLowEnd) {
    const auto legend = legend_for(legend_heights(), {{"rescale", "10,0"}});

    EXPECT_EQ(legend.entries.front().value, 0);
    EXPECT_EQ(legend.entries.front().colour, (Colour{255, 255, 255, 255}));
    EXPECT_EQ(legend.entries.back().colour, (Colour{0, 0, 0, 255}));
}

TEST(Legend, ShowsAThresholdAsItsTwoSides) {
    const auto legend = legend_for(legend_heights(), {{"rescale", "5,5"}});

    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].label, "< 5");
    EXPECT_EQ(legend.entries[0].colour, (Colour{0, 0, 0, 255}));
    EXPECT_EQ(legend.entries[1].label, "≥ 5");
    EXPECT_EQ(legend.entries[1].colour, (Colour{255, 255, 255, 255}));
}

TEST(Legend, StatesValuesInTheBandsUnitThoughTheStretchIsInCells) {
    auto raster = legend_heights();
    raster.bands[0].type = ValueType::i16;
    raster.bands[0].scale = 0.01;
    raster.bands[0].offset = -100;

    const auto legend = legend_for(raster, {{"rescale", "10000,20000"}});

    EXPECT_DOUBLE_EQ(legend.entries.front().value.value(), 0);
    EXPECT_DOUBLE_EQ(legend.entries.back().value.value(), 100);
}

TEST(Legend, StatesNoUnitForAFormula) {
    const auto legend =
        legend_for(legend_heights(), {{"expression", "b1/1000"}, {"rescale", "0,1"}});

    EXPECT_EQ(legend.unit, "");
    EXPECT_EQ(legend.kind, Legend::Kind::ramp);
}

TEST(Legend, ListsClassesThatShowSomething) {
    const auto legend =
        legend_for(legend_heights(),
                   {{"colormap", R"({"0": [0,0,0,0], "5": "#010203", "10,20": "#0405067f"})"}});

    EXPECT_EQ(legend.kind, Legend::Kind::classes);
    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].value, 5);
    EXPECT_EQ(legend.entries[0].label, "5");
    EXPECT_EQ(legend.entries[1].range, (std::pair<double, double>{10, 20}));
    EXPECT_EQ(to_hex(legend.entries[1].colour), "#0405067f");
}

TEST(Legend, LeavesOutPaletteEntriesThatNoCellHas) {
    auto raster = palette_raster(
        {{1, 0, 0, 255}, {2, 0, 0, 255}, {3, 0, 0, 255}, {4, 0, 0, 255}, {5, 0, 0, 255}});
    auto& statistics = raster.bands[0].statistics.value();
    statistics.maximum = 3;
    statistics.histogram_low = -0.5;  // a bin around each number
    statistics.histogram_high = 5.5;
    statistics.counts = {4, 0, 6, 1, 0, 0};
    const auto colours = [&] {
        std::string text;
        for (const auto& entry : legend_for(raster, {}).entries) text += to_hex(entry.colour) + " ";
        return text;
    };

    EXPECT_EQ(colours(), "#010000 #030000 #040000 ");
    statistics.approximate = true;
    EXPECT_EQ(colours(), "#010000 #020000 #030000 #040000 #050000 ");
}

TEST(Legend, NamesTheBandsAndRangesOfARedGreenBluePicture) {
    auto raster = raster_of(RasterKind::imagery,
                            {band_of(ValueType::u16, {0, 100}),
                             band_of(ValueType::u16, {0, 100}),
                             band_of(ValueType::u16, {0, 100})});
    raster.bands[2].title = "near infrared";

    const auto bands = legend_for(raster, {{"bands", "3,2,1"}, {"rescale", "0,4000"}});
    const auto formulas = legend_for(raster, {{"expression", "b1/b2;b2;b3"}, {"rescale", "0,1"}});

    EXPECT_EQ(bands.kind, Legend::Kind::symbols);
    ASSERT_EQ(bands.entries.size(), 3U);
    EXPECT_EQ(bands.entries[0].label, "red: band 3 (near infrared), 0 to 4000");
    EXPECT_EQ(bands.entries[0].colour, (Colour{255, 0, 0, 255}));
    EXPECT_EQ(bands.entries[2].label, "blue: band 1, 0 to 4000");
    EXPECT_EQ(formulas.entries[0].label, "red: b1/b2, 0 to 1");
    EXPECT_EQ(formulas.entries[2].label, "blue: b3, 0 to 1");
}

TEST(LegendJson, HoldsTheMembersThatClientsRelyOn) {
    Legend legend{
        .title = "Depth \"2024\"", .kind = Legend::Kind::classes, .entries = {}, .unit = "m"};
    legend.entries.push_back({.value = 2.5, .range = {}, .label = "a", .colour = {1, 2, 3, 255}});
    legend.entries.push_back({.value = {},
                              .range = std::pair<double, double>{0, 10},
                              .label = "b",
                              .colour = {255, 0, 0, 128}});

    EXPECT_EQ(to_json(legend),
              R"({"title":"Depth \"2024\"","kind":"classes","entries":[)"
              R"({"value":2.5,"label":"a","color":"#010203"},)"
              R"({"range":[0.0,10.0],"label":"b","color":"#ff000080"}],"unit":"m"})");
}

TEST(LegendJson, WritesTitlesOfBrokenUtf8) {
    const Legend legend{.title = "caf\xe9", .kind = Legend::Kind::ramp, .entries = {}, .unit = {}};

    EXPECT_NE(to_json(legend).find("caf\xef\xbf\xbd"), std::string::npos);
}

}  // namespace
}  // namespace relief::style
