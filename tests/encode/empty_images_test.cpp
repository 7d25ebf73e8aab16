#include "tiler/encode/empty_images.hpp"

#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"

#include <gtest/gtest.h>

namespace relief::encode {
namespace {

bool shows_nothing(const Bytes& rgba) {
    for (std::size_t i = 3; i < rgba.size(); i += 4) {
        if (rgba[i] != 0) return false;
    }
    return !rgba.empty();
}

TEST(EmptyImages, ShareTheBytesOfTileSizes) {
    const EmptyImages images;

    for (const auto format : {ImageFormat::png, ImageFormat::webp, ImageFormat::jpeg}) {
        for (const int side : {256, 512}) {
            const auto once = images.of(format, {side, side});
            const auto again = images.of(format, {side, side});

            ASSERT_TRUE(once && again);
            EXPECT_EQ(once->get(), again->get());
        }
    }
}

TEST(EmptyImages, AreTransparentAndWhiteInJpeg) {
    const EmptyImages images;

    for (const auto size : {PixelSize{256, 256}, PixelSize{512, 512}, PixelSize{33, 7}}) {
        const auto png = images.of(ImageFormat::png, size);
        const auto webp = images.of(ImageFormat::webp, size);
        const auto jpeg = images.of(ImageFormat::jpeg, size);

        ASSERT_TRUE(png && webp && jpeg);
        EXPECT_EQ(decode_png(**png).size, size);
        EXPECT_TRUE(shows_nothing(decode_png(**png).rgba));
        EXPECT_EQ(decode_webp(**webp).size, size);
        EXPECT_TRUE(shows_nothing(decode_webp(**webp).rgba));
        EXPECT_EQ(decode_jpeg(**jpeg).size, size);
        EXPECT_EQ(decode_jpeg(**jpeg).rgba, Bytes(area(size) * 4, 255));
    }
}

TEST(EmptyImages, AreTinyAsPng) {
    const auto png = EmptyImages().of(ImageFormat::png, {256, 256});

    ASSERT_TRUE(png);
    EXPECT_LT((*png)->size(), 200U);
    EXPECT_EQ(form_of(**png), (PngForm{1, 3}));
}

TEST(EmptyImages, ArePngWhenTheFormatIsAutomatic) {
    const EmptyImages images;

    const auto automatic = images.of(ImageFormat::automatic, {256, 256});
    const auto png = images.of(ImageFormat::png, {256, 256});

    ASSERT_TRUE(automatic && png);
    EXPECT_EQ(automatic->get(), png->get());
}

TEST(EmptyImages, RefuseImpossibleSizesBeforeMakingPixels) {
    const EmptyImages images;

    const auto none = images.of(ImageFormat::png, {0, 256});
    const auto huge = images.of(ImageFormat::jpeg, {2'000'000'000, 2'000'000'000});

    ASSERT_FALSE(none || huge);
    EXPECT_EQ(none.error().fault, Fault::bad_request);
    EXPECT_EQ(huge.error().fault, Fault::too_large);
}

}  // namespace
}  // namespace relief::encode
