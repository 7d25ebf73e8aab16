#include "tiler/expression/color_space.hpp"
#include "tiler/expression/css_color.hpp"

#include <gtest/gtest.h>

namespace relief::expression {
namespace {

void expect_near(const std::optional<Rgba>& found, const Rgba& wanted) {
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->red, wanted.red, 1e-6);
    EXPECT_NEAR(found->green, wanted.green, 1e-6);
    EXPECT_NEAR(found->blue, wanted.blue, 1e-6);
    EXPECT_NEAR(found->alpha, wanted.alpha, 1e-6);
}

TEST(CssColor, ReadsHexDigits) {
    expect_near(parse_css_color("#0af"), {0, 170 / 255.0, 1, 1});
    expect_near(parse_css_color("#0AF8"), {0, 170 / 255.0, 1, 136 / 255.0});
    expect_near(parse_css_color(" #102030 "), {16 / 255.0, 32 / 255.0, 48 / 255.0, 1});
    expect_near(parse_css_color("#10203040"), {16 / 255.0, 32 / 255.0, 48 / 255.0, 64 / 255.0});
}

TEST(CssColor, ReadsNames) {
    // CSS Color Module Level 4, section 6.1.
    expect_near(parse_css_color("RebeccaPurple"), {102 / 255.0, 51 / 255.0, 153 / 255.0, 1});
    expect_near(parse_css_color("aliceblue"), {240 / 255.0, 248 / 255.0, 1, 1});
    expect_near(parse_css_color("yellowgreen"), {154 / 255.0, 205 / 255.0, 50 / 255.0, 1});
    expect_near(parse_css_color("transparent"), {0, 0, 0, 0});
}

TEST(CssColor, ReadsFunctionsWithAndWithoutCommas) {
    expect_near(parse_css_color("rgb(255, 0, 51)"), {1, 0, 0.2, 1});
    expect_near(parse_css_color("rgba(100%,0%,20%,.5)"), {1, 0, 0.2, 0.5});
    expect_near(parse_css_color("rgb(255 0 51 / 50%)"), {1, 0, 0.2, 0.5});
    expect_near(parse_css_color("rgb(300 -20 51)"), {1, 0, 0.2, 1});
    // CSS Color Module Level 4, section 7: hsl(120deg 100% 25%) is dark green.
    expect_near(parse_css_color("hsl(120deg 100% 25%)"), {0, 0.5, 0, 1});
    expect_near(parse_css_color("hsla(-240,100%,50%,0.25)"), {0, 1, 0, 0.25});
}

TEST(CssColor, RefusesWhatIsNone) {
    for (const auto* const text : {"",
                                   "#12",
                                   "#12345",
                                   "#ggg",
                                   "reddish",
                                   "rgb(1 2)",
                                   "rgb(1, 2 3)",
                                   "rgb(1 2, 3)",
                                   "rgb(1,2,3/4)",
                                   "rgb(1%,2,3)",
                                   "rgb(1,2,3",
                                   "rgb(1,,2,3)",
                                   "rgb(1 2 3 4)",
                                   "rgb(1 2 3 / 4 / 5)",
                                   "hsl(120,50,50)",
                                   "hsl(120%,50%,50%)",
                                   "rgb(nan 0 0)",
                                   "rgb(1e999 0 0)",
                                   "__proto__"})
        EXPECT_FALSE(parse_css_color(text)) << text;
    EXPECT_FALSE(parse_css_color("rgb(" + std::string(100000, ' ') + "1,2,3)"));
}

TEST(ColorSpace, GivesTheEndsUnchanged) {
    const ColorPair pair{{0.2, 0.4, 0.6, 1}, {0.9, 0.1, 0.3, 0.5}};

    for (const ColorSpace space : {ColorSpace::rgb, ColorSpace::hcl, ColorSpace::lab}) {
        // The matrices of the specification are inverse to each other to four digits.
        const Rgba begin = between(pair, 0, space);
        EXPECT_NEAR(begin.red, 0.2, 2e-4);
        EXPECT_NEAR(begin.blue, 0.6, 2e-4);
        EXPECT_NEAR(between(pair, 1, space).green, 0.1, 2e-4);
        EXPECT_NEAR(between(pair, 0.5, space).alpha, 0.75, 1e-12);
    }
}

TEST(ColorSpace, GoesTheShortWayRoundTheHues) {
    // From 350 to 10 degrees lies red, not cyan.
    const Rgba middle =
        between({*parse_css_color("hsl(340,100%,50%)"), *parse_css_color("hsl(20,100%,50%)")},
                0.5,
                ColorSpace::hcl);

    EXPECT_GT(middle.red, 0.9);
    EXPECT_LT(middle.green, 0.4);
}

}  // namespace
}  // namespace relief::expression
