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

/// Weights from none to full, whole stretches of each.
std::vector<std::uint8_t> holes() {
    std::mt19937 random{7};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same holes each time
    std::uniform_int_distribution<int> level(0, 255);
    std::vector<std::uint8_t> weights(static_cast<std::size_t>(window.width) * window.height);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::size_t stretch = i / 13 % 3;
        weights[i] = static_cast<std::uint8_t>(stretch == 0   ? 0
                                               : stretch == 1 ? 255
                                                              : level(random));
    }
    return weights;
}

template <typename Cell>
struct SampledRow {
    std::vector<Cell> values;
    std::vector<float> weights;
    explicit SampledRow(std::size_t size) : values(size), weights(size) {}
    RowOut<Cell> out() { return {values.data(), weights.data()}; }
};

TYPED_TEST(BilinearRowOf, EqualsTheGeneralKernelToTheLastBit) {
    const auto values = noise<TypeParam>();
    const Cells<TypeParam> cells{values.data(), nullptr, window.width, window.height};
    const Places places = places_inside();
    SampledRow<TypeParam> expected(places.columns.size());
    stencil_row<2>(cells, places.positions(), expected.out());

    BilinearRow row;
    ASSERT_EQ(row.prepare(places.positions(), window), (RowRun{0, places.columns.size()}));
    SampledRow<TypeParam> sampled(places.columns.size());
    row.sample(cells, sampled.out());

    EXPECT_EQ(sampled.values, expected.values);
    EXPECT_EQ(sampled.weights, std::vector<float>(places.columns.size(), 1.0F));
}

TYPED_TEST(BilinearRowOf, EqualsTheGeneralKernelAroundHolesToo) {
    const auto values = noise<TypeParam>();
    const auto weights = holes();
    const Cells<TypeParam> cells{values.data(), weights.data(), window.width, window.height};
    const Places places = places_inside();
    SampledRow<TypeParam> expected(places.columns.size());
    stencil_row<2>(cells, places.positions(), expected.out());

    BilinearRow row;
    row.prepare(places.positions(), window);
    SampledRow<TypeParam> sampled(places.columns.size());
    row.sample(cells, sampled.out());

    EXPECT_EQ(sampled.values, expected.values);
    EXPECT_EQ(sampled.weights, expected.weights);
    EXPECT_NE(expected.weights, std::vector<float>(places.columns.size(), 1.0F));
}

TEST(BilinearRow, IsNotSpoiledByInfiniteNumbersUnderAHole) {
    const std::vector<float> values{1, std::numeric_limits<float>::infinity(), 3, 3};
    const std::vector<std::uint8_t> weights{255, 0, 255, 255};
    const std::vector<float> at{1};
    BilinearRow row;
    row.prepare({at, at}, {2, 2});
    SampledRow<float> sampled(1);

    row.sample(Cells<float>{values.data(), weights.data(), 2, 2}, sampled.out());

    EXPECT_FLOAT_EQ(sampled.values[0], 7.0F / 3);
    EXPECT_FLOAT_EQ(sampled.weights[0], 0.75F);
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

    for (const Places& places : outside)
        EXPECT_EQ(row.prepare(places.positions(), window), RowRun{});
    EXPECT_EQ(row.prepare(places_inside().positions(), {1, 30}), RowRun{});
    EXPECT_EQ(row.prepare(places_inside().positions(), {40, 1}), RowRun{});
}

TEST(BilinearRow, TakesTheRunOfPlacesInsideAndNoneWhenOneBetweenLooksOut) {
    const Places enters_and_leaves{{-1, 0.4F, 0.6F, 20, 39, 41}, {5, 5, 5, 5, 5, 5}};
    const Places leaves_between{{1, 50, 3}, {5, 5, 5}};
    const std::vector<std::uint8_t> values(static_cast<std::size_t>(window.width) * window.height,
                                           9);
    BilinearRow row;

    EXPECT_EQ(row.prepare(leaves_between.positions(), window), RowRun{});
    ASSERT_EQ(row.prepare(enters_and_leaves.positions(), window), (RowRun{2, 5}));
    SampledRow<std::uint8_t> sampled(6);
    row.sample(Cells<std::uint8_t>{values.data(), nullptr, window.width, window.height},
               sampled.out());

    EXPECT_EQ(sampled.values, (std::vector<std::uint8_t>{0, 0, 9, 9, 9, 0}));
    EXPECT_EQ(sampled.weights, (std::vector<float>{0, 0, 1, 1, 1, 0}));
}

}  // namespace
}  // namespace relief::source
