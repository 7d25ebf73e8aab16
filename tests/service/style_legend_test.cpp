#include "server/service/style_legend.hpp"

#include <gtest/gtest.h>

namespace relief::service {
namespace {

style::Legend legend_of_layers(const std::string& layers) {
    auto style = read_served_style(
        "s",
        R"({"version":8,"sources":{"v":{"type":"vector","url":"relief://v"}},"layers":[)" + layers +
            "]}");
    EXPECT_TRUE(style) << style.error().what;
    VisibleStyle visible;
    visible.text = style->text;
    visible.document = style->document;
    return legend_of_style(visible, "Title");
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

TEST(LegendOfStyle, CallsLayersAsTheirMetadataSay) {
    const auto legend =
        legend_of_layers(layer_with("fill", "{}", R"(,"metadata":{"relief:legend":"Flooded"})") +
                         "," + layer_with("line", "{}", R"(,"metadata":{"relief:legend":false})"));

    ASSERT_EQ(legend.entries.size(), 1U);
    EXPECT_EQ(legend.entries[0].label, "Flooded");
}

}  // namespace
}  // namespace relief::service
