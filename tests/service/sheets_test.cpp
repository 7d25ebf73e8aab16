#include "server/service/sheets.hpp"

#include <gtest/gtest.h>

namespace relief::service {
namespace {

using Cells = std::vector<std::size_t>;

TEST(Sheets, AreDrawnByWhoComesFirstUntilNobodyWaits) {
    Sheets sheets;

    EXPECT_TRUE(sheets.join("a", 3));
    EXPECT_FALSE(sheets.join("a", 5));
    EXPECT_TRUE(sheets.join("b", 5));
    EXPECT_EQ(sheets.take("a"), (Cells{3, 5}));
    EXPECT_FALSE(sheets.join("a", 7)) << "it is still being drawn";
    EXPECT_EQ(sheets.take("a"), (Cells{7}));
    EXPECT_EQ(sheets.take("a"), Cells{});
    EXPECT_TRUE(sheets.join("a", 3)) << "nobody draws it any more";
}

TEST(Sheets, ThatNobodyKnowsHaveNoCells) {
    Sheets sheets;

    EXPECT_EQ(sheets.take("a"), Cells{});
}

}  // namespace
}  // namespace relief::service
