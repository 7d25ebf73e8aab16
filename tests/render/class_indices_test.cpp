#include "tiler/render/class_indices.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace relief::render {
namespace {

using style::ColourClass;
using style::ColourClasses;

ColourClass exactly(double value) {
    return {.low = value, .high = value, .colour = {}, .label = {}};
}

ColourClass from_to(std::pair<double, double> bounds) {
    return {.low = bounds.first, .high = bounds.second, .colour = {}, .label = {}};
}

std::vector<int> indices(const BandValues& band, std::vector<ColourClass> classes) {
    const auto found = class_indices(band, ColourClasses{std::move(classes)});
    return {found.begin(), found.end()};
}

template <typename Cell>
class ClassesOfType : public testing::Test {};
using CellTypes = testing::
    Types<std::uint8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(ClassesOfType, CellTypes);

TYPED_TEST(ClassesOfType, AreFoundByExactValue) {
    const std::vector<TypeParam> cells{0, 1, 2, 3, 4, 5, 4};

    EXPECT_EQ(indices(cells, {exactly(1), exactly(4)}), (std::vector<int>{0, 1, 0, 0, 2, 0, 2}));
}

TYPED_TEST(ClassesOfType, IncludeTheirLowEndAndOnlyTheLastItsHighEnd) {
    const std::vector<TypeParam> cells{9, 10, 19, 20, 30, 31};

    EXPECT_EQ(indices(cells, {from_to({10, 20}), from_to({20, 30})}),
              (std::vector<int>{0, 1, 1, 2, 2, 0}));
}

TYPED_TEST(ClassesOfType, GiveWayToALaterClassWhereTheyOverlap) {
    const std::vector<TypeParam> cells{4, 5, 6};

    EXPECT_EQ(indices(cells, {from_to({0, 10}), exactly(5)}), (std::vector<int>{1, 2, 1}));
}

TYPED_TEST(ClassesOfType, ReachBeyondTheEndsOfTheType) {
    using Limits = std::numeric_limits<TypeParam>;
    using Wide = std::numeric_limits<double>;
    const std::vector<TypeParam> cells{Limits::lowest(), 0, Limits::max()};

    EXPECT_EQ(indices(cells, {from_to({Wide::lowest(), Wide::max()})}),
              (std::vector<int>{1, 1, 1}));
    EXPECT_EQ(indices(cells, {exactly(-1e12), from_to({0.5, 0.7}), exactly(1e12)}),
              (std::vector<int>{0, 0, 0}));
}

TYPED_TEST(ClassesOfType, AreNoneWhenTheMapIsEmpty) {
    EXPECT_EQ(indices(std::vector<TypeParam>{0, 1}, {}), (std::vector<int>{0, 0}));
}

TEST(Classes, WithFractionalBoundsHoldTheIntegersBetween) {
    const std::vector<std::int16_t> cells{-3, -2, -1, 0, 1};

    EXPECT_EQ(indices(cells, {from_to({-2.5, -0.5})}), (std::vector<int>{0, 1, 1, 0, 0}));
}

TEST(Classes, OfFloatsFindADecimalThatBinaryCannotHold) {
    EXPECT_EQ(indices(std::vector<float>{0.1F, 0.7F}, {exactly(0.1), exactly(0.7)}),
              (std::vector<int>{1, 2}));
}

TEST(Classes, NeverHoldNan) {
    const auto nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<ColourClass> many;
    many.reserve(200);
    for (int i = 0; i < 200; ++i) many.push_back(from_to({i, i + 1}));

    EXPECT_EQ(indices(std::vector<double>{nan, 1, nan}, {from_to({0, 10})}),
              (std::vector<int>{0, 1, 0}));
    EXPECT_EQ(indices(std::vector<float>{static_cast<float>(nan), 1}, {from_to({0, 10})}),
              (std::vector<int>{0, 1}));
    EXPECT_EQ(indices(std::vector<float>{static_cast<float>(nan), 1}, many),
              (std::vector<int>{0, 2}));
}

TEST(Classes, OfFloatsAreTheSameByCountingAndBySearching) {
    std::vector<float> cells;
    cells.reserve(265);
    for (int i = -5; i < 260; ++i) cells.push_back(static_cast<float>(i) / 10.0F);
    std::vector<ColourClass> few;
    few.reserve(6);
    for (int i = 0; i < 6; ++i) few.push_back(from_to({2.0 * i, 2.0 * i + 2.0}));
    auto many = few;
    for (int i = 0; i < 40; ++i) many.push_back(exactly(1000.0 + i));

    EXPECT_EQ(indices(cells, few), indices(cells, many));
}

}  // namespace
}  // namespace relief::render
