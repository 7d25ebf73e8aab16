// The fast bilinear row gives the numbers of the general one.

#include "tiler/source/bilinear_row.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

namespace relief::source {
namespace {

constexpr PixelSize window{40, 30};

template <typename Cell>
std::vector<Cell> noise() {
    std::mt19937 random{3};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same cells each time
    // Up to what a float holds exactly, ends included.
    constexpr double low = sizeof(Cell) == 4 ? -1e6 : std::numeric_limits<Cell>::lowest();
    constexpr double high = sizeof(Cell) == 4 ? 1e6 : std::numeric_limits<Cell>::max();
    std::uniform_real_distribution<double> level(low, high);
    std::vector<Cell> cells;
    cells.reserve(static_cast<std::size_t>(window.width) * window.height);
    for (int i = 0; i < window.width * window.height; ++i)
        cells.push_back(static_cast<Cell>(i % 7 == 0 ? high : i % 11 == 0 ? low : level(random)));
    return cells;
}

struct Places {
    std::vector<float> columns, rows;
    RowPositions positions() const { return {columns, rows}; }
};

/// More than one part of work, the outermost centres included.
Places places_inside() {
    std::mt19937 random{5};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same places each time
    std::uniform_real_distribution<float> column(0.5F, 39.49F);
    std::uniform_real_distribution<float> row(0.5F, 29.49F);
    Places places{{0.5F, 1.5F, 39.49F, 0.5F}, {0.5F, 0.5F, 29.49F, 29.49F}};
    for (int i = 0; i < 700; ++i) {
        places.columns.push_back(column(random));
        places.rows.push_back(row(random));
    }
    return places;
}

template <typename Cell>
class BilinearRowOf : public ::testing::Test {};
using Types = ::testing::Types<std::uint8_t, std::uint16_t, std::int16_t, float>;
TYPED_TEST_SUITE(BilinearRowOf, Types);

TYPED_TEST(BilinearRowOf, EqualsTheGeneralKernelToTheLastBit) {
    const auto values = noise<TypeParam>();
    const Cells<TypeParam> cells{values.data(), nullptr, window.width, window.height};
    const Places places = places_inside();
    std::vector<TypeParam> expected(places.columns.size());
    std::vector<float> weights(expected.size());
    stencil_row<2>(cells, places.positions(), RowOut<TypeParam>{expected.data(), weights.data()});

    BilinearRow row;
    ASSERT_TRUE(row.prepare(places.positions(), window));
    std::vector<TypeParam> sampled(expected.size());
    row.sample(cells, sampled.data());

    EXPECT_EQ(sampled, expected);
    EXPECT_EQ(weights, std::vector<float>(weights.size(), 1.0F));
}

TEST(BilinearRow, IsNotForPlacesThatNeedCellsOutside) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const std::vector<Places> outside{{{0.49F}, {5}},
                                      {{5}, {0.49F}},
                                      {{39.5F}, {5}},
                                      {{5}, {29.5F}},
                                      {{infinity}, {5}},
                                      {{std::numeric_limits<float>::quiet_NaN()}, {5}}};
    BilinearRow row;

    for (const Places& places : outside) EXPECT_FALSE(row.prepare(places.positions(), window));
    EXPECT_FALSE(row.prepare(places_inside().positions(), {1, 30}));
    EXPECT_FALSE(row.prepare(places_inside().positions(), {40, 1}));
}

}  // namespace
}  // namespace relief::source
