#include "tiler/encode/straight.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace relief::encode {
namespace {

TEST(Straight, IsTheRoundedQuotientForEveryLevelAndAlpha) {
    for (int alpha = 1; alpha < 256; ++alpha) {
        for (int level = 0; level <= alpha; ++level) {
            const int got =
                straight({static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(alpha)});
            // Half a level, and a hair for the fixed-point reciprocal.
            ASSERT_LE(std::abs(got - level * 255.0 / alpha), 0.502) << level << "/" << alpha;
        }
    }
}

TEST(Straight, ComesBackExactlyWhenMultipliedAgain) {
    for (int alpha = 1; alpha < 256; ++alpha) {
        for (int level = 0; level <= alpha; ++level) {
            const int got =
                straight({static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(alpha)});
            ASSERT_EQ((got * alpha + 127) / 255, level) << "alpha " << alpha;
        }
    }
}

TEST(Straight, IsZeroWhereNothingShows) {
    EXPECT_EQ(straight({0, 0}), 0);
    EXPECT_EQ(straight({200, 0}), 0);
}

TEST(Straight, StaysWhiteWhenALevelIsAboveItsAlpha) {
    EXPECT_EQ(straight({200, 100}), 255);
}

TEST(OverWhite, IsWhitePaperSeenThroughTheColour) {
    EXPECT_EQ(over_white({0, 0}), 255);
    EXPECT_EQ(over_white({0, 255}), 0);
    EXPECT_EQ(over_white({77, 255}), 77);
    EXPECT_EQ(over_white({64, 128}), 191);  // 64 + (255 - 128)
    EXPECT_EQ(over_white({200, 100}), 255);
}

TEST(RgbxOverWhite, TreatsEveryChannelAlikeAndEndsOpaque) {
    const std::array<std::uint8_t, 8> rgba{10, 20, 30, 255, 0, 50, 100, 100};
    std::array<std::uint8_t, 8> out{};

    rgbx_over_white(rgba, out);

    EXPECT_EQ(out, (std::array<std::uint8_t, 8>{10, 20, 30, 255, 155, 205, 255, 255}));
}

TEST(RgbOfOpaque, LeavesAlphaOut) {
    const std::array<std::uint8_t, 8> rgba{1, 2, 3, 255, 4, 5, 6, 255};
    std::array<std::uint8_t, 6> out{};

    rgb_of_opaque(rgba, out);

    EXPECT_EQ(out, (std::array<std::uint8_t, 6>{1, 2, 3, 4, 5, 6}));
}

}  // namespace
}  // namespace relief::encode
