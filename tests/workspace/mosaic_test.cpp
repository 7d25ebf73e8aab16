#include "tiler/workspace/mosaic.hpp"

#include "tests/workspace/example_scenes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// All over the same place, 0 to 1 E.
Scene scene_over(int number, const char* time, std::optional<int> cloud, int priority = 0) {
    Scene scene = example_scene(number);
    scene.footprint = geo::footprint_of(LonLatBox{0, 0, 1, 1});
    if (*time != 0) scene.time = day(time);
    if (cloud) scene.cloud = *cloud;
    scene.priority = priority;
    return scene;
}

Mosaic mosaic_of(std::vector<Scene> scenes, SceneOrder order = SceneOrder::newest) {
    return Mosaic({std::move(scenes), order, "/w/layers", {}, 1});
}

std::vector<std::string> names(const Mosaic& mosaic, const std::vector<std::uint32_t>& indices) {
    std::vector<std::string> found(indices.size());
    std::transform(indices.begin(), indices.end(), found.begin(), [&](std::uint32_t index) {
        return mosaic.scenes()[index].name;
    });
    return found;
}

std::vector<std::string> shown(const Mosaic& mosaic, const MosaicChoice& choice = {}) {
    return names(mosaic, mosaic.touching({0.4, 0.4, 0.6, 0.6}, choice));
}

std::vector<Scene> four() {
    return {scene_over(1, "2024-05-01", 500),
            scene_over(2, "2024-05-03", 9000, 5),
            scene_over(3, "2024-05-02", {}),
            scene_over(4, "", 100)};
}

TEST(Mosaic, ShowsTheNewestFirstAndThoseWithoutATimeLast) {
    EXPECT_THAT(shown(mosaic_of(four())), ElementsAre("scene-2", "scene-3", "scene-1", "scene-4"));
}

TEST(Mosaic, ShowsTheClearestFirstAndThoseOfUnknownCloudLast) {
    EXPECT_THAT(shown(mosaic_of(four(), SceneOrder::clearest)),
                ElementsAre("scene-4", "scene-1", "scene-2", "scene-3"));
}

TEST(Mosaic, ShowsThePriorFirstThenTheNewest) {
    EXPECT_THAT(shown(mosaic_of(four(), SceneOrder::priority)),
                ElementsAre("scene-2", "scene-3", "scene-1", "scene-4"));
}

TEST(Mosaic, PicksTheNewestInWhateverOrder) {
    EXPECT_THAT(shown(mosaic_of(four(), SceneOrder::clearest), {Pick::newest, {}}),
                ElementsAre("scene-2", "scene-3", "scene-1", "scene-4"));
}

TEST(Mosaic, AtATimeShowsThoseOfThatTimeOnly) {
    const auto mosaic = mosaic_of(four());
    const MosaicChoice choice{Pick::first, InstantRange{day("2024-05-01"), day("2024-05-02")}};

    EXPECT_THAT(shown(mosaic, choice), ElementsAre("scene-3", "scene-1"));
    EXPECT_TRUE(mosaic.any_in(choice));
    EXPECT_FALSE(mosaic.any_in({Pick::first, InstantRange{day("2023-05-01"), day("2023-05-02")}}));
}

TEST(Mosaic, FindsTheSpanThatATextMeans) {
    const auto mosaic = mosaic_of(four());
    const auto at = [&](const char* time, const char* age = "") {
        return shown(
            mosaic,
            {Pick::first, span_of(mosaic, *parse_time_choice(time, age), day("2024-05-04"))});
    };

    EXPECT_EQ(at("").size(), 4U);
    EXPECT_THAT(at("2024-05-02"), ElementsAre("scene-3"));
    EXPECT_THAT(at("../2024-05-02"), ElementsAre("scene-3", "scene-1"));
    EXPECT_THAT(at("nearest:2024-04-01"), ElementsAre("scene-1"));
    EXPECT_THAT(at("nearest:2024-04-01", "2d"), IsEmpty());
    EXPECT_THAT(at("", "30h"), ElementsAre("scene-2")) << "no older than that";
    EXPECT_THAT(at("../2024-05-02", "30h"), ElementsAre("scene-3"));
}

