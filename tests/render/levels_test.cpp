#include "tiler/render/levels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace relief::render {
namespace {

using style::Rescale;

std::vector<int> levels(const BandValues& band, const Rescale& rescale) {
    const auto found = levels_of(band, rescale);
    return {found.cells().begin(), found.cells().end()};
}

template <typename Cell>
class LevelsOfType : public testing::Test {};
using CellTypes = testing::
    Types<std::uint8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(LevelsOfType, CellTypes);

TYPED_TEST(LevelsOfType, AreTheNearestOf256AndClampedAtBothEnds) {
    std::vector<TypeParam> cells;
    for (int v = 0; v <= 250; ++v) cells.push_back(static_cast<TypeParam>(v));

    const auto found = levels(cells, {.low = 20, .high = 220});

    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double exact = 255.0 * (static_cast<double>(cells[i]) - 20.0) / 200.0;
        // A tie may go either way.
        EXPECT_NEAR(found[i], std::fmin(std::fmax(exact, 0.0), 255.0), 0.5001) << i;
    }
}

TYPED_TEST(LevelsOfType, FallWhenLowExceedsHigh) {
    const std::vector<TypeParam> cells{0, 25, 100, 120};

    EXPECT_EQ(levels(cells, {.low = 100, .high = 0}), (std::vector<int>{255, 191, 0, 0}));
}

TYPED_TEST(LevelsOfType, AreAThresholdWhenLowEqualsHigh) {
    const std::vector<TypeParam> cells{6, 7, 8};

    EXPECT_EQ(levels(cells, {.low = 7, .high = 7}), (std::vector<int>{0, 255, 255}));
}

TYPED_TEST(LevelsOfType, NeverWrapAtTheEndsOfTheType) {
    using Limits = std::numeric_limits<TypeParam>;
    const std::vector<TypeParam> cells{Limits::lowest(), Limits::max()};

    EXPECT_EQ(levels(cells, {.low = 10, .high = 20}), (std::vector<int>{0, 255}));
}

TEST(Levels, OfSixteenBitsStayWithinOneOfTheFormula) {
    std::vector<std::uint16_t> cells(65536);
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<std::uint16_t>(i);

    const auto found = levels(cells, {.low = 0, .high = 16000});

    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double exact = std::fmin(255.0 * static_cast<double>(i) / 16000.0, 255.0);
        EXPECT_NEAR(found[i], exact, 0.5001) << i;
    }
}

TEST(Levels, OfWideIntegersTellNeighboursApartThatAFloatCannot) {
    // 2^24 + 1 is the first integer that float32 does not hold.
    const std::vector<std::int32_t> cells{16777216, 16777217, 16777218, 16777219};

    EXPECT_EQ(levels(cells, {.low = 16777216, .high = 16777219}),
              (std::vector<int>{0, 85, 170, 255}));
}

TEST(Levels, OfInfinitiesAreTheEnds) {
    constexpr float infinite = std::numeric_limits<float>::infinity();
    const std::vector<float> cells{-infinite, infinite};

    EXPECT_EQ(levels(cells, {.low = 0, .high = 1}), (std::vector<int>{0, 255}));
    EXPECT_EQ(levels(cells, {.low = 1, .high = 0}), (std::vector<int>{255, 0}));
}

TEST(Levels, OfFloatsTakeARescaleBeyondFloat) {
    const std::vector<float> cells{0.0F};

    EXPECT_EQ(levels(cells, {.low = -1e300, .high = 1e300}), (std::vector<int>{128}));
}

TEST(Levels, OfBytesThatAreLevelsAlreadyAreNotCopied) {
    const BandValues band = std::vector<std::uint8_t>{1, 2, 3};

    const auto found = levels_of(band, {.low = 0, .high = 255});

    EXPECT_EQ(found.cells().data(), std::get<std::vector<std::uint8_t>>(band).data());
}

TEST(Premultiplied, IsTheNearestQuotientForEveryPairOfBytes) {
    for (int level = 0; level < 256; ++level) {
        for (int alpha = 0; alpha < 256; ++alpha) {
            const auto found =
                premultiplied(static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(alpha));
            ASSERT_EQ(found, std::lround(level * alpha / 255.0)) << level << " " << alpha;
        }
    }
}

TEST(Alpha, IsTheWeightAndZeroWhereAnyOutputIsNan) {
    const Grid grid{.size = {4, 1},
                    .bands = {},
                    .coverage = Grid::Coverage::partial,
                    .weight = {1.0F, 0.5F, 1.0F, 1.0F}};
    const auto nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<BandValues> outputs{std::vector<double>{nan, 1, 1, 1},
                                          std::vector<float>{1, 1, static_cast<float>(nan), 1},
                                          std::vector<std::uint8_t>{0, 0, 0, 0}};

    EXPECT_EQ(alpha_of(grid, outputs), (std::vector<std::uint8_t>{0, 128, 0, 255}));
}

}  // namespace
}  // namespace relief::render
