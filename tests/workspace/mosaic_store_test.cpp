#include "tiler/workspace/mosaic_store.hpp"

#include "tests/workspace/example_scenes.hpp"
#include "tests/workspace/layer_store_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class MosaicStoreTest : public LayerStoreTest {
protected:
    MosaicStore scenes() const { return *MosaicStore::open(workspace()); }

    /// What `add` finishes with: all kept scenes shown, with an overview called `content`.
    NewMosaic finished(const std::string& content, const std::vector<ShownScene>& shown) const {
        NewObservation overview = entry({"swath", content});
        overview.of_mosaic = true;
        return {overview, SceneOrder::newest, 2, 3, shown, {}, {}};
    }
    static ShownScene as_it_is(std::int64_t row, int number) {
        return {row, "scene-" + std::to_string(number), {}, {}, 0};
    }
    /// Two scenes, shown.
    std::vector<std::int64_t> two_shown() const {
        auto store = scenes();
        const auto first = *store.keep(name_, new_scene(workspace(), 1));
        const auto second = *store.keep(name_, new_scene(workspace(), 2));
        EXPECT_TRUE(store.show(finished("aa", {as_it_is(first, 1), as_it_is(second, 2)})));
        return {first, second};
    }
    const LayerName& name() const noexcept { return name_; }
    bool scene_file_exists(int number) const { return fs::exists(file(sha_of(number))); }

private:
    LayerName name_ = layer_name("swath");
};

TEST_F(MosaicStoreTest, KeepsScenesOutOfSightUntilTheyAreShown) {
    auto store = scenes();
    ASSERT_TRUE(store.keep(name(), new_scene(workspace(), 1)));

    EXPECT_THAT(*open().layers(), IsEmpty());
    ASSERT_THAT(store.scenes(name())->rows, SizeIs(1));
    EXPECT_FALSE(store.scenes(name())->rows[0].shown);
}

TEST_F(MosaicStoreTest, ShowsALayerWithItsScenes) {
    two_shown();

    const auto layers = *open().layers();

    ASSERT_THAT(layers, SizeIs(1));
    const Observation& observation = layers[0].newest();
    ASSERT_TRUE(observation.mosaic);
    ASSERT_THAT(observation.mosaic->scenes(), SizeIs(2));
    EXPECT_EQ(observation.version, observation.mosaic->version());
    EXPECT_EQ(observation.mosaic->pyramid().file, file("aa"));
    EXPECT_EQ(observation.mosaic->pyramid().bands, 2);
    EXPECT_EQ(observation.mosaic->depth(), 3U);
    const Scene& scene = observation.mosaic->scenes()[0];
    EXPECT_EQ(scene.footprint, example_scene(1).footprint);
    EXPECT_EQ(observation.mosaic->file_of(scene), file(scene.version.text));
    EXPECT_EQ(scene.form->bands.size(), 2U);
    EXPECT_FALSE(scene.form->bands[0].statistics);
    EXPECT_EQ(scene.form, observation.mosaic->scenes()[1].form) << "one form for both";
}

TEST_F(MosaicStoreTest, TakesTheSameContentForTheSameScene) {
    auto store = scenes();

    const auto once = store.keep(name(), new_scene(workspace(), 1));
    const auto again = store.keep(name(), new_scene(workspace(), 1));

    ASSERT_TRUE(once && again);
    EXPECT_EQ(*once, *again);
}

TEST_F(MosaicStoreTest, RefusesToShowWhenAnotherHasShownMeanwhile) {
    two_shown();
    auto store = scenes();
    const auto third = *store.keep(name(), new_scene(workspace(), 3));
    NewMosaic late = finished("bb", {as_it_is(third, 3)});
    late.shown_before = {};

    const auto shown = store.show(late);

    ASSERT_FALSE(shown);
    EXPECT_EQ(shown.error().fault, Fault::conflict);
    EXPECT_THAT(open().layers()->at(0).newest().mosaic->scenes(), SizeIs(2));
}

