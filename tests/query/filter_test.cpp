#include "tests/query/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::query {
namespace {

using testing::Camp;
using ::testing::HasSubstr;
using testing::holds;
using testing::refusal;

const Camp& hospital() {
    static const Camp camp({{0, std::string("Hospital")}, {1, std::int64_t{40}}, {3, false}},
                           GeometryKind::area);
    return camp;
}

TEST(Filter, TakesExpressionsOfStyles) {
    EXPECT_TRUE(holds(R"([">=", ["get", "beds"], 40])", hospital()));
    EXPECT_TRUE(holds(R"(["all", ["has", "name"], ["!", ["get", "open"]]])", hospital()));
    EXPECT_TRUE(holds(R"(["==", ["geometry-type"], "Polygon"])", hospital()));
    EXPECT_TRUE(holds(R"(["==", ["id"], 7])", hospital()));
    EXPECT_FALSE(holds(R"([">", ["get", "beds"], 40])", hospital()));
    EXPECT_FALSE(holds(R"([">", ["get", "since"], 40])", hospital()));
}

TEST(Filter, TakesFiltersOfTheOldKind) {
    EXPECT_TRUE(holds(R"(["==", "name", "Hospital"])", hospital()));
    EXPECT_TRUE(holds(R"(["in", "beds", 1, 40])", hospital()));
    EXPECT_TRUE(holds(R"(["==", "$type", "Polygon"])", hospital()));
    EXPECT_FALSE(holds(R"(["none", ["==", "name", "Hospital"]])", hospital()));
}

TEST(Filter, MayDifferWithTheZoom) {
    const std::string text = R"([">", ["zoom"], 9])";
    EXPECT_TRUE(holds(text, hospital(), 10));
    EXPECT_FALSE(holds(text, hospital(), 9));
}

TEST(Filter, RefusesWhatIsNoFilter) {
    EXPECT_THAT(refusal(R"([">", ["get", "beds"])"), HasSubstr("filter: "));
    EXPECT_THAT(refusal(R"(["nearly", 3])"), HasSubstr("nearly"));
    EXPECT_THAT(refusal("[" + std::string(5000, ' ') + "]"), HasSubstr("4000 characters"));
    EXPECT_FALSE(refusal(std::string(1000, '[')).empty());
}

}  // namespace
}  // namespace relief::query
