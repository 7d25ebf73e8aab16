#include "server/route/parameters.hpp"
#include "tests/route/example_requests.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relief::route {
namespace {

using ::testing::HasSubstr;

/// Observed on the first of April, May and June 2024, at noon.
workspace::Layer three_months() {
    auto layer = *workspace::example_layer("flood", Sensitivity::low);
    const workspace::Observation first = layer.observations.front();
    layer.observations.clear();
    for (const char* time :
         {"2024-04-01T12:00:00Z", "2024-05-01T12:00:00Z", "2024-06-01T12:00:00Z"}) {
        auto observation = first;
        observation.time = parse_instant(time)->first;
        observation.version = {time};
        layer.observations.push_back(observation);
    }
    return layer;
}

/// The version that is shown, "none" when the layer has no picture of that time.
std::string shown(const workspace::Layer& layer, const std::string& time) {
    const auto view = choose_view(layer, with_query({{"time", time}}));
    if (!view) return "refused";
    return view->observation == nullptr ? "none" : view->observation->version.text;
}

TEST(Observation, IsTheNewestWhenNothingElseIsAsked) {
    const auto layer = three_months();

    EXPECT_EQ(choose_view(layer, with_query({}))->observation, &layer.newest());
    EXPECT_EQ(shown(layer, ""), "2024-06-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "latest"), "2024-06-01T12:00:00Z");
}

TEST(Observation, OfADayAMonthOrAnInstantIsTheOneInsideIt) {
    const auto layer = three_months();

    EXPECT_EQ(shown(layer, "2024-05-01"), "2024-05-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "2024-04"), "2024-04-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "2024-05-01T14:00:00+02:00"), "2024-05-01T12:00:00Z");
}

TEST(Observation, OfAYearIsItsNewest) {
    EXPECT_EQ(shown(three_months(), "2024"), "2024-06-01T12:00:00Z");
}

TEST(Observation, OfAnIntervalIsTheNewestInIt) {
    const auto layer = three_months();

    EXPECT_EQ(shown(layer, "2024-03-01/2024-05-20"), "2024-05-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "../2024-04-30"), "2024-04-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "2024-05-02/.."), "2024-06-01T12:00:00Z");
    EXPECT_EQ(shown(layer, "/2024-05-01"), "2024-05-01T12:00:00Z") << "the whole day is inside";
}

TEST(Observation, IsNoneWhereNobodyLooked) {
    const auto layer = three_months();

    EXPECT_EQ(shown(layer, "2023"), "none");
    EXPECT_EQ(shown(layer, "2024-05-02/2024-05-30"), "none");
    EXPECT_EQ(shown(layer, "2024-05-01T12:00:01Z"), "none");
}

TEST(Observation, OfALayerWithoutTimesIsTheSameAtEveryTime) {
    const auto layer = *workspace::example_layer("dem", Sensitivity::low);

    EXPECT_EQ(shown(layer, "1999"), "v1");
    EXPECT_EQ(shown(layer, "../2030"), "v1");
}

TEST(Observation, OfATimeThatIsNoneIsRefused) {
    for (const char* time :
         {"yesterday", "2024-13", "../..", "/", "2024/2023", "2024-01-01/2024-02-01/2024-03-01"})
        EXPECT_EQ(shown(three_months(), time), "refused") << time;

    const auto refused = choose_view(three_months(), with_query({{"time", "2024/soon"}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::bad_request);
    EXPECT_THAT(refused.error().what, HasSubstr("soon"));
}

}  // namespace
}  // namespace relief::route
