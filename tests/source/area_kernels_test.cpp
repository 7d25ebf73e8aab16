// A footprint over the edge of a window counts what it covers there, and no more.

#include "tiler/source/area_kernels.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace relief::source {
namespace {

struct Sample {
    std::vector<std::uint8_t> values{0};
    std::vector<float> weights{0};
};

/// Two cells, 10 and 30, under a footprint one cell wide and high around `column`.
Sample average_at(float column) {
    const std::vector<std::uint8_t> cells{10, 30};
    const std::vector<float> columns{column};
    const std::vector<float> rows{0.5F};
    Sample sample;
    average_row(Cells<std::uint8_t>{cells.data(), nullptr, 2, 1},
                {columns, rows},
                {1, 1},
                RowOut<std::uint8_t>{sample.values.data(), sample.weights.data()});
    return sample;
}

TEST(AverageRow, WeighsAPixelByThePartOfItThatIsOverCells) {
    EXPECT_FLOAT_EQ(average_at(-0.25F).weights[0], 0.25F);
    EXPECT_FLOAT_EQ(average_at(0.25F).weights[0], 0.75F);
    EXPECT_FLOAT_EQ(average_at(1).weights[0], 1);
    EXPECT_FLOAT_EQ(average_at(1.75F).weights[0], 0.75F);
    EXPECT_FLOAT_EQ(average_at(2.25F).weights[0], 0.25F);
    EXPECT_FLOAT_EQ(average_at(2.75F).weights[0], 0);
}

TEST(AverageRow, TakesEachCellByThePartThatIsCovered) {
    EXPECT_EQ(average_at(-0.25F).values[0], 10);
    EXPECT_EQ(average_at(1).values[0], 20);
    EXPECT_EQ(average_at(0.75F).values[0], 15);
    EXPECT_EQ(average_at(2.25F).values[0], 30);
}

}  // namespace
}  // namespace relief::source
