#include "tiler/source/band_statistics.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relief::source {
namespace {

BandStatistics of(const std::vector<double>& cells) {
    StatisticsCollector collector(ValueType::u8);
    for (const double cell : cells) collector.add(cell);
    return *collector.result(false);
}

TEST(BandStatistics, OfCellsWithAScaleAndAnOffsetAreThoseOfTheirValues) {
    const auto values = in_units(of({10, 20, 20, 30}), 0.5, -1);

    EXPECT_DOUBLE_EQ(values.minimum, 4);
    EXPECT_DOUBLE_EQ(values.maximum, 14);
    EXPECT_DOUBLE_EQ(values.mean, 9);
    EXPECT_DOUBLE_EQ(values.standard_deviation, of({10, 20, 20, 30}).standard_deviation / 2);
    EXPECT_DOUBLE_EQ(values.percentiles[0], 4);
    EXPECT_DOUBLE_EQ(values.percentiles[100], 14);
}

TEST(BandStatistics, AScaleBelowZeroTurnsTheirOrderRound) {
    const auto cells = of({10, 20, 20, 30});
    const auto values = in_units(cells, -1, 0);

    EXPECT_DOUBLE_EQ(values.minimum, -30);
    EXPECT_DOUBLE_EQ(values.maximum, -10);
    EXPECT_DOUBLE_EQ(values.percentiles[0], -30);
    EXPECT_DOUBLE_EQ(values.percentiles[100], -10);
    EXPECT_LT(values.histogram_low, values.histogram_high);
    EXPECT_EQ(values.counts, std::vector(cells.counts.rbegin(), cells.counts.rend()));
    EXPECT_GT(values.standard_deviation, 0);
}

TEST(BandStatistics, OfPlainCellsStayAsTheyAre) {
    const auto cells = of({1, 2});
    EXPECT_EQ(in_units(cells, 1, 0).percentiles, cells.percentiles);
}

}  // namespace
}  // namespace relief::source