TEST_F(MosaicStoreTest, GivesBackTheFilesOfWhatIsReplaced) {
    const auto rows = two_shown();
    auto store = scenes();
    const auto third = *store.keep(name(), new_scene(workspace(), 3));
    NewMosaic mosaic = finished("bb", {as_it_is(third, 3)});
    mosaic.shown_before = rows;
    mosaic.replaced = {rows[0]};

    const auto freed = store.show(mosaic);

    ASSERT_TRUE(freed);
    EXPECT_THAT(*freed, UnorderedElementsAre(file(sha_of(1)), file("aa")));
    EXPECT_THAT(open().layers()->at(0).newest().mosaic->scenes(), SizeIs(2));
}

TEST_F(MosaicStoreTest, KeepsATimeThatIsNotSaidAgain) {
    auto store = scenes();
    NewScene timed = new_scene(workspace(), 1);
    timed.scene.time = day("2024-05-01");
    const auto row = *store.keep(name(), timed);
    ASSERT_TRUE(store.show(finished("aa", {as_it_is(row, 1)})));

    NewMosaic again = finished("bb", {as_it_is(row, 1)});
    again.shown_before = {row};
    ASSERT_TRUE(store.show(again));

    EXPECT_EQ(open().layers()->at(0).newest().mosaic->extent()->first, day("2024-05-01"));
}

TEST_F(MosaicStoreTest, RemovesAMosaicWithAllItsScenes) {
    two_shown();
    auto layers = open();

    const auto freed = layers.remove(name());

    ASSERT_TRUE(freed);
    EXPECT_THAT(*freed, UnorderedElementsAre(file("aa"), file(sha_of(1)), file(sha_of(2))));
    EXPECT_THAT(scenes().scenes(name())->rows, IsEmpty());
    EXPECT_THAT(*layers.layers(), IsEmpty());
}

TEST_F(MosaicStoreTest, RemovesWhatAnUnfinishedMosaicHasKept) {
    auto store = scenes();
    ASSERT_TRUE(store.keep(name(), new_scene(workspace(), 1)));

    auto layers = open();
    const auto freed = layers.remove(name());

    ASSERT_TRUE(freed);
    EXPECT_THAT(*freed, ElementsAre(file(sha_of(1))));
    EXPECT_EQ(layers.remove(name()).error().fault, Fault::not_found);
}

TEST_F(MosaicStoreTest, DropsWhatWasKeptForMoreThanADay) {
    auto store = scenes();
    NewScene old = new_scene(workspace(), 1);
    old.kept = {1};
    ASSERT_TRUE(store.keep(name(), old));
    const auto row = *store.keep(name(), new_scene(workspace(), 2));

    const auto freed = store.show(finished("aa", {as_it_is(row, 2)}));

    ASSERT_TRUE(freed);
    EXPECT_THAT(*freed, ElementsAre(file(sha_of(1))));
}

TEST_F(MosaicStoreTest, KeepsAFileThatAnotherLayerHas) {
    two_shown();
    auto layers = open();
    ASSERT_TRUE(layers.register_observation(entry({"other", sha_of(1)})));

    const auto freed = layers.remove(name());

    ASSERT_TRUE(freed);
    EXPECT_THAT(*freed, UnorderedElementsAre(file("aa"), file(sha_of(2))));
}

TEST_F(MosaicStoreTest, AMosaicAndAnOrdinaryLayerDoNotTakeEachOthersName) {
    two_shown();
    auto layers = open();
    const auto plain = layers.register_observation(entry({"swath", "cc"}));
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().fault, Fault::conflict);
    EXPECT_THAT(plain.error().what, HasSubstr("--mosaic swath"));

    ASSERT_TRUE(layers.register_observation(entry({"dem", "dd"})));
    EXPECT_EQ(scenes().order_of(layer_name("dem")).error().fault, Fault::conflict);
    EXPECT_EQ(*scenes().order_of(layer_name("new")), std::nullopt);
    EXPECT_EQ(*scenes().order_of(name()), SceneOrder::newest);
}

TEST_F(MosaicStoreTest, LosesOneSceneToABrokenRow) {
    two_shown();
    run("UPDATE scenes SET file = '../../etc/passwd' WHERE name = 'scene-1'");

    const auto stored = *open().readable_layers();

    ASSERT_THAT(stored.layers, SizeIs(1));
    EXPECT_THAT(stored.layers[0].newest().mosaic->scenes(), SizeIs(1));
    ASSERT_THAT(stored.problems, SizeIs(1));
    EXPECT_THAT(stored.problems[0].reason, HasSubstr("scene-1"));
}

}  // namespace
}  // namespace relief::workspace
