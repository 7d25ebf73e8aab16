#include "tiler/encode/encode.hpp"

#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace relief::encode {
namespace {

using testing::HasSubstr;

constexpr auto files = {ImageFormat::png, ImageFormat::webp, ImageFormat::jpeg};

TEST(ParseImageFormat, KnowsTheNamesUsedInAddresses) {
    EXPECT_EQ(parse_image_format("png"), ImageFormat::png);
    EXPECT_EQ(parse_image_format("webp"), ImageFormat::webp);
    EXPECT_EQ(parse_image_format("jpg"), ImageFormat::jpeg);
    EXPECT_EQ(parse_image_format("jpeg"), ImageFormat::jpeg);
    EXPECT_EQ(parse_image_format("auto"), ImageFormat::automatic);
}

TEST(ParseImageFormat, KnowsNoOthers) {
    for (const auto* const name : {"", "PNG", "png ", "gif", "automatic"}) {
        EXPECT_EQ(parse_image_format(name), std::nullopt) << name;
    }
}

TEST(MediaType, IsTheRegisteredName) {
    EXPECT_EQ(media_type(ImageFormat::png), "image/png");
    EXPECT_EQ(media_type(ImageFormat::webp), "image/webp");
    EXPECT_EQ(media_type(ImageFormat::jpeg), "image/jpeg");
    EXPECT_EQ(media_type(ImageFormat::automatic), "");
}

TEST(Resolve, TakesJpegForOpaqueColourOnly) {
    const auto of = [](const Picture& picture) { return resolve(ImageFormat::automatic, picture); };

    EXPECT_EQ(of(colour_picture({2, 2}, Alpha::opaque)), ImageFormat::jpeg);
    EXPECT_EQ(of(colour_picture({2, 2}, Alpha::edges)), ImageFormat::png);
    EXPECT_EQ(of(grey_picture({2, 2}, Alpha::opaque)), ImageFormat::png);
    EXPECT_EQ(of(indexed_picture({2, 2}, {2})), ImageFormat::png);
}

TEST(Resolve, LeavesANamedFormatAsItIs) {
    for (const auto format : files) {
        EXPECT_EQ(resolve(format, colour_picture({2, 2}, Alpha::opaque)), format);
    }
}

TEST(Encode, WritesTheResolvedFormatWhenAskedForTheAutomaticOne) {
    const auto opaque = encode(colour_picture({8, 8}, Alpha::opaque), ImageFormat::automatic);
    const auto edges = encode(colour_picture({8, 8}, Alpha::edges), ImageFormat::automatic);

    ASSERT_TRUE(opaque && edges);
    EXPECT_EQ(decode_jpeg(*opaque).size, (PixelSize{8, 8}));
    EXPECT_EQ(decode_png(*edges).size, (PixelSize{8, 8}));
}

TEST(Encode, RefusesASizeWithoutPixels) {
    for (const auto format : files) {
        for (const auto size : {PixelSize{0, 5}, PixelSize{5, 0}, PixelSize{-1, 5}}) {
            const auto answer = encode({size, GreyPixels{}}, format);

            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().fault, Fault::bad_request);
        }
    }
}

TEST(Encode, RefusesASideOverTheFormatsLimitAndNamesIt) {
    const auto strip = [](int width) {
        return Picture{{width, 1}, GreyPixels{Bytes(static_cast<std::size_t>(width), 7), {}}};
    };
    const auto webp = encode(strip(16384), ImageFormat::webp);
    const auto jpeg = encode(strip(65501), ImageFormat::jpeg);
    const auto png = encode(strip(65536), ImageFormat::png);

    ASSERT_FALSE(webp || jpeg || png);
    EXPECT_EQ(webp.error().fault, Fault::too_large);
    EXPECT_THAT(webp.error().what, HasSubstr("16383"));
    EXPECT_THAT(jpeg.error().what, HasSubstr("65500"));
    EXPECT_THAT(png.error().what, HasSubstr("65535"));
    EXPECT_TRUE(encode(strip(16383), ImageFormat::webp));
    EXPECT_TRUE(encode(strip(65500), ImageFormat::jpeg));
    EXPECT_TRUE(encode(strip(65535), ImageFormat::png));
}

TEST(Encode, RefusesMorePixelsThanTheCodecsCount) {
    const auto answer = encode({{60000, 60000}, GreyPixels{}}, ImageFormat::png);

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().fault, Fault::too_large);
}

TEST(Encode, RefusesPixelsThatDoNotFillThePicture) {
    auto palette = std::make_shared<const Palette>(2);
    const std::vector<Picture> broken{
        {{2, 2}, IndexedPixels{{0, 1, 0}, palette}},
        {{2, 2}, IndexedPixels{{0, 1, 0, 2}, palette}},
        {{2, 2}, IndexedPixels{{0, 1, 0, 1}, nullptr}},
        {{2, 2}, GreyPixels{{1, 2, 3}, {}}},
        {{2, 2}, GreyPixels{{1, 2, 3, 4}, {255}}},
        {{2, 2}, RgbaPixels{Bytes(12), true}},
    };
    for (const auto& picture : broken) {
        for (const auto format : files) {
            const auto answer = encode(picture, format);

            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().fault, Fault::source_broken);
        }
    }
}

}  // namespace
}  // namespace relief::encode
