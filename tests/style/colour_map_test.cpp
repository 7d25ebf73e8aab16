#include "tiler/style/colour_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace relief::style {
namespace {

using Level = std::array<int, 3>;

Level levels(const Palette& colours, std::size_t index) {
    const Colour colour = colours.at(index);
    return {colour.red, colour.green, colour.blue};
}

TEST(NamedRamp, GivesViridisAsPublished) {
    // matplotlib/_cm_listed.py, rows 0, 64, 128, 192, 253 and 255, times 255 to the nearest.
    const auto ramp = named_ramp("viridis");

    ASSERT_TRUE(ramp);
    ASSERT_EQ(ramp->colours.size(), 256U);
    EXPECT_EQ(levels(ramp->colours, 0), (Level{68, 1, 84}));
    EXPECT_EQ(levels(ramp->colours, 64), (Level{59, 82, 139}));
    EXPECT_EQ(levels(ramp->colours, 128), (Level{33, 145, 140}));
    EXPECT_EQ(levels(ramp->colours, 192), (Level{94, 201, 98}));
    EXPECT_EQ(levels(ramp->colours, 253), (Level{248, 230, 33}));
    EXPECT_EQ(levels(ramp->colours, 255), (Level{253, 231, 37}));
}

TEST(NamedRamp, DrawsColorBrewerThroughItsPublishedColours) {
    // colorbrewer2.org, 11-class RdYlGn: a50026 … ffffbf … 006837; 9-class YlGnBu ends in 081d58.
    const auto diverging = named_ramp("rdylgn");
    const auto sequential = named_ramp("ylgnbu");

    ASSERT_TRUE(diverging && sequential);
    EXPECT_EQ(to_hex(diverging->colours.front()), "#a50026");
    EXPECT_EQ(to_hex(diverging->colours.back()), "#006837");
    // The middle of 256 lies between entries 127 and 128, a two-hundred-and-fifty-fifth away.
    EXPECT_EQ(to_hex(diverging->colours[128]), "#feffbe");
    EXPECT_EQ(to_hex(sequential->colours.front()), "#ffffd9");
    EXPECT_EQ(to_hex(sequential->colours.back()), "#081d58");
}

TEST(NamedRamp, DrawsQualitativeSetsAsFlatSteps) {
    // colorbrewer2.org, Set1: nine colours from e41a1c to 999999.
    const auto set = named_ramp("set1");

    ASSERT_TRUE(set);
    EXPECT_EQ(to_hex(set->colours[0]), "#e41a1c");
    EXPECT_EQ(to_hex(set->colours[28]), "#e41a1c");
    EXPECT_EQ(to_hex(set->colours[29]), "#377eb8");
    EXPECT_EQ(to_hex(set->colours[255]), "#999999");
    auto distinct = set->colours;
    const auto end = std::unique(distinct.begin(), distinct.end());
    EXPECT_EQ(end - distinct.begin(), 9);
}

TEST(NamedRamp, ReversesEveryName) {
    for (const auto& name : ramp_names()) {
        const auto ramp = named_ramp(name);
        const auto reversed = named_ramp(name + "_r");

        ASSERT_TRUE(ramp && reversed) << name;
        EXPECT_EQ(reversed->name, name + "_r");
        EXPECT_EQ(ramp->colours.size(), 256U);
        EXPECT_TRUE(
            std::equal(ramp->colours.begin(), ramp->colours.end(), reversed->colours.rbegin()))
            << name;
    }
}

TEST(NamedRamp, KnowsTheNamesOfTiTiler) {
    for (const auto* const name :
         {"viridis",  "plasma",  "inferno", "magma",      "cividis",      "twilight", "turbo",
          "jet",      "hot",     "cool",    "spring",     "summer",       "autumn",   "winter",
          "bone",     "copper",  "gray",    "grey",       "greys",        "hsv",      "coolwarm",
          "seismic",  "bwr",     "rainbow", "gist_earth", "terrain",      "ocean",    "cubehelix",
          "blues",    "greens",  "oranges", "reds",       "ylgnbu",       "rdylgn",   "brbg",
          "spectral", "set1",    "paired",  "tab20",      "gist_rainbow", "rdbu",     "ylorrd",
          "gnuplot2", "purples", "puor",    "accent",     "nipy_spectral"})
        EXPECT_TRUE(named_ramp(name)) << name;
    EXPECT_TRUE(std::is_sorted(ramp_names().begin(), ramp_names().end()));
}

TEST(NamedRamp, TakesTheNamesInAnyCase) {
    const auto ramp = named_ramp("RdYlGn_R");

    ASSERT_TRUE(ramp);
    EXPECT_EQ(ramp->name, "rdylgn_r");
}

TEST(NamedRamp, RefusesOtherNamesAndSaysWhich) {
    for (const std::string name : {"nosuch", "../viridis", "viridis_r_r", "_r", "viridis,plasma"}) {
        const auto ramp = named_ramp(name);

        ASSERT_FALSE(ramp) << name;
        EXPECT_EQ(ramp.error().fault, Fault::bad_request);
        EXPECT_NE(ramp.error().what.find(name), std::string::npos) << ramp.error().what;
    }
}

TEST(NamedRamp, RepeatsNoControlCharactersAndNoFloods) {
    const auto control = named_ramp(std::string_view("viridis\0\r\n\x1b", 11));
    const auto broken = named_ramp("caf\xe9 \xc0\xae");
    const auto flood = named_ramp(std::string(100000, 'a'));

    EXPECT_NE(control.error().what.find("\"viridis????\""), std::string::npos);
    EXPECT_NE(broken.error().what.find("\"caf? ??\""), std::string::npos) << broken.error().what;
    EXPECT_LT(flood.error().what.size(), 400U);
}

TEST(HexColour, ReadsThreeSixAndEightDigits) {
    EXPECT_EQ(parse_hex_colour("#f0a"), (Colour{255, 0, 170, 255}));
    EXPECT_EQ(parse_hex_colour("#0F1e2D"), (Colour{15, 30, 45, 255}));
    EXPECT_EQ(parse_hex_colour("#0f1e2d3c"), (Colour{15, 30, 45, 60}));
}

TEST(HexColour, RefusesEverythingElse) {
    for (const auto* const text : {"",
                                   "#",
                                   "#ff",
                                   "#ffff",
                                   "#fffff",
                                   "#ggg",
                                   "ffffff",
                                   "#-1-1-1",
                                   "#+f+f+f",
                                   "# f f f",
                                   "#fffffffff",
                                   "red",
                                   "#0x0x0x"})
        EXPECT_FALSE(parse_hex_colour(text)) << text;
}

TEST(HexColour, WritesAlphaOnlyWhereItIsSeenThrough) {
    EXPECT_EQ(to_hex({.red = 1, .green = 2, .blue = 255}), "#0102ff");
    EXPECT_EQ(to_hex({.red = 1, .green = 2, .blue = 255, .alpha = 16}), "#0102ff10");
}

}  // namespace
}  // namespace relief::style
