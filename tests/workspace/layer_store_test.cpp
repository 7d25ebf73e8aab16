#include "tests/workspace/layer_store_fixture.hpp"
#include "tiler/workspace/description_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(LayerStoreTest, MakesAWorkspaceThatIsMissing) {
    const fs::path inner = workspace() / "new" / "place";

    const auto store = LayerStore::open(inner);

    ASSERT_TRUE(store);
    EXPECT_TRUE(fs::is_directory(inner / "layers"));
    EXPECT_THAT(*store->layers(), IsEmpty());
    EXPECT_TRUE(LayerStore::is_workspace(inner));
    EXPECT_FALSE(LayerStore::is_workspace(workspace()));
}

TEST_F(LayerStoreTest, MakesADatabaseThatOnlyItsOwnerReads) {
    const auto store = LayerStore::open(workspace());

    ASSERT_TRUE(store);
    constexpr auto owner_only = fs::perms::owner_read | fs::perms::owner_write;
    for (const char* const name : {"relief.db", "relief.db-wal", "relief.db-shm"})
        EXPECT_EQ(fs::status(workspace() / name).permissions(), owner_only) << name;
}

TEST_F(LayerStoreTest, MakesNothingWhenItOnlyReads) {
    const auto store = LayerStore::open_existing(workspace());

    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().fault, Fault::not_found);
    EXPECT_TRUE(fs::is_empty(workspace()));
    EXPECT_EQ(LayerStore::open_existing(workspace() / "none").error().fault, Fault::not_found);
}

