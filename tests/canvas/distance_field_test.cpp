#include "tiler/canvas/distance_field.hpp"

#include "tests/canvas/drawn.hpp"
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

/// A square of 8 by 8 pixels, 8 around it.
DistanceSheet square_sheet() {
    const std::vector<std::vector<Point>> rings{{{64, 64}, {128, 64}, {128, 128}, {64, 128}}};
    DistanceSheet sheet = distance_sheet(coverage_of(rings, {192, 192}), {192, 192}, 8);
    sheet.margin = 8;
    return sheet;
}

TEST(CoverDistances, CoversTheShapeAndGrowsIt) {
    const auto area = [](float grown) {
        Coverage coverage({32, 32});
        cover_distances(coverage, square_sheet(), {{4, 4}, {1, 0}, {0, 1}}, {grown, 0.5F});
        return covered_pixels(coverage);
    };

    EXPECT_NEAR(area(0), 64, 1);
    // Four sides and a quarter of a disc at each corner.
    EXPECT_NEAR(area(2), 64 + 4 * 8 * 2 + 3.14159 * 4, 3);
    EXPECT_LT(area(20), 24 * 24) << "no further than the sheet's margin";
}

TEST(CoverDistances, ClosesUpShapesThatShareAnEdge) {
    const auto seam = [](Meeting meeting) {
        Coverage coverage({32, 32});
        for (const float left : {0.3F, 8.3F})
            cover_distances(
                coverage, square_sheet(), {{left, 0}, {1, 0}, {0, 1}}, {0, 0.84F, meeting});
        return static_cast<int>(coverage.row(12)[16]);
    };

    EXPECT_GE(seam(Meeting::sum), 252);
    EXPECT_LT(seam(Meeting::strongest), 220);
    EXPECT_LT(seam(Meeting::over), seam(Meeting::sum));
}

TEST(CoverDistances, TurnsAndScales) {
    Coverage coverage({64, 64});

    // 24 sheet pixels become 48, a quarter turn to the left.
    cover_distances(coverage, square_sheet(), {{8, 56}, {0, -2}, {2, 0}}, {0, 0.5F});

    EXPECT_NEAR(covered_pixels(coverage), 256, 4);
    EXPECT_EQ(coverage.row(32)[32], 255);
    EXPECT_EQ(coverage.row(32)[20], 0);
}

}  // namespace
}  // namespace relief::canvas
