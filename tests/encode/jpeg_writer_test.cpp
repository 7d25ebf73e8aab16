#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"
#include "tiler/encode/encode.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace relief::encode {
namespace {

Bytes jpeg_of(const Picture& picture, int quality = 75) {
    auto file = encode(picture, ImageFormat::jpeg, {.jpeg_quality = quality});
    return file ? std::move(file).value() : Bytes{};
}

/// One premultiplied colour everywhere.
Picture even_picture(PixelSize size, const Bytes& rgba) {
    RgbaPixels pixels;
    for (std::size_t i = 0; i < area(size); ++i) {
        pixels.values.insert(pixels.values.end(), rgba.begin(), rgba.end());
    }
    return {size, std::move(pixels)};
}

Bytes first_pixel(const Decoded& decoded) {
    if (decoded.rgba.size() < 4) return {};
    return {decoded.rgba.begin(), decoded.rgba.begin() + 4};
}

constexpr JpegForm colour_4_2_0{3, 2, 2};
constexpr JpegForm grey_form{1, 1, 1};

TEST(Jpeg, IsWhiteWhereThereIsNoData) {
    const PixelSize size{40, 24};
    const Picture grey{size, GreyPixels{Bytes(area(size), 0), Bytes(area(size), 0)}, true};
    auto palette = std::make_shared<const Palette>(Palette{transparent});
    const Picture indexed{size, IndexedPixels{Bytes(area(size), 0), palette}, true};

    EXPECT_EQ(decode_jpeg(jpeg_of(transparent_colour_picture(size))).rgba,
              Bytes(area(size) * 4, 255));
    EXPECT_EQ(decode_jpeg(jpeg_of(grey)).rgba, Bytes(area(size) * 4, 255));
    EXPECT_EQ(decode_jpeg(jpeg_of(indexed)).rgba, Bytes(area(size) * 4, 255));
}

TEST(Jpeg, MixesHalfTransparentColourWithWhite) {
    const Bytes half_red{128, 0, 0, 128};  // premultiplied
    auto palette = std::make_shared<const Palette>(Palette{{255, 0, 0, 128}});
    const Picture indexed{{16, 16}, IndexedPixels{Bytes(256, 0), palette}};
    const Picture grey{{16, 16}, GreyPixels{Bytes(256, 0), Bytes(256, 128)}};

    const Bytes colour = first_pixel(decode_jpeg(jpeg_of(even_picture({16, 16}, half_red), 100)));
    const Bytes from_palette = first_pixel(decode_jpeg(jpeg_of(indexed, 100)));
    const Bytes from_grey = first_pixel(decode_jpeg(jpeg_of(grey, 100)));

    // 255 = 128 + 127 and 127 = 0 + 127; the codec's colour rounding adds up to 2.
    EXPECT_LE(largest_difference(colour, {255, 127, 127, 255}), 2);
    EXPECT_LE(largest_difference(from_palette, {255, 127, 127, 255}), 2);
    EXPECT_LE(largest_difference(from_grey, {127, 127, 127, 255}), 1);
}

TEST(Jpeg, OfColourHasHalfTheColourSamplesEachWay) {
    EXPECT_EQ(jpeg_form_of(jpeg_of(colour_picture({32, 32}, Alpha::opaque))), colour_4_2_0);
    EXPECT_EQ(jpeg_form_of(jpeg_of(colour_picture({32, 32}, Alpha::edges))), colour_4_2_0);
    EXPECT_EQ(jpeg_form_of(jpeg_of(indexed_picture({32, 32}, {5}))), colour_4_2_0);
}

TEST(Jpeg, OfGreyHasOneChannelAndItsLevels) {
    const Picture picture = grey_picture({256, 256}, Alpha::opaque);

    const Bytes jpeg = jpeg_of(picture, 100);

    EXPECT_EQ(jpeg_form_of(jpeg), grey_form);
    EXPECT_LE(
        largest_difference(decode_jpeg(jpeg).rgba, shown_by(std::get<GreyPixels>(picture.pixels))),
        3);
}

TEST(Jpeg, KeepsEverySize) {
    for (const auto size : {PixelSize{1, 1}, PixelSize{17, 3}, PixelSize{512, 512}}) {
        EXPECT_EQ(decode_jpeg(jpeg_of(colour_picture(size, Alpha::opaque))).size, size);
        EXPECT_EQ(decode_jpeg(jpeg_of(grey_picture(size, Alpha::edges))).size, size);
        EXPECT_EQ(decode_jpeg(jpeg_of(indexed_picture(size, {7}))).size, size);
    }
}

TEST(Jpeg, ShowsAnEvenColourAsItIs) {
    const Bytes jpeg = jpeg_of(even_picture({64, 64}, {40, 120, 200, 255}), 90);

    EXPECT_LE(largest_difference(first_pixel(decode_jpeg(jpeg)), {40, 120, 200, 255}), 3);
}

TEST(Jpeg, IsLargerAtHigherQuality) {
    const Picture picture = colour_picture({256, 256}, Alpha::opaque);

    EXPECT_GT(jpeg_of(picture, 95).size(), jpeg_of(picture, 40).size());
    EXPECT_EQ(jpeg_of(picture, 100), jpeg_of(picture, 1000));
    EXPECT_EQ(jpeg_of(picture, 1), jpeg_of(picture, 0));
}

}  // namespace
}  // namespace relief::encode
