// The methods of shaded relief, on slopes whose light is known.

#include "tiler/symbology/hillshade.hpp"

#include "tests/symbology/drawn_style.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace relief::symbology {
namespace {

constexpr double quarter = std::numbers::pi / 4;
constexpr Shade black{0, 0, 0, 1};
constexpr Shade white{1, 1, 1, 1};

/// Light from the west, 45 degrees high.
Hillshade with_method(Hillshade::Method method) {
    return {
        .method = method, .exaggeration = 0.5, .lights = {{-2 * quarter, quarter, black, white}}};
}

/// Rises by its distance towards the east: it looks at the light.
constexpr Rise to_light{1, 0};
constexpr Rise from_light{-1, 0};

TEST(Hillshade, OfTheBasicMethodFollowsTheCosine) {
    const Hillshade shade = with_method(Hillshade::Method::basic);

    EXPECT_NEAR(shade(to_light)[0], 1, 1e-9) << "the light falls straight onto it";
    EXPECT_NEAR(shade(from_light)[3], 1, 1e-9);
    EXPECT_NEAR(shade(from_light)[0], 0, 1e-9);
    EXPECT_NEAR(shade(Rise{})[0], 2 * std::sin(quarter) - 1, 1e-9);
}

TEST(Hillshade, OfTheCombinedMethodLeavesFlatGroundClear) {
    const Hillshade shade = with_method(Hillshade::Method::combined);

    EXPECT_NEAR(shade(Rise{})[3], 0, 1e-9);
    // Half as steep as can be, and straight to the light.
    EXPECT_NEAR(shade(to_light)[0], 0.5, 1e-6);
    EXPECT_NEAR(shade(from_light)[0], 0, 1e-6);
    EXPECT_NEAR(shade(from_light)[3], 0.5, 1e-6);
}

TEST(Hillshade, OfIgorsMethodKnowsSlopeAndAspectAlone) {
    Hillshade shade = with_method(Hillshade::Method::igor);
    const Shade low = shade(to_light);
    shade.lights.front().altitude = 2 * quarter;

    EXPECT_NEAR(low[0], 0.5, 1e-9);
    EXPECT_EQ(shade(to_light), low) << "the light's height does not matter";
    EXPECT_NEAR(shade(from_light)[0], 0, 1e-9);
    // Across the light both halves meet.
    EXPECT_NEAR(shade(Rise{0, 1})[0], 0.25, 1e-9);
    EXPECT_NEAR(shade(Rise{0, 1})[3], 0.5, 1e-9);
}

TEST(Hillshade, OfSeveralLightsIsTheirMean) {
    Hillshade all = with_method(Hillshade::Method::multidirectional);
    const Light east{2 * quarter, quarter, black, white};
    all.lights.push_back(east);
    Hillshade one = with_method(Hillshade::Method::basic);
    const Shade west = one(to_light);
    one.lights = {east};
    const Shade other = one(to_light);

    const Shade both = all(to_light);

    for (std::size_t i = 0; i < both.size(); ++i)
        EXPECT_NEAR(both.at(i), (west.at(i) + other.at(i)) / 2, 1e-9);
}

TEST(Hillshade, IsDrawnByTheMethodAndTheLightsOfTheStyle) {
    MadeData data;
    const auto shade = [&](const std::string& paint) {
        return pixel(
            drawn(layers_of(R"({"id": "h", "type": "hillshade", "source": "s", "paint": {)" +
                                paint + "}}",
                            "raster-dem"),
                  data),
            256,
            256);
    };

    EXPECT_EQ(shade(R"("hillshade-method": "combined")")[3], 0);
    EXPECT_NEAR(shade(R"("hillshade-method": "basic", "hillshade-highlight-color": "red")")[0],
                255 * (2 * std::sin(quarter) - 1),
                1);
    // Half of the lights stand straight above.
    EXPECT_NEAR(shade(R"("hillshade-method": "multidirectional",
                         "hillshade-illumination-direction": [0, 90],
                         "hillshade-illumination-altitude": [0, 90],
                         "hillshade-shadow-color": ["blue", "black"],
                         "hillshade-highlight-color": ["red", "lime"])")[1],
                128,
                1);
}

}  // namespace
}  // namespace relief::symbology