TEST(Mosaic, ASceneOfAYearIsShownAtEachTimeInIt) {
    std::vector<Scene> scenes;
    for (const char* said : {"1985", "1985-03", "1985-03-02T10:00:00Z", "1985-09"}) {
        scenes.push_back(example_scene(static_cast<int>(scenes.size()) + 1));
        scenes.back().time = *parse_observed(said);
    }
    const auto mosaic = mosaic_of(scenes);
    const auto chosen = [&](const char* time) {
        return MosaicChoice{Pick::first,
                            span_of(mosaic, *parse_time_choice(time, ""), day("1990"))};
    };
    const auto at = [&](const char* time) {
        std::vector<std::string> found;
        for (const Scene& scene : mosaic.scenes()) {
            MosaicChoice choice = chosen(time);
            const auto touching = mosaic.touching(geo::plane_box_of(scene.footprint), choice);
            for (const auto index : touching)
                if (&mosaic.scenes()[index] == &scene) found.push_back(scene.name);
        }
        return found;
    };

    EXPECT_THAT(at("1985-03-02"), UnorderedElementsAre("scene-1", "scene-2", "scene-3"));
    EXPECT_THAT(at("1985-03-10"), UnorderedElementsAre("scene-1", "scene-2"));
    EXPECT_THAT(at("1985-06"), UnorderedElementsAre("scene-1"));
    EXPECT_THAT(at("1985-09-30"), UnorderedElementsAre("scene-1", "scene-4"));
    EXPECT_THAT(at("nearest:1985-02"), UnorderedElementsAre("scene-1"));
    EXPECT_THAT(at("nearest:1990"), UnorderedElementsAre("scene-1")) << "it ends last";
    EXPECT_FALSE(mosaic.any_in(chosen("1984")));
    EXPECT_EQ(chosen("1985-06"), chosen("1985-07-01")) << "the same scenes are one tile";
    EXPECT_FALSE(chosen("1985").span) << "all";
    EXPECT_EQ(to_text(*mosaic.extent_in(chosen("1985-06"))), "1985");
    EXPECT_EQ(to_text(*mosaic.extent()), "1985");
}

TEST(Mosaic, WithoutAnyTimeShowsTheSameAtEveryTime) {
    const auto mosaic = mosaic_of({scene_over(1, "", {})});

    EXPECT_THAT(shown(mosaic, {Pick::first, InstantRange{day("1999"), day("1999")}}),
                ElementsAre("scene-1"));
}

TEST(Mosaic, FindsScenesByTheirPlaceOverTheAntimeridianToo) {
    Scene fiji = example_scene(1);
    fiji.footprint = geo::footprint_of(LonLatBox{179, 0, -179, 1});
    const auto mosaic = mosaic_of({fiji, example_scene(2)});

    EXPECT_THAT(names(mosaic, mosaic.touching({-179.9, 0, -179.5, 1}, {})), ElementsAre("scene-1"));
    EXPECT_THAT(names(mosaic, mosaic.touching({180.2, 0, 180.5, 1}, {})), ElementsAre("scene-1"));
    EXPECT_THAT(names(mosaic, mosaic.touching({2.5, 0, 2.6, 1}, {})), ElementsAre("scene-2"));
    EXPECT_THAT(mosaic.touching({50, 0, 51, 1}, {}), IsEmpty());
}

TEST(Mosaic, HasAnotherVersionWithOtherScenesTimesOrOrder) {
    const auto whole = mosaic_of(four()).version();
    auto fewer = four();
    fewer.pop_back();
    auto later = four();
    later[0].time = day("2024-06-01");

    EXPECT_NE(mosaic_of(fewer).version(), whole);
    EXPECT_NE(mosaic_of(later).version(), whole);
    EXPECT_NE(mosaic_of(four(), SceneOrder::clearest).version(), whole);
    auto shuffled = four();
    std::reverse(shuffled.begin(), shuffled.end());
    EXPECT_EQ(mosaic_of(shuffled).version(), whole) << "what comes first in the list is no matter";
}

TEST(Mosaic, KnowsItsTimesAndItsDepth) {
    const auto mosaic = mosaic_of(four());

    ASSERT_TRUE(mosaic.extent());
    EXPECT_EQ(mosaic.extent()->first, day("2024-05-01"));
    EXPECT_EQ(mosaic.extent()->last, day("2024-05-03"));
    EXPECT_EQ(depth_of(mosaic), 4U);
    EXPECT_EQ(depth_of(mosaic_of({example_scene(1), example_scene(5)})), 1U);
}

TEST(SceneName, CarriesNothingThatAHeaderCouldNot) {
    EXPECT_EQ(scene_name_of("S2A_MSIL2A.20240501-T31"), "S2A_MSIL2A.20240501-T31");
    EXPECT_EQ(scene_name_of("a b\r\nX: y/ü"), "a-b--X--y---");
    EXPECT_EQ(scene_name_of(""), "scene");
    EXPECT_EQ(scene_name_of(std::string(1000, 'a')).size(), 100U);
}

}  // namespace
}  // namespace relief::workspace
