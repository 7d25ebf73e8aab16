#include "tests/encode/decoded.hpp"
#include "tests/encode/pictures.hpp"
#include "tiler/encode/encode.hpp"

#include <gtest/gtest.h>
#include <webp/decode.h>

namespace relief::encode {
namespace {

Bytes webp_of(const Picture& picture, int quality = 75) {
    auto file = encode(picture, ImageFormat::webp, {.webp_quality = quality});
    return file ? std::move(file).value() : Bytes{};
}

bool is_lossless(const Bytes& webp) {
    WebPBitstreamFeatures features{};
    constexpr int lossless_format = 2;
    return WebPGetFeatures(webp.data(), webp.size(), &features) == VP8_STATUS_OK &&
           features.format == lossless_format;
}

double mean_difference(const Bytes& one, const Bytes& other) {
    if (one.size() != other.size() || one.empty()) return 256;
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) sum += std::abs(int{one[i]} - int{other[i]});
    return sum / static_cast<double>(one.size());
}

Bytes alpha_of(const Bytes& rgba) {
    Bytes alpha;
    for (std::size_t i = 3; i < rgba.size(); i += 4) alpha.push_back(rgba[i]);
    return alpha;
}

TEST(Webp, KeepsIndexedPicturesExactly) {
    for (const std::size_t colours : {1U, 2U, 3U, 16U, 17U, 256U}) {
        const Picture picture = indexed_picture({61, 33}, {colours});

        const Bytes webp = webp_of(picture);

        EXPECT_TRUE(is_lossless(webp));
        // Where nothing shows, the colour beneath is the codec's choice.
        EXPECT_EQ(premultiplied(decode_webp(webp).rgba),
                  premultiplied(shown_by(std::get<IndexedPixels>(picture.pixels))))
            << colours << " colours";
    }
}

TEST(Webp, KeepsGreyPicturesExactly) {
    for (const auto size : {PixelSize{1, 1}, PixelSize{31, 17}, PixelSize{512, 512}}) {
        const Picture picture = grey_picture(size, Alpha::opaque);

        const Bytes webp = webp_of(picture);

        EXPECT_TRUE(is_lossless(webp));
        EXPECT_EQ(decode_webp(webp).size, size);
        EXPECT_EQ(decode_webp(webp).rgba, shown_by(std::get<GreyPixels>(picture.pixels)));
    }
}

TEST(Webp, BringsGreyWithAlphaBackWithinOneLevel) {
    const Picture picture = grey_picture({64, 40}, Alpha::edges);

    EXPECT_LE(largest_difference(premultiplied(decode_webp(webp_of(picture)).rgba),
                                 shown_by(std::get<GreyPixels>(picture.pixels))),
              1);
}

TEST(Webp, ShowsOpaqueColourMuchAsItWas) {
    const Picture picture = colour_picture({256, 256}, Alpha::opaque);

    const Bytes webp = webp_of(picture);

    EXPECT_FALSE(is_lossless(webp));
    EXPECT_EQ(decode_webp(webp).size, (PixelSize{256, 256}));
    EXPECT_LT(mean_difference(decode_webp(webp).rgba, std::get<RgbaPixels>(picture.pixels).values),
              8);
}

TEST(Webp, KeepsTheAlphaOfColourExactly) {
    const Picture picture = colour_picture({200, 100}, Alpha::edges);
    const Bytes& pixels = std::get<RgbaPixels>(picture.pixels).values;

    const Bytes decoded = decode_webp(webp_of(picture)).rgba;

    EXPECT_EQ(alpha_of(decoded), alpha_of(pixels));
    EXPECT_LT(mean_difference(premultiplied(decoded), pixels), 8);
}

TEST(Webp, TakesOnePixelOfColour) {
    EXPECT_EQ(decode_webp(webp_of(colour_picture({1, 1}, Alpha::edges))).size, (PixelSize{1, 1}));
}

TEST(Webp, OfNothingAtAllIsTransparent) {
    const Bytes decoded = decode_webp(webp_of(transparent_colour_picture({64, 64}))).rgba;

    EXPECT_EQ(alpha_of(decoded), Bytes(area({64, 64}), 0));
}

TEST(Webp, IsLargerAtHigherQuality) {
    const Picture picture = colour_picture({256, 256}, Alpha::opaque);

    EXPECT_GT(webp_of(picture, 95).size(), webp_of(picture, 40).size());
    EXPECT_EQ(webp_of(picture, 100), webp_of(picture, 1000));
}

}  // namespace
}  // namespace relief::encode
