#include "tiler/canvas/images.hpp"

#include "tiler/canvas/area_filler.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace relief::canvas {
namespace {

/// Two by two: red, green / blue, nothing.
Surface four() {
    return {{2, 2}, {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0}};
}

char letter_of(const std::uint8_t* pixel) {
    if (pixel[3] == 0) return '.';
    constexpr std::string_view names = "rgb";
    for (std::size_t i = 0; i < names.size(); ++i)
        if (pixel[i] == 255) return names[i];
    return '?';
}

std::string letters(const Surface& surface) {
    std::string text;
    for (int y = 0; y < surface.size().height; ++y) {
        for (int x = 0; x < surface.size().width; ++x)
            text += letter_of(surface.row(y) + std::ptrdiff_t{x} * 4);
        text += '\n';
    }
    return text;
}

TEST(DrawImage, PutsPixelsWhereThePlacementSays) {
    Surface surface({4, 3});

    draw_image(surface, four(), {.origin = {1, 1}}, 1);

    EXPECT_EQ(letters(surface), "....\n.rg.\n.b..\n");
}

TEST(DrawImage, TurnsByAQuarter) {
    Surface surface({2, 2});

    draw_image(surface, four(), {.origin = {2, 0}, .across = {0, 1}, .down = {-1, 0}}, 1);

    EXPECT_EQ(letters(surface), "br\n.g\n");
}

TEST(DrawImage, MixesBetweenPixelsAndWithWhatIsBelow) {
    Surface surface({3, 2});

    draw_image(surface, four(), {.origin = {0.5F, 0}}, 0.5F);

    const std::uint8_t* const mixed = surface.row(0) + 4;
    EXPECT_NEAR(mixed[0], 64, 1);
    EXPECT_NEAR(mixed[1], 64, 1);
    EXPECT_NEAR(mixed[3], 128, 1);
}

TEST(DrawImage, DrawsNothingThatIsFlatOrFarAway) {
    Surface surface({3, 2});

    draw_image(surface, four(), {.origin = {}, .across = {0, 0}, .down = {0, 1}}, 1);
    draw_image(surface, four(), {.origin = {1e6F, -1e6F}}, 1);

    EXPECT_EQ(letters(surface), "...\n...\n");
}

TEST(PaintPattern, RepeatsTheImageWhereItIsCovered) {
    Surface surface({5, 3});
    AreaFiller filler({5, 3});
    Coverage coverage({5, 3});
    filler.add(std::vector<Point>{{0, 0}, {4, 0}, {4, 3}, {0, 3}});
    filler.cover(coverage);

    paint_pattern(surface, coverage, four(), {.origin = {-3, 0}}, 1);

    EXPECT_EQ(letters(surface), "grgr.\n.b.b.\ngrgr.\n");
}

TEST(DrawDistances, HasItsEdgeWhereTheFieldSays) {
    // One row that grows to the right: 0, 51, 102, …
    const DistanceField field{{6, 1}, {0, 51, 102, 153, 204, 255}};
    Surface surface({6, 1});

    draw_distances(surface, field, {}, {.edge = 0.5F, .soft = 0.05F}, {255, 0, 0, 255});

    EXPECT_EQ(letters(surface), "...rrr\n");
}

}  // namespace
}  // namespace relief::canvas
