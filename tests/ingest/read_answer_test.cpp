#include "tiler/ingest/inspect.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::ingest {
namespace {

TEST(ReadAnswer, OfAnErrorKeepsWhatAndDetail) {
    const auto answer = read_answer(R"({"error":{"what":"it is damaged","detail":"line 7"}})");

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().fault, Fault::source_broken);
    EXPECT_EQ(answer.error().what, "it is damaged");
    EXPECT_EQ(answer.error().detail, "line 7");
}

/// The child reads hostile files: whatever it says must be an error at most.
class Nonsense : public ::testing::TestWithParam<const char*> {};

TEST_P(Nonsense, IsAnError) {
    const auto answer = read_answer(GetParam());

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().fault, Fault::source_broken);
}

INSTANTIATE_TEST_SUITE_P(ReadAnswer,
                         Nonsense,
                         ::testing::Values("",
                                           "{",
                                           "[]",
                                           "7",
                                           "{}",
                                           R"({"error":7})",
                                           R"({"error":{"what":7}})",
                                           R"({"description":7})",
                                           R"({"description":""})",
                                           R"({"description":"{\"size\":[-1,0]}"})",
                                           "\xFF\xFE",
                                           R"({"progress":0.5})"));

}  // namespace
}  // namespace relief::ingest