TEST_F(LayerStoreTest, GivesBackWhatWasRegistered) {
    NewObservation flood = entry({"flood", "aa"});
    flood.title = "Flood";
    flood.sensitivity = Sensitivity::moderate;
    flood.provenance = {"S1", "CC0", "2024", "2025", "otsu", "good", "old", true};
    flood.style_words = {{"colormap", "blues"}, {"rescale", "0,1"}};
    flood.observation.time = Instant{1'000};

    EXPECT_THAT(*open().register_observation(flood), IsEmpty());
    const auto layers = *LayerStore::open_existing(workspace())->layers();

    ASSERT_THAT(layers, SizeIs(1));
    const Layer& layer = layers[0];
    EXPECT_EQ(layer.name.text(), "flood");
    EXPECT_EQ(layer.title, "Flood");
    EXPECT_EQ(layer.sensitivity, Sensitivity::moderate);
    EXPECT_EQ(layer.provenance.supersedes, "old");
    EXPECT_EQ(layer.provenance.confidence, "good");
    EXPECT_TRUE(layer.provenance.preliminary);
    EXPECT_EQ(layer.style_words, flood.style_words);
    ASSERT_THAT(layer.observations, SizeIs(1));
    EXPECT_EQ(layer.newest().time, Instant{1'000});
    EXPECT_EQ(layer.newest().version.text, "aa");
    EXPECT_EQ(layer.newest().file, file("aa"));
    EXPECT_EQ(layer.newest().modified, Instant{1'700'000'000'123});
    EXPECT_EQ(to_json(layer.newest().raster()), to_json(example_raster()));
}

TEST_F(LayerStoreTest, FindsItsFilesAfterTheWorkspaceWasMoved) {
    const fs::path before = workspace() / "before";
    const fs::path after = workspace() / "after";
    {
        auto store = *LayerStore::open(before);
        ASSERT_TRUE(store.register_observation(entry_of(before, {"dem", "aa"})));
    }
    fs::rename(before, after);

    EXPECT_EQ(LayerStore::open(after)->layers()->front().newest().file,
              (after / "layers/aa.tif").string());
}

TEST_F(LayerStoreTest, ReplacesTheVersionOfALayerWithoutTimes) {
    auto store = open();
    ASSERT_TRUE(store.register_observation(entry({"dem", "aa"})));

    EXPECT_THAT(*store.register_observation(entry({"dem", "bb"})), ElementsAre(file("aa")));
    EXPECT_THAT(*store.register_observation(entry({"dem", "bb"})), IsEmpty());

    const auto layers = *store.layers();
    ASSERT_THAT(layers, SizeIs(1));
    ASSERT_THAT(layers[0].observations, SizeIs(1));
    EXPECT_EQ(layers[0].newest().version.text, "bb");
}

TEST_F(LayerStoreTest, JoinsObservationsOfOtherTimesInTheirOrder) {
    auto store = open();
    for (const std::int64_t time : {3, 1, 2, 1}) {
        NewObservation next = entry({"flood", "t" + std::to_string(time)});
        next.observation.time = Instant{time};
        ASSERT_TRUE(store.register_observation(next));
    }

    const auto layers = *store.layers();

    ASSERT_THAT(layers, SizeIs(1));
    ASSERT_THAT(layers[0].observations, SizeIs(3));
    EXPECT_EQ(layers[0].observations[0].version.text, "t1");
    EXPECT_EQ(layers[0].newest().version.text, "t3");
}

TEST_F(LayerStoreTest, KeepsAYearBesideItsFirstDayAndReplacesEachByItself) {
    auto store = open();
    const auto add = [&](const char* time, const char* version) {
        NewObservation next = entry({"burn", version});
        next.observation.time = *parse_observed(time);
        return store.register_observation(next).has_value();
    };
    ASSERT_TRUE(add("1985", "aa"));
    ASSERT_TRUE(add("1985-01-01", "bb"));
    ASSERT_TRUE(add("1985-01-01T00:00:00Z", "cc"));
    ASSERT_TRUE(add("1985", "dd"));

    const auto layers = *store.layers();

    std::vector<std::string> shown;
    for (const auto& one : layers[0].observations)
        shown.push_back(to_text(*one.time) + " " + one.version.text);
    EXPECT_THAT(shown, ElementsAre("1985-01-01T00:00:00Z cc", "1985-01-01 bb", "1985 dd"));
}

TEST_F(LayerStoreTest, RefusesToMixObservationsWithAndWithoutTimes) {
    auto store = open();
    NewObservation timed = entry({"flood", "bb"});
    timed.observation.time = Instant{5};
    ASSERT_TRUE(store.register_observation(entry({"dem", "aa"})));
    ASSERT_TRUE(store.register_observation(timed));

    timed.layer = layer_name("dem");
    EXPECT_EQ(store.register_observation(timed).error().fault, Fault::conflict);
    EXPECT_EQ(store.register_observation(entry({"flood", "cc"})).error().fault, Fault::conflict);

    EXPECT_THAT(*store.layers(), SizeIs(2));
}

TEST_F(LayerStoreTest, KeepsWhatALaterCallDoesNotState) {
    auto store = open();
    NewObservation first = entry({"camps", "aa"});
    first.title = "Camps";
    first.sensitivity = Sensitivity::severe;
    first.provenance.source = "Survey";
    first.style_words = {{"colormap", "reds"}};
    ASSERT_TRUE(store.register_observation(first));

    NewObservation second = entry({"camps", "bb"});
    second.provenance.licence = "CC0";
    ASSERT_TRUE(store.register_observation(second));

    const Layer layer = store.layers()->front();
    EXPECT_EQ(layer.title, "Camps");
    EXPECT_EQ(layer.sensitivity, Sensitivity::severe);  // not stating a level must not lower it
    EXPECT_EQ(layer.provenance.source, "Survey");
    EXPECT_EQ(layer.provenance.licence, "CC0");
    EXPECT_EQ(layer.style_words, first.style_words);
}

TEST_F(LayerStoreTest, GivesANewLayerItsIdAsTitleAndLeavesItsLevelToTheConfiguration) {
    auto store = open();
    NewObservation plain = entry({"dem", "aa"});
    plain.sensitivity.reset();

    ASSERT_TRUE(store.register_observation(plain));

    const Layer layer = store.layers()->front();
    EXPECT_EQ(layer.title, "dem");
    EXPECT_FALSE(layer.sensitivity_given);
    EXPECT_EQ(layer.sensitivity, Sensitivity::severe) << "until the configuration is asked";
}

TEST_F(LayerStoreTest, KeepsAFileThatAnotherLayerRefersTo) {
    auto store = open();
    ASSERT_TRUE(store.register_observation(entry({"one", "aa"})));
    ASSERT_TRUE(store.register_observation(entry({"two", "aa"})));

    EXPECT_THAT(*store.remove(layer_name("one")), IsEmpty());
    EXPECT_THAT(*store.remove(layer_name("two")), ElementsAre(file("aa")));
    EXPECT_EQ(store.remove(layer_name("two")).error().fault, Fault::not_found);
    EXPECT_THAT(*store.layers(), IsEmpty());
}

TEST_F(LayerStoreTest, RemovesAllObservationsOfALayer) {
    auto store = open();
    for (const std::int64_t time : {1, 2}) {
        NewObservation next = entry({"flood", "t" + std::to_string(time)});
        next.observation.time = Instant{time};
        ASSERT_TRUE(store.register_observation(next));
    }

    EXPECT_THAT(*store.remove(layer_name("flood")), ElementsAre(file("t1"), file("t2")));

    ASSERT_TRUE(store.register_observation(entry({"flood", "cc"})));  // no time is left behind
}

TEST_F(LayerStoreTest, DeletesOnlyWhatNothingRefersTo) {
    auto store = open();
    ASSERT_TRUE(store.register_observation(entry({"one", "aa"})));
    ASSERT_TRUE(store.register_observation(entry({"two", "bb"})));
    const auto left = *store.remove(layer_name("one"));
    const fs::path foreign = workspace() / "foreign.tif";
    std::ofstream(foreign.string()) << "x";

    const auto gone = store.delete_unreferenced(
        {left[0], file("bb"), file("none"), (workspace() / "layers/../../escape").string()});

    EXPECT_THAT(*gone, ElementsAre(file("aa")));
    EXPECT_FALSE(fs::exists(file("aa")));
    EXPECT_TRUE(fs::exists(file("bb")));
}

TEST_F(LayerStoreTest, RefusesAFileThatIsMissingOrLiesElsewhere) {
    auto store = open();
    NewObservation outside = entry({"dem", "aa"});
    outside.observation.file = "/etc/passwd";
    NewObservation missing = entry({"dem", "bb"});
    fs::remove(missing.observation.file);

    const auto refused = store.register_observation(outside);

    EXPECT_EQ(refused.error().fault, Fault::bad_request);
    EXPECT_THAT(refused.error().what, Not(HasSubstr("/etc")));
    EXPECT_EQ(store.register_observation(missing).error().fault, Fault::bad_request);
    EXPECT_THAT(*store.layers(), IsEmpty());
}

TEST_F(LayerStoreTest, KeepsTextsThatLookLikeStatements) {
    auto store = open();
    NewObservation odd = entry({"dem", "aa"});
    odd.title = "x'); DROP TABLE layers; --";

    ASSERT_TRUE(store.register_observation(odd));

    EXPECT_EQ(store.layers()->front().title, odd.title);
}

TEST_F(LayerStoreTest, ChangesItsDataVersionWhenAnotherConnectionWrites) {
    auto writer = open();
    const auto reader = *LayerStore::open_existing(workspace());
    const auto before = *reader.data_version();
    EXPECT_EQ(*reader.data_version(), before);

    ASSERT_TRUE(writer.register_observation(entry({"dem", "aa"})));

    EXPECT_NE(*reader.data_version(), before);
}

}  // namespace
}  // namespace relief::workspace
