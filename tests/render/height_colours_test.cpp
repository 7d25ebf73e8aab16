#include "tiler/render/height_colours.hpp"

#include "tests/render/surfaces.hpp"
#include "tests/support/picture_of.hpp"

#include <limits>

namespace relief::render {
namespace {

Colour colour_of(double height, const style::AlgorithmCall& call) {
    const auto picture =
        height_colours(surface_like({1, 1}, 0, [&](int, int) { return height; }), call);
    return test::colours_of(picture).at(0);
}

TEST(HeightColours, AreThoseOfTerrainRgb) {
    const auto call = call_of("terrainrgb");

    // Mapbox's own formula: -10000 + (65536 R + 256 G + B) 0.1.
    EXPECT_EQ(colour_of(-10000, call), (Colour{0, 0, 0}));
    EXPECT_EQ(colour_of(0, call), (Colour{1, 134, 160}));       // 100000
    EXPECT_EQ(colour_of(8848.86, call), (Colour{2, 224, 73}));  // 188489
    EXPECT_EQ(colour_of(-0.1, call), (Colour{1, 134, 159}));
    EXPECT_EQ(colour_of(-11000, call), (Colour{0, 0, 0})) << "held within the range";
}

TEST(HeightColours, AreThoseOfTerrarium) {
    const auto call = call_of("terrarium");

    // Joerd's formats document: (R 256 + G + B / 256) - 32768.
    EXPECT_EQ(colour_of(0, call), (Colour{128, 0, 0}));
    EXPECT_EQ(colour_of(-1.5, call), (Colour{127, 254, 128}));
    EXPECT_EQ(colour_of(8848.5, call), (Colour{162, 144, 128}));
    EXPECT_EQ(colour_of(1e9, call), (Colour{255, 255, 255}));
}

TEST(HeightColours, LeaveWhatIsUnknownClearOrAtTheHeightAsked) {
    constexpr double hole = std::numeric_limits<double>::quiet_NaN();

    EXPECT_EQ(colour_of(hole, call_of("terrainrgb")), transparent);
    EXPECT_EQ(colour_of(hole, call_of("terrainrgb", R"({"nodata_height":0})")),
              (Colour{1, 134, 160}));
}

TEST(HeightColours, SayWhetherAnythingIsThere) {
    constexpr double hole = std::numeric_limits<double>::quiet_NaN();
    const auto call = call_of("terrarium");
    const auto nothing =
        height_colours(surface_like({2, 1}, 0, [](int, int) { return hole; }), call);
    const auto half = height_colours(
        surface_like({2, 1}, 0, [](int x, int) { return x == 0 ? 5.0 : hole; }), call);
    const auto full = height_colours(surface_like({2, 1}, 0, [](int, int) { return 5.0; }), call);

    EXPECT_TRUE(nothing.empty);
    EXPECT_FALSE(half.empty);
    EXPECT_FALSE(std::get<RgbaPixels>(half.pixels).opaque);
    EXPECT_TRUE(std::get<RgbaPixels>(full.pixels).opaque);
}

}  // namespace
}  // namespace relief::render
