#include "tiler/vector/hilbert.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relief::vector {
namespace {

TEST(Hilbert, NumbersTheFourQuartersInOneSweep) {
    constexpr std::uint32_t half = 1U << 31U;

    EXPECT_EQ(hilbert(0, 0) >> 62U, 0U);
    EXPECT_EQ(hilbert(0, half) >> 62U, 1U);
    EXPECT_EQ(hilbert(half, half) >> 62U, 2U);
    EXPECT_EQ(hilbert(half, 0) >> 62U, 3U);
}

TEST(Hilbert, GoesFromCellToNeighbour) {
    // Cells of a grid of 16 by 16, by their number: each touches the one before.
    constexpr unsigned cells = 16;
    std::vector<std::pair<int, int>> order(std::size_t{cells} * cells, {-1, -1});
    for (unsigned x = 0; x < cells; ++x)
        for (unsigned y = 0; y < cells; ++y)
            order[hilbert(x << 28U, y << 28U) >> 56U] = {static_cast<int>(x), static_cast<int>(y)};

    for (std::size_t i = 1; i < order.size(); ++i) {
        ASSERT_GE(order[i].first, 0) << "a number is missing";
        EXPECT_EQ(std::abs(order[i].first - order[i - 1].first) +
                      std::abs(order[i].second - order[i - 1].second),
                  1)
            << i;
    }
}

TEST(Reversed, SpreadsEvenly) {
    std::set<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < 64; ++i) seen.insert(reversed(i) >> 26U);

    EXPECT_EQ(seen.size(), 64U);
    EXPECT_EQ(reversed(1), 1U << 31U);
}

}  // namespace
}  // namespace relief::vector
