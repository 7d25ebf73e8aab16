#include "server/service/style_legend.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::service {
namespace {

StyleLegend samples_of_layers(const std::string& layers, const IconSizes& icons = {}) {
    auto style = read_served_style(
        "s",
        R"({"version":8,"sources":{"v":{"type":"vector","url":"relief://v"}},"layers":[)" + layers +
            "]}");
    EXPECT_TRUE(style) << style.error().what;
    VisibleStyle visible;
    visible.text = style->text;
    visible.document = style->document;
    return legend_of_style(visible, "Title", icons);
}

style::Legend legend_of_layers(const std::string& layers) {
    return samples_of_layers(layers).legend;
}

std::string layer_with(const std::string& type,
                       const std::string& paint,
                       const std::string& more = "") {
    return R"({"id":"a )" + type + R"(","source":"v","source-layer":"v","type":")" + type +
           R"(","paint":)" + paint + more + "}";
}

TEST(LegendOfStyle, HasTheUppermostLayerFirstInItsColours) {
    const auto legend =
        legend_of_layers(layer_with("fill", R"({"fill-color":"#102030","fill-opacity":0.5})") +
                         "," + layer_with("line", R"({"line-color":"red"})"));

    EXPECT_EQ(legend.kind, style::Legend::Kind::symbols);
    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].label, "a line");
    EXPECT_EQ(legend.entries[0].colour, (Colour{255, 0, 0, 255}));
    EXPECT_EQ(legend.entries[1].label, "a fill");
    EXPECT_EQ(legend.entries[0].shape, "line");
    EXPECT_EQ(legend.entries[1].shape, "area");
    EXPECT_EQ(legend.entries[1].colour, (Colour{16, 32, 48, 128}));
}

TEST(LegendOfStyle, HasAnEntryForEachBranchAndStep) {
    const auto match = legend_of_layers(layer_with(
        "circle",
        R"({"circle-color":["match",["get","k"],["a","b"],"#ff0000","c","#00ff00","#0000ff"]})"));
    const auto step = legend_of_layers(
        layer_with("fill", R"({"fill-color":["step",["get","n"],"#fff",10,"#888",20,"#000"]})"));

    ASSERT_EQ(match.entries.size(), 3U);
    EXPECT_EQ(match.entries[0].label, "a circle: a, b");
    EXPECT_EQ(match.entries[1].colour, (Colour{0, 255, 0, 255}));
    EXPECT_EQ(match.entries[2].label, "a circle: other");
    ASSERT_EQ(step.entries.size(), 3U);
    EXPECT_EQ(step.entries[0].label, "a fill: below 10");
    EXPECT_EQ(step.entries[1].label, "a fill: 10 to 20");
    EXPECT_EQ(step.entries[2].label, "a fill: from 20");
}

TEST(LegendOfStyle, HasAnEntryForEachPictureOfASymbolLayer) {
    const auto [legend, samples] = samples_of_layers(
        R"({"id":"s","source":"v","source-layer":"v","type":"symbol",
            "layout":{"icon-image":["match",["get","k"],"a","camp","b","dam","gone"],"icon-offset":[9,9]},
            "paint":{"icon-opacity":0.5,"icon-translate":[5,5],"text-color":"red"}})",
        {{"camp", {24, 24}}, {"dam", {48, 12}}});

    ASSERT_EQ(legend.entries.size(), 3U);
    EXPECT_EQ(legend.entries[0].label, "s: a");
    EXPECT_EQ(legend.entries[0].shape, "symbol");
    EXPECT_EQ(legend.entries[2].label, "s: other");
    EXPECT_EQ(samples[0]["layout"]["icon-image"], "camp");
    EXPECT_EQ(samples[0]["layout"]["icon-size"], 0.75) << "as high as the sample: 18 pixels";
    EXPECT_EQ(samples[0]["paint"], stylesheet::Json({{"icon-opacity", 0.5}}));
    EXPECT_EQ(samples[1]["layout"]["icon-size"], 0.5) << "as wide as the sample: 24 pixels";
    EXPECT_TRUE(samples[2].is_null()) << "there is no picture of the name";
}

TEST(LegendOfStyle, ShowsThePictureOfAFeatureWithoutAttributes) {
    const auto [legend, samples] = samples_of_layers(
        R"({"id":"s","source":"v","source-layer":"v","type":"symbol","layout":{
            "icon-image":["coalesce",["image",["to-string",["get","k"]]],["image","unknown"]]}})",
        {{"unknown", {24, 24}}});

    ASSERT_EQ(legend.entries.size(), 1U);
    EXPECT_EQ(samples[0]["layout"]["icon-image"], "unknown");
}

