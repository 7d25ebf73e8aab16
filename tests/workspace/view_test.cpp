#include "tiler/workspace/view.hpp"

#include "tests/workspace/example_scenes.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace relief::workspace {
namespace {

/// A mosaic of one scene for each time.
Layer mosaic_layer(const std::vector<std::string>& times) {
    auto layer = *example_layer("swath", Sensitivity::low);
    std::vector<Scene> scenes;
    for (const std::string& time : times) {
        scenes.push_back(example_scene(static_cast<int>(scenes.size())));
        if (!time.empty()) scenes.back().time = day(time);
    }
    layer.observations[0].mosaic = std::make_shared<const Mosaic>(
        MosaicParts{std::move(scenes), SceneOrder::newest, "/w/layers", {}, 1});
    return layer;
}

View view_at(const Layer& layer, const std::string& time, Pick pick = Pick::first) {
    return choose_view(layer, *parse_time_choice(time, ""), pick, day("2024-07-01"));
}

std::string moments_at(const Layer& layer, const std::string& time) {
    const auto moments = moments_of(view_at(layer, time));
    return moments ? to_text(*moments) : "none";
}

TEST(View, OfAMosaicShowsAllScenesWhenNoTimeIsAsked) {
    const auto layer = mosaic_layer({"2024-05-01", "2024-05-03", "2024-05-02"});

    const View view = view_at(layer, "", Pick::median);

    EXPECT_EQ(view.observation, &layer.newest());
    EXPECT_EQ(view.scenes.pick, Pick::median);
    EXPECT_FALSE(view.scenes.span);
    EXPECT_EQ(moments_at(layer, ""), "2024-05-01T00:00:00Z/2024-05-03T00:00:00Z");
}

TEST(View, OfAMosaicTellsTheMomentsOfTheScenesThatATimeMeans) {
    const auto layer = mosaic_layer({"2024-05-01", "2024-05-03", "2024-05-02"});

    EXPECT_EQ(moments_at(layer, "2024-05-02"), "2024-05-02T00:00:00Z");
    EXPECT_EQ(moments_at(layer, "2024-05-02/2024-12"), "2024-05-02T00:00:00Z/2024-05-03T00:00:00Z");
    EXPECT_EQ(moments_at(layer, "nearest:2024-06"), "2024-05-03T00:00:00Z");
}

TEST(View, OfAMosaicAtATimeOfNoSceneHasNoObservation) {
    const auto layer = mosaic_layer({"2024-05-01", "2024-05-03"});

    EXPECT_EQ(view_at(layer, "2023").observation, nullptr);
    EXPECT_EQ(moments_at(layer, "2023"), "none");
}

TEST(View, OfAMosaicWithoutTimesIsTheSameAtEachAndTellsNone) {
    const auto layer = mosaic_layer({"", ""});

    EXPECT_EQ(view_at(layer, "2023").observation, &layer.newest());
    EXPECT_EQ(moments_at(layer, "2023"), "none");
}

TEST(View, OfAPlainLayerIsItsObservationAndThatOnesMoment) {
    auto layer = *example_layer("dem", Sensitivity::low);
    EXPECT_EQ(moments_at(layer, "2023"), "none");

    layer.observations[0].time = day("2024-05-01");

    EXPECT_EQ(view_at(layer, "2024").observation, &layer.newest());
    EXPECT_EQ(moments_at(layer, "2024"), "2024-05-01T00:00:00Z");
    layer.observations[0].time = *parse_observed("2024-05");
    EXPECT_EQ(moments_at(layer, "2024-05-20"), "2024-05");
}

}  // namespace
}  // namespace relief::workspace
