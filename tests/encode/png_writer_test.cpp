#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"
#include "tiler/encode/encode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace relief::encode {
namespace {

Bytes png_of(const Picture& picture, int level = 1) {
    auto file = encode(picture, ImageFormat::png, {.png_level = level});
    return file ? std::move(file).value() : Bytes{};
}

std::vector<std::string> chunk_types(const Bytes& png) {
    std::vector<std::string> types;
    for (const auto& chunk : chunks_of(png)) types.push_back(chunk.type);
    return types;
}

Bytes chunk_data(const Bytes& png, const std::string& type) {
    for (const auto& chunk : chunks_of(png)) {
        if (chunk.type == type) return chunk.data;
    }
    return {};
}

struct PaletteCase {
    std::size_t colours;
    int depth;
};

class PngPalette : public testing::TestWithParam<PaletteCase> {};

TEST_P(PngPalette, HasTheFewestBitsAndDecodesExactlyAtEveryWidth) {
    for (int width = 1; width <= 18; ++width) {
        const PixelSize size{width, 257};
        const Picture picture = indexed_picture(size, {GetParam().colours});

        const Bytes png = png_of(picture);

        EXPECT_EQ(form_of(png), (PngForm{GetParam().depth, 3}));
        EXPECT_EQ(decode_png(png).size, size);
        EXPECT_EQ(decode_png(png).rgba, shown_by(std::get<IndexedPixels>(picture.pixels)));
    }
}

INSTANTIATE_TEST_SUITE_P(Colours,
                         PngPalette,
                         testing::Values(PaletteCase{1, 1},
                                         PaletteCase{2, 1},
                                         PaletteCase{3, 2},
                                         PaletteCase{4, 2},
                                         PaletteCase{5, 4},
                                         PaletteCase{16, 4},
                                         PaletteCase{17, 8},
                                         PaletteCase{256, 8}));

TEST(Png, EndsThePaletteAtTheHighestIndexInUse) {
    auto palette = std::make_shared<const Palette>(256, Colour{1, 2, 3, 255});
    const Picture picture{{3, 1}, IndexedPixels{{0, 2, 1}, palette}};

    const Bytes png = png_of(picture);

    EXPECT_EQ(form_of(png), (PngForm{2, 3}));
    EXPECT_EQ(chunk_data(png, "PLTE").size(), 3U * 3);
}

TEST(Png, ListsTransparencyOnlyAsFarAsTheLastEntryThatHasAny) {
    auto palette = std::make_shared<const Palette>(
        Palette{{9, 9, 9, 255}, {0, 0, 0, 40}, {1, 1, 1, 255}, {2, 2, 2, 255}});
    const Picture picture{{4, 1}, IndexedPixels{{0, 1, 2, 3}, palette}};

    const Bytes png = png_of(picture);

    EXPECT_EQ(chunk_data(png, "tRNS"), (Bytes{255, 40}));
    EXPECT_THAT(chunk_types(png), testing::ElementsAre("IHDR", "PLTE", "tRNS", "IDAT", "IEND"));
}

TEST(Png, HasNoTransparencyListWhenEveryColourIsOpaque) {
    auto palette = std::make_shared<const Palette>(Palette{{9, 9, 9, 255}, {4, 5, 6, 255}});
    const Picture picture{{2, 1}, IndexedPixels{{0, 1}, palette}};

    EXPECT_THAT(chunk_types(png_of(picture)), testing::ElementsAre("IHDR", "PLTE", "IDAT", "IEND"));
}

TEST(Png, KeepsColoursOfThePaletteStraight) {
    auto palette = std::make_shared<const Palette>(Palette{{200, 100, 50, 10}});
    const Picture picture{{1, 1}, IndexedPixels{{0}, palette}};

    EXPECT_EQ(decode_png(png_of(picture)).rgba, (Bytes{200, 100, 50, 10}));
}

class PngSizes : public testing::TestWithParam<PixelSize> {};

TEST_P(PngSizes, OpaqueGreyIsOneChannelAndExact) {
    const Picture picture = grey_picture(GetParam(), Alpha::opaque);

    const Bytes png = png_of(picture);

    EXPECT_EQ(form_of(png), (PngForm{8, 0}));
    EXPECT_EQ(decode_png(png).size, GetParam());
    EXPECT_EQ(decode_png(png).rgba, shown_by(std::get<GreyPixels>(picture.pixels)));
}

TEST_P(PngSizes, OpaqueColourIsRgbAndExact) {
    const Picture picture = colour_picture(GetParam(), Alpha::opaque);

    const Bytes png = png_of(picture);

    EXPECT_EQ(form_of(png), (PngForm{8, 2}));
    EXPECT_EQ(decode_png(png).size, GetParam());
    EXPECT_EQ(decode_png(png).rgba, std::get<RgbaPixels>(picture.pixels).values);
}

TEST_P(PngSizes, GreyWithAlphaComesBackWithinOneLevel) {
    const Picture picture = grey_picture(GetParam(), Alpha::edges);

    const Bytes png = png_of(picture);

    EXPECT_EQ(form_of(png), (PngForm{8, 4}));
    EXPECT_LE(largest_difference(premultiplied(decode_png(png).rgba),
                                 shown_by(std::get<GreyPixels>(picture.pixels))),
              1);
}

TEST_P(PngSizes, ColourWithAlphaComesBackWithinOneLevel) {
    const Picture picture = colour_picture(GetParam(), Alpha::edges);

    const Bytes png = png_of(picture);

    EXPECT_EQ(form_of(png), (PngForm{8, 6}));
    EXPECT_LE(largest_difference(premultiplied(decode_png(png).rgba),
                                 std::get<RgbaPixels>(picture.pixels).values),
              1);
}

INSTANTIATE_TEST_SUITE_P(Sizes,
                         PngSizes,
                         testing::Values(PixelSize{1, 1},
                                         PixelSize{1, 9},
                                         PixelSize{13, 1},
                                         PixelSize{31, 17},
                                         PixelSize{256, 256},
                                         PixelSize{512, 512}));

TEST(Png, OfNothingAtAllIsTransparentBlack) {
    const Bytes png = png_of(transparent_colour_picture({64, 64}));

    EXPECT_EQ(decode_png(png).rgba, Bytes(4 * area({64, 64}), 0));
}

TEST(Png, OfEqualPicturesHasEqualBytes) {
    const Picture picture = colour_picture({100, 50}, Alpha::edges);

    EXPECT_EQ(png_of(picture), png_of(picture));
}

TEST(Png, ReservesNoMemoryBeyondItsBytes) {
    const Bytes png = png_of(colour_picture({256, 256}, Alpha::opaque));

    EXPECT_LE(png.capacity(), png.size() + 16);
}

TEST(Png, IsSmallerAtAHigherLevelAndShowsTheSame) {
    const Picture picture = colour_picture({256, 256}, Alpha::opaque);

    const Bytes fast = png_of(picture, 1);
    const Bytes small = png_of(picture, 12);

    EXPECT_LT(small.size(), fast.size());
    EXPECT_EQ(decode_png(small).rgba, decode_png(fast).rgba);
}

TEST(Png, TakesTheNearestLevelWhenAskedForAnImpossibleOne) {
    const Picture picture = grey_picture({64, 64}, Alpha::opaque);

    EXPECT_EQ(png_of(picture, -5), png_of(picture, 1));
    EXPECT_EQ(png_of(picture, 99), png_of(picture, 12));
}

}  // namespace
}  // namespace relief::encode
