#include "tiler/render/legend_picture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::render {
namespace {

using style::Legend;
using testing::Test;

Legend classes(const std::string& title) {
    Legend legend;
    legend.title = title;
    legend.kind = Legend::Kind::classes;
    legend.entries = {{.value = 1, .range = {}, .label = "one", .colour = {16, 17, 18}},
                      {.value = 2, .range = {}, .label = "two", .colour = {254, 1, 2, 128}}};
    return legend;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(LegendSvg, NamesEachColourAndLabel) {
    const auto svg = legend_svg(classes("Water"), {});

    EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_TRUE(holds(svg, "fill=\"#101112\""));
    EXPECT_TRUE(holds(svg, "fill=\"#fe0102\" fill-opacity=\"0.501961\""));  // 128 / 255
    EXPECT_TRUE(holds(svg, "url(#checker)"));
    for (const auto* word : {">Water<", ">one<", ">two<"}) EXPECT_TRUE(holds(svg, word)) << word;
}

TEST(LegendSvg, CarriesNothingThatActs) {
    const auto svg = legend_svg(classes("<script>alert(1)</script>\" onload=\"x' & \x01\xff"), {});

    EXPECT_FALSE(holds(svg, "<script"));
    EXPECT_FALSE(holds(svg, " onload=\""));
    EXPECT_FALSE(holds(svg, "\x01"));
    EXPECT_FALSE(holds(svg, "\xff"));
    EXPECT_TRUE(holds(svg, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;"));
    EXPECT_EQ(count(svg, "http"), 1U);  // the namespace alone
    EXPECT_FALSE(holds(svg, "href"));
}

TEST(LegendSvg, CarriesSamplesWithin) {
    auto legend = classes("Camps");
    legend.entries[0].sample = std::make_shared<const style::LegendSample>(
        style::LegendSample{{}, "data:image/png;base64,AAAA"});

    const auto svg = legend_svg(legend, {});

    EXPECT_TRUE(holds(svg, "<image x=\"12\""));
    EXPECT_TRUE(holds(svg, "href=\"data:image/png;base64,AAAA\""));
}

TEST(LegendSvg, DrawsARampAsAGradientOfItsStops) {
    Legend legend;
    legend.unit = "m";
    legend.entries = {{.value = 0, .range = {}, .label = "0", .colour = {1, 2, 3}},
                      {.value = 5, .range = {}, .label = "5", .colour = {4, 5, 6, 0}},
                      {.value = 20, .range = {}, .label = "20", .colour = {7, 8, 9}}};

    const auto svg = legend_svg(legend, {});

    EXPECT_TRUE(holds(svg, "<stop offset=\"0\" stop-color=\"#010203\"/>"));
    EXPECT_TRUE(holds(svg, "<stop offset=\"0.25\" stop-color=\"#040506\" stop-opacity=\"0\"/>"));
    EXPECT_TRUE(holds(svg, "<stop offset=\"1\" stop-color=\"#070809\"/>"));
    for (const auto* word : {">m<", ">0<", ">5<", ">20<"}) EXPECT_TRUE(holds(svg, word)) << word;
}

TEST(LegendSvg, LetsLabelsGiveWayToEachOther) {
    Legend legend;
    for (int i = 0; i <= 100; ++i)
        legend.entries.push_back(
            {.value = i, .range = {}, .label = "label " + std::to_string(i), .colour = {}});

    const auto svg = legend_svg(legend, {});

    EXPECT_TRUE(holds(svg, ">label 0<"));
    EXPECT_TRUE(holds(svg, ">label 100<"));
    EXPECT_LT(count(svg, ">label "), 10U);
    EXPECT_EQ(count(svg, "<stop "), 101U);
}

TEST(LegendSvg, TellsTheBrowserWhichTextRunsLeftwards) {
    const auto svg = legend_svg(classes("ماء (م)"), {});

    EXPECT_TRUE(holds(svg, "text-anchor=\"start\" direction=\"rtl\""));
    EXPECT_EQ(count(svg, "direction=\"rtl\""), 1U);
}

TEST(LegendSvg, SaysHowManyEntriesAreLeftOut) {
    auto legend = classes("");
    legend.entries.assign(255, legend.entries[0]);

    const auto svg = legend_svg(legend, {.scale = 2, .dark = false});

    EXPECT_EQ(count(svg, ">one<") + 164, 255U);
    EXPECT_TRUE(holds(svg, ">… and 164 more<"));
}

}  // namespace
}  // namespace relief::render
