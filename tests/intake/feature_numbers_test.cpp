#include "server/intake/feature_numbers.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace relief::intake {
namespace {

TEST(FeatureNumbers, AreTheSameForAReportAndOthersInAnotherWorkspace) {
    const relief::testing::TemporaryFolder folder;
    const relief::testing::TemporaryFolder other;

    const auto number = FeatureNumbers(folder.path()).of("abc");

    ASSERT_TRUE(number);
    EXPECT_LT(*number, std::uint64_t{1} << 53U);
    EXPECT_EQ(*FeatureNumbers(folder.path()).of("abc"), *number);
    EXPECT_NE(*FeatureNumbers(folder.path()).of("abd"), *number);
    EXPECT_NE(*FeatureNumbers(other.path()).of("abc"), *number);
}

}  // namespace
}  // namespace relief::intake
