#include "tiler/encode/few_colours.hpp"

#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/encode/straight.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <vector>

namespace relief::encode {
namespace {

constexpr PixelSize tile{256, 256};

/// All transparent.
RgbaPixels drawing() {
    return {std::vector<std::uint8_t>(area(tile) * 4), false};
}

void put(RgbaPixels& pixels, std::size_t at, const std::array<std::uint8_t, 4>& colour) {
    std::copy(colour.begin(), colour.end(), pixels.values.begin() + static_cast<long>(at * 4));
}

/// One pixel each of 240 shares of a flat colour, as soft edges leave them.
void put_edges(RgbaPixels& pixels, std::size_t first, const Colour& colour) {
    for (std::size_t i = 0; i < 240; ++i) {
        const auto alpha = static_cast<std::uint8_t>(254 - i);
        put(pixels,
            first + i,
            {static_cast<std::uint8_t>(colour.red * alpha / 255), 0, alpha, alpha});
    }
}

/// Largest difference of any premultiplied channel.
int farthest(const RgbaPixels& drawn, const IndexedPixels& shown) {
    int most = 0;
    for (std::size_t i = 0; i < shown.indices.size(); ++i) {
        const Colour& colour = (*shown.palette)[shown.indices[i]];
        const std::array<int, 4> straight{colour.red, colour.green, colour.blue, 255};
        for (std::size_t channel = 0; channel < 4; ++channel) {
            const auto level = std::lround(straight.at(channel) * colour.alpha / 255.0);
            const int difference = drawn.values[i * 4 + channel] - static_cast<int>(level);
            most = std::max(most, std::abs(difference));
        }
    }
    return most;
}

TEST(FewColours, StayExactlyAsTheyAreWhileAPaletteHoldsThem) {
    RgbaPixels pixels = drawing();
    for (std::size_t i = 0; i < 255; ++i)
        put(pixels, i * 7, {static_cast<std::uint8_t>(i), 3, 200, 255});

    const auto few = few_colours(pixels);

    ASSERT_TRUE(few);
    EXPECT_EQ(few->palette->size(), 256U);
    EXPECT_EQ(farthest(pixels, *few), 0);
    // What is not opaque stands first: a PNG's tRNS ends with it.
    EXPECT_EQ(few->palette->front(), transparent);
    EXPECT_EQ((*few->palette)[1].alpha, 255);
}

TEST(FewColours, StandForEdgesThatAreNearToThem) {
    RgbaPixels pixels = drawing();
    for (std::size_t i = 0; i < 20'000; ++i) put(pixels, i, {214, 222, 190, 255});
    for (std::size_t i = 20'000; i < 20'100; ++i) put(pixels, i, {215, 222, 190, 255});
    put_edges(pixels, 30'000, {90, 0, 255});
    put_edges(pixels, 40'000, {214, 0, 255});

    const auto few = few_colours(pixels);

    ASSERT_TRUE(few);
    EXPECT_LE(few->palette->size(), 256U);
    EXPECT_LE(farthest(pixels, *few), 3);
    // The flat colours, a level apart, are told apart.
    EXPECT_EQ((*few->palette)[few->indices[0]], (Colour{214, 222, 190, 255}));
    EXPECT_EQ((*few->palette)[few->indices[20'000]], (Colour{215, 222, 190, 255}));
}

TEST(FewColours, AreNotToldOfAPhotograph) {
    const Picture photograph = colour_picture(tile, Alpha::opaque);
    EXPECT_FALSE(few_colours(std::get<RgbaPixels>(photograph.pixels)));

    // 300 flat colours far from each other: none can stand for another.
    RgbaPixels pixels = drawing();
    for (std::size_t i = 0; i < 30'000; ++i) {
        const std::size_t colour = i / 100;
        put(pixels,
            i,
            {static_cast<std::uint8_t>(colour % 20 * 12),
             static_cast<std::uint8_t>(colour / 20 * 12),
             9,
             255});
    }
    EXPECT_FALSE(few_colours(pixels));
}

TEST(FewColours, MakeAPngOfADrawingAPaletteAndOfOtherPicturesNot) {
    RgbaPixels pixels = drawing();
    for (std::size_t i = 1000; i < 20'000; ++i) put(pixels, i, {100, 0, 0, 128});
    const Picture picture{tile, pixels, false};

    const auto drawn = encode(picture, ImageFormat::png, {.drawing = true});
    const auto plain = encode(picture, ImageFormat::png);

    ASSERT_TRUE(drawn && plain);
    EXPECT_EQ(form_of(*drawn).colour_type, 3);
    EXPECT_EQ(form_of(*plain).colour_type, 6);
    EXPECT_LT(drawn->size(), plain->size());
    EXPECT_EQ(decode_png(*drawn).rgba, decode_png(*plain).rgba);
}

}  // namespace
}  // namespace relief::encode
