#include "tiler/decode/image_reader.hpp"

#include "tiler/encode/encode.hpp"

#include <gtest/gtest.h>

namespace relief::decode {
namespace {

/// Two rows of a half transparent red and an opaque blue; premultiplied.
Picture picture(bool opaque) {
    RgbaPixels pixels;
    pixels.opaque = opaque;
    const std::uint8_t alpha = opaque ? 255 : 128;
    for (int i = 0; i < 16; ++i)
        pixels.values.insert(pixels.values.end(), {alpha, 0, 0, alpha, 0, 0, 255, 255});
    return {{8, 4}, pixels, false};
}

Bytes encoded(encode::ImageFormat format, bool opaque = false) {
    return *encode::encode(picture(opaque), format);
}

TEST(DecodeImage, ReadsPngAndPremultiplies) {
    const auto image = decode_image(encoded(encode::ImageFormat::png));

    ASSERT_TRUE(image) << image.error().what;
    EXPECT_EQ(image->size(), (PixelSize{8, 4}));
    EXPECT_EQ(image->row(0)[0], 128);
    EXPECT_EQ(image->row(0)[3], 128);
    EXPECT_EQ(image->row(0)[6], 255);
}

TEST(DecodeImage, LeavesNumbersAsTheyAre) {
    const auto image = decode_numbers(encoded(encode::ImageFormat::png));

    ASSERT_TRUE(image) << image.error().what;
    EXPECT_EQ(image->row(0)[0], 255);
    EXPECT_EQ(image->row(0)[3], 128);
}

TEST(DecodeImage, ReadsJpegAndWebp) {
    for (const auto format : {encode::ImageFormat::jpeg, encode::ImageFormat::webp}) {
        const auto image = decode_image(encoded(format, true));

        ASSERT_TRUE(image) << image.error().what;
        EXPECT_EQ(image->size(), (PixelSize{8, 4}));
        EXPECT_EQ(image->row(3)[3], 255);
    }
}

TEST(DecodeImage, RefusesBrokenOtherAndTooLargeFiles) {
    const Bytes whole = encoded(encode::ImageFormat::png);
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    ImageLimits few;
    few.pixels = 31;
    ImageLimits small;
    small.bytes = 16;

    EXPECT_EQ(decode_image(cut).error().fault, Fault::bad_request);
    EXPECT_EQ(decode_image(Bytes{'G', 'I', 'F', '8'}).error().fault, Fault::bad_request);
    EXPECT_EQ(decode_image({}).error().fault, Fault::bad_request);
    EXPECT_EQ(decode_image(whole, few).error().fault, Fault::too_large);
    EXPECT_EQ(decode_image(whole, small).error().fault, Fault::too_large);
}

}  // namespace
}  // namespace relief::decode