TEST(LegendOfStyle, HasWordsInTheirColours) {
    const auto [legend, samples] = samples_of_layers(layer_with(
        "symbol",
        R"({"text-color":["match",["get","k"],"a","#ff0000","#0000ff"],"text-halo-color":"#fff"})",
        R"(,"layout":{"text-field":["get","name"],"text-font":["Noto Sans Bold"],"text-size":40})"));

    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].label, "a symbol: a");
    EXPECT_EQ(legend.entries[0].colour, (Colour{255, 0, 0, 255}));
    EXPECT_EQ(samples[0]["paint"]["text-color"], "#ff0000");
    EXPECT_EQ(samples[0]["paint"]["text-halo-color"], "#fff");
    EXPECT_EQ(samples[0]["layout"]["text-field"], "Aa");
    EXPECT_EQ(samples[0]["layout"]["text-font"][0], "Noto Sans Bold");
    EXPECT_EQ(samples[0]["layout"]["text-size"], 13);
}

TEST(LegendOfStyle, HasNothingForSymbolsThatShowNothingAndForLayersThatAreHidden) {
    EXPECT_TRUE(legend_of_layers(layer_with("symbol", "{}")).entries.empty());
    EXPECT_TRUE(legend_of_layers(layer_with("fill", "{}", R"(,"layout":{"visibility":"none"})"))
                    .entries.empty());
}

TEST(LegendOfStyle, TellsDiscsByTheirRimsWhereThoseTellTheClass) {
    const auto [legend, samples] = samples_of_layers(layer_with(
        "circle",
        R"({"circle-color":"#fff","circle-stroke-color":["match",["get","k"],"a","#ff0000","#0000ff"],
            "circle-stroke-width":2,"circle-radius":20})"));

    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].colour, (Colour{255, 0, 0, 255}));
    EXPECT_EQ(samples[1]["paint"]["circle-stroke-color"], "#0000ff");
    EXPECT_EQ(samples[1]["paint"]["circle-color"], "#fff");
    EXPECT_LT(samples[1]["paint"]["circle-radius"], 9);
}

TEST(LegendOfStyle, HasSamplesOfPatternsAndBrokenLinesAndOfNoPlainColour) {
    const auto sample = [](const std::string& type, const std::string& paint) {
        return samples_of_layers(layer_with(type, paint)).samples.at(0);
    };

    EXPECT_EQ(sample("fill", R"({"fill-pattern":"hatch"})")["paint"]["fill-pattern"], "hatch");
    EXPECT_EQ(sample("line", R"({"line-dasharray":[2,1]})")["paint"]["line-dasharray"][0], 2);
    EXPECT_TRUE(sample("fill", R"({"fill-color":"red"})").is_null());
    EXPECT_TRUE(sample("line", R"({"line-color":"red"})").is_null());
    EXPECT_TRUE(sample("circle", R"({"circle-color":"red"})").is_null());
    EXPECT_FALSE(sample("circle", R"({"circle-color":"white"})").is_null()) << "told by its rim";
}

TEST(LegendOfStyle, HasTheFaintestAndTheStrongestColourOfHeat) {
    const auto legend = legend_of_layers(layer_with(
        "heatmap",
        R"({"heatmap-color":["interpolate",["linear"],["heatmap-density"],0,"#09090900",0.1,"#888",1,"#000"]})"));

    ASSERT_EQ(legend.entries.size(), 2U);
    EXPECT_EQ(legend.entries[0].label, "a heatmap: few");
    EXPECT_EQ(legend.entries[0].colour, (Colour{136, 136, 136, 255}));
    EXPECT_EQ(legend.entries[1].label, "a heatmap: many");
}

TEST(LegendOfStyle, HasOneEntryForWhatChangesWithTheZoomAlone) {
    EXPECT_EQ(
        legend_of_layers(
            layer_with("fill", R"({"fill-color":["step",["zoom"],"#fff",5,"#888",9,"#000"]})"))
            .entries.size(),
        1U);
}

TEST(LegendOfStyle, CallsClassesAsTheirMetadataSay) {
    const auto legend = legend_of_layers(layer_with(
        "fill",
        R"({"fill-color":["match",["get","k"],"a","#ff0000","b","#00ff00","c","#0000ff","#000000"]})",
        R"(,"metadata":{"relief:legend":"Class","relief:legend-classes":["Flooded",7,false]})"));

    ASSERT_EQ(legend.entries.size(), 3U);
    EXPECT_EQ(legend.entries[0].label, "Flooded");
    EXPECT_EQ(legend.entries[1].label, "Class: b") << "a number is no name";
    EXPECT_EQ(legend.entries[2].label, "Class: other") << "the third has no entry";
}

TEST(LegendOfStyle, CallsLayersAsTheirMetadataSay) {
    const auto legend =
        legend_of_layers(layer_with("fill", "{}", R"(,"metadata":{"relief:legend":"Flooded"})") +
                         "," + layer_with("line", "{}", R"(,"metadata":{"relief:legend":false})"));

    ASSERT_EQ(legend.entries.size(), 1U);
    EXPECT_EQ(legend.entries[0].label, "Flooded");
}

}  // namespace
}  // namespace relief::service
