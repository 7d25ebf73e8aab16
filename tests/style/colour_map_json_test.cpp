#include "tiler/style/colour_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::style {
namespace {

using ::testing::HasSubstr;

std::vector<ColourClass> classes_of(std::string_view text) {
    const auto map = parse_colour_map(text);
    EXPECT_TRUE(map) << text << ": " << (map ? "" : map.error().what);
    if (!map || !std::holds_alternative<ColourClasses>(*map)) return {};
    return std::get<ColourClasses>(*map).classes;
}

std::string refusal_of_map(std::string_view text) {
    const auto map = parse_colour_map(text);
    EXPECT_FALSE(map) << text;
    if (map) return {};
    EXPECT_EQ(map.error().fault, Fault::bad_request);
    return map.error().what;
}

TEST(ColourMapJson, ReadsValuesInEveryColourForm) {
    const auto classes =
        classes_of(R"({"2": "#010203", "0": [4, 5, 6], "1": [7, 8, 9, 10], "-1.5": "#01020304"})");

    ASSERT_EQ(classes.size(), 4U);
    EXPECT_EQ(classes[0].low, -1.5);
    EXPECT_EQ(classes[0].colour, (Colour{1, 2, 3, 4}));
    EXPECT_EQ(classes[1].colour, (Colour{4, 5, 6, 255}));
    EXPECT_EQ(classes[2].colour, (Colour{7, 8, 9, 10}));
    EXPECT_EQ(classes[3].low, 2);
    EXPECT_EQ(classes[3].high, 2);
    EXPECT_EQ(classes[3].colour, (Colour{1, 2, 3, 255}));
}

TEST(ColourMapJson, ReadsRangesAsKeys) {
    const auto classes =
        classes_of(R"({"0,10": "#111111", "10-20": "#222222", "-5--1": "#333333", "20": "#444"})");

    ASSERT_EQ(classes.size(), 4U);
    EXPECT_EQ(classes[0].low, -5);
    EXPECT_EQ(classes[0].high, -1);
    EXPECT_EQ(classes[1].high, 10);
    EXPECT_EQ(classes[2].low, 10);
    EXPECT_EQ(classes[2].high, 20);
    EXPECT_EQ(classes[3].low, 20);
}

TEST(ColourMapJson, ReadsTiTilersArrayOfRanges) {
    const auto classes = classes_of("[[[0.5, 1], [255, 0, 0, 255]], [[-1, 0.5], \"#00f\"]]");

    ASSERT_EQ(classes.size(), 2U);
    EXPECT_EQ(classes[0].low, -1);
    EXPECT_EQ(classes[0].high, 0.5);
    EXPECT_EQ(classes[0].colour, (Colour{0, 0, 255, 255}));
    EXPECT_EQ(classes[1].colour, (Colour{255, 0, 0, 255}));
}

TEST(ColourMapJson, ReadsAnEntryForEachLevelAsARamp) {
    std::string text = "{";
    for (int i = 255; i >= 0; --i)
        text.append("\"")
            .append(std::to_string(i))
            .append("\":[")
            .append(std::to_string(i))
            .append(i > 0 ? ",0,9,255]," : ",0,9,255]}");

    const auto map = parse_colour_map(text);

    ASSERT_TRUE(map);
    const auto* const ramp = std::get_if<ColourRamp>(&*map);
    ASSERT_NE(ramp, nullptr);
    ASSERT_EQ(ramp->colours.size(), 256U);
    EXPECT_EQ(ramp->colours[200], (Colour{200, 0, 9, 255}));
}

TEST(ColourMapJson, DrawsARampThroughItsStops) {
    const auto map = parse_colour_map(
        R"({"ramp": [[0.2, "#000000"], [0.6, [100, 200, 40, 55]], [0.8, "#ffffff"]]})");

    ASSERT_TRUE(map);
    const auto* const ramp = std::get_if<ColourRamp>(&*map);
    ASSERT_NE(ramp, nullptr);
    ASSERT_EQ(ramp->colours.size(), 256U);
    EXPECT_TRUE(ramp->name.empty());
    EXPECT_EQ(ramp->colours[0], (Colour{0, 0, 0, 255}));
    EXPECT_EQ(ramp->colours[51], (Colour{0, 0, 0, 255}));
    EXPECT_EQ(ramp->colours[102], (Colour{50, 100, 20, 155}));  // 0.4, half-way
    EXPECT_EQ(ramp->colours[153], (Colour{100, 200, 40, 55}));  // 0.6
    EXPECT_EQ(ramp->colours[255], (Colour{255, 255, 255, 255}));
}

TEST(ColourMapJson, ReadsANameLikeNamedRamp) {
    const auto map = parse_colour_map(" viridis ");

    ASSERT_TRUE(map);
    EXPECT_EQ(std::get<ColourRamp>(*map).name, "viridis");
}

TEST(ColourMapJson, RefusesWrongPartsByName) {
    EXPECT_THAT(refusal_of_map(R"({"a":"b"})"), HasSubstr("\"a\""));
    EXPECT_THAT(refusal_of_map(R"({"0":"#ggg"})"), HasSubstr("#ggg"));
    EXPECT_THAT(refusal_of_map(R"({"0":[1,2]})"), HasSubstr("[1,2]"));
    EXPECT_THAT(refusal_of_map(R"({"0":[999,0,0]})"), HasSubstr("999"));
    EXPECT_THAT(refusal_of_map(R"({"0":[-1,0,0]})"), HasSubstr("-1"));
    EXPECT_THAT(refusal_of_map(R"({"0":[1.5,0,0]})"), HasSubstr("1.5"));
    EXPECT_THAT(refusal_of_map(R"({"0":[18446744073709551616,0,0]})"), HasSubstr("1.844"));
    EXPECT_THAT(refusal_of_map(R"({"NaN":"#fff"})"), HasSubstr("NaN"));
    EXPECT_THAT(refusal_of_map(R"({"1e400":"#fff"})"), HasSubstr("1e400"));
    EXPECT_THAT(refusal_of_map(R"({"10,0":"#fff"})"), HasSubstr("10,0"));
    EXPECT_THAT(refusal_of_map(R"({"0,":"#fff"})"), HasSubstr("0,"));
    EXPECT_THAT(refusal_of_map(R"({"":"#fff"})"), HasSubstr("\"\""));
    EXPECT_THAT(refusal_of_map("[[1,2,3]]"), HasSubstr("[1,2,3]"));
    EXPECT_THAT(refusal_of_map(R"([[[5,1],"#fff"]])"), HasSubstr("[5,1]"));
    EXPECT_THAT(refusal_of_map(R"([[["0",1],"#fff"]])"), HasSubstr("\"0\""));
    EXPECT_THAT(refusal_of_map(R"({"0":null})"), HasSubstr("null"));
    EXPECT_THAT(refusal_of_map(R"({"0":{"a":1}})"), HasSubstr("{\"a\":1}"));
    EXPECT_THAT(refusal_of_map(R"*({"0":"javascript:alert(1)"})*"), HasSubstr("javascript"));
}

TEST(ColourMapJson, RefusesWrongRampsByName) {
    EXPECT_THAT(refusal_of_map(R"({"ramp": []})"), HasSubstr("ramp"));
    EXPECT_THAT(refusal_of_map(R"({"ramp": [[0, "#fff"]]})"), HasSubstr("ramp"));
    EXPECT_THAT(refusal_of_map(R"({"ramp": [[0, "#fff"], [1.5, "#fff"]]})"), HasSubstr("1.5"));
    EXPECT_THAT(refusal_of_map(R"({"ramp": [[0.7, "#fff"], [0.7, "#fff"]]})"), HasSubstr("0.7"));
    EXPECT_THAT(refusal_of_map(R"({"ramp": [[0, "#fff"], ["1", "#fff"]]})"), HasSubstr("\"1\""));
    EXPECT_THAT(refusal_of_map(R"({"ramp": "viridis"})"), HasSubstr("ramp"));
    EXPECT_THAT(refusal_of_map(R"({"ramp": [[0, "#fff"], [1, "#fff"]], "0": "#fff"})"),
                HasSubstr("ramp"));
}

TEST(ColourMapJson, RefusesBrokenDocuments) {
    for (const auto* const text : {"{",
                                   "[",
                                   "{}}",
                                   R"({"0":"#fff",)",
                                   "{broken",
                                   R"([[[0,1e400],"#fff"]])",
                                   "{\"0\":\"\xff\"}",
                                   "{'0':'#fff'}",
                                   R"([[[NaN,1],"#fff"]])"})
        EXPECT_THAT(refusal_of_map(text), HasSubstr("JSON")) << text;
    EXPECT_THAT(refusal_of_map("{}"), HasSubstr("no colours"));
    EXPECT_THAT(refusal_of_map("[]"), HasSubstr("no colours"));
    EXPECT_THAT(refusal_of_map(""), HasSubstr("empty"));
}

TEST(ColourMapJson, RefusesKeysNamedTwiceAndRangesThatOverlap) {
    EXPECT_THAT(refusal_of_map(R"({"1":"#fff","1":"#000"})"), HasSubstr("\"1\" is named twice"));
    EXPECT_THAT(refusal_of_map(R"({"1":"#fff","1.0":"#000"})"), HasSubstr("overlaps \"1\""));
    EXPECT_THAT(refusal_of_map(R"({"0,10":"#fff","5,15":"#000"})"), HasSubstr("overlaps \"0,10\""));
    EXPECT_THAT(refusal_of_map(R"({"0,10":"#fff","5":"#000"})"), HasSubstr("\"5\" overlaps"));
    EXPECT_THAT(refusal_of_map(R"({"0,10":"#fff","0":"#000"})"), HasSubstr("overlaps"));
}

TEST(ColourMapJson, RefusesDeepAndHugeDocumentsBeforeParsing) {
    std::string nested;
    for (int i = 0; i < 5000; ++i) nested += "{\"a\":";

    EXPECT_THAT(refusal_of_map(std::string(20000, '[')), HasSubstr("deep"));
    EXPECT_THAT(refusal_of_map(nested), HasSubstr("deep"));
    EXPECT_THAT(refusal_of_map("{" + std::string(70000, ' ') + "}"), HasSubstr("longer"));
}

TEST(ColourMapJson, AllowsNoMoreThan255Classes) {
    const auto with = [](int count) {
        std::string text = "{";
        for (int i = 0; i < count; ++i)
            text.append(i > 0 ? ",\"" : "\"")
                .append(std::to_string(i + 1000))
                .append(R"(":"#fff")");
        return text + "}";
    };

    EXPECT_EQ(classes_of(with(255)).size(), 255U);
    EXPECT_THAT(refusal_of_map(with(256)), HasSubstr("256"));
}

}  // namespace
}  // namespace relief::style
