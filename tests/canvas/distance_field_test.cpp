#include "tiler/canvas/distance_field.hpp"

#include "tiler/canvas/area_filler.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace relief::canvas {
namespace {

std::vector<std::uint8_t> bytes_of(const Coverage& coverage) {
    std::vector<std::uint8_t> bytes;
    for (int y = 0; y < coverage.size().height; ++y)
        bytes.insert(bytes.end(), coverage.row(y), coverage.row(y) + coverage.size().width);
    return bytes;
}

/// A disc in the middle of a field of 32 pixels, drawn eight times as fine.
DistanceField field_of_disc(float radius) {
    constexpr int side = 256;
    std::vector<Point> ring;
    for (int i = 0; i < 720; ++i) {
        const float angle = static_cast<float>(i) * 3.14159265F / 360;
        ring.push_back({128 + 8 * radius * std::cos(angle), 128 + 8 * radius * std::sin(angle)});
    }
    AreaFiller filler({side, side});
    filler.add(ring);
    Coverage coverage({side, side});
    filler.cover(coverage);
    return distance_field(bytes_of(coverage), coverage.size(), {.finer = 8});
}

TEST(DistanceField, TellsTheDistanceFromTheEdgeOfADiscWithinATenthOfAPixel) {
    constexpr float radius = 6;
    const auto field = field_of_disc(radius);

    ASSERT_EQ(field.size, (PixelSize{32, 32}));
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x) {
            const float from_middle =
                std::hypot(static_cast<float>(x) - 15.5F, static_cast<float>(y) - 15.5F);
            const float stated = 255 * (0.75F - (from_middle - radius) / 8);
            const float value =
                field.values[static_cast<std::size_t>(y) * 32 + static_cast<std::size_t>(x)];
            // A tenth of a pixel is 3.2 levels.
            EXPECT_NEAR(value, std::min(std::max(stated, 0.0F), 255.0F), 3.7F) << x << ' ' << y;
        }
}

TEST(DistanceField, IsNoneEverywhereWhereNothingIsCovered) {
    const auto field = distance_field(std::vector<std::uint8_t>(64, 0), {8, 8}, {});

    EXPECT_EQ(field.values, (std::vector<std::uint8_t>{0, 0, 0, 0}));
}

TEST(DistanceField, IsAllWhereEverythingIsCovered) {
    const auto field = distance_field(std::vector<std::uint8_t>(64, 255), {8, 8}, {});

    EXPECT_EQ(field.values, (std::vector<std::uint8_t>{255, 255, 255, 255}));
}

TEST(DistanceField, CrossesTheEdgeLevelWhereTheEdgeLies) {
    // The right half of 8 x 8 pixels, drawn as fine as the field: the edge lies between 3 and 4.
    std::vector<std::uint8_t> coverage(64, 0);
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 4; x < 8; ++x) coverage[y * 8 + x] = 255;

    const auto field = distance_field(coverage, {8, 8}, {.finer = 1});

    EXPECT_LT(field.values[3], 191);
    EXPECT_GT(field.values[4], 191);
    EXPECT_NEAR((field.values[3] + field.values[4]) / 2.0, 191.25, 1);
}

}  // namespace
}  // namespace relief::canvas
