#include "tiler/canvas/mosaic_of_areas.hpp"

#include "tiler/canvas/area_filler.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relief::canvas {
namespace {

Coverage filled(const std::vector<Point>& ring) {
    AreaFiller filler({4, 4});
    Coverage coverage({4, 4});
    filler.add(ring);
    filler.cover(coverage);
    return coverage;
}

const Ink red_ink{255, 0, 0, 255};
const Ink blue{0, 0, 255, 255};

TEST(MosaicOfAreas, LetsNothingThroughBetweenNeighbours) {
    MosaicOfAreas mosaic({4, 4});

    mosaic.paint(filled({{0, 0}, {1.5F, 0}, {1.5F, 4}, {0, 4}}), red_ink);
    mosaic.paint(filled({{1.5F, 0}, {4, 0}, {4, 4}, {1.5F, 4}}), blue);

    const std::uint8_t* const pixel = mosaic.surface().row(1) + 4;
    EXPECT_GE(pixel[3], 254);
    EXPECT_NEAR(pixel[0], 128, 1);
    EXPECT_NEAR(pixel[2], 128, 1);
}

TEST(MosaicOfAreas, PutsTheLaterOnTop) {
    MosaicOfAreas mosaic({4, 4});

    mosaic.paint(filled({{0, 0}, {4, 0}, {4, 4}, {0, 4}}), red_ink);
    mosaic.paint(filled({{1.5F, 0}, {4, 0}, {4, 4}, {1.5F, 4}}), blue);

    const std::uint8_t* const half = mosaic.surface().row(1) + 4;
    const std::uint8_t* const whole = mosaic.surface().row(1) + 8;
    EXPECT_EQ((Ink{whole[0], whole[1], whole[2], whole[3]}), blue);
    EXPECT_NEAR(half[0], 127, 1);
    EXPECT_NEAR(half[2], 128, 1);
    EXPECT_EQ(half[3], 255);
}

TEST(MosaicOfAreas, LetsShineThroughWhatIsTransparent) {
    MosaicOfAreas mosaic({4, 4});
    const Ink veil = ink_of({0, 0, 255, 255}, 0.5F);

    mosaic.paint(filled({{0, 0}, {4, 0}, {4, 4}, {0, 4}}), red_ink);
    mosaic.paint(filled({{0, 0}, {4, 0}, {4, 4}, {0, 4}}), veil);

    const std::uint8_t* const pixel = mosaic.surface().row(2);
    EXPECT_NEAR(pixel[0], 127, 1);
    EXPECT_NEAR(pixel[2], 128, 1);
    EXPECT_EQ(pixel[3], 255);
}

}  // namespace
}  // namespace relief::canvas
