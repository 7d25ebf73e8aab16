#include "server/service/catalogue_keeper.hpp"

#include "tests/service/kept_log.hpp"
#include "tests/support/program.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <string>

namespace relief::service {
namespace {

using testing::eventually;
using workspace::LayerStore;

class Keeper : public ::testing::Test {
protected:
    void add(const workspace::Example& example) {
        auto store = LayerStore::open(workspace_.path());
        const auto added =
            store->register_observation(workspace::entry_of(workspace_.path(), example));
        ASSERT_TRUE(added);
    }
    void remove(const std::string& layer) {
        auto store = LayerStore::open(workspace_.path());
        ASSERT_TRUE(store->remove(workspace::layer_name(layer)));
    }
    std::unique_ptr<CatalogueKeeper> start() {
        auto keeper =
            std::make_unique<CatalogueKeeper>(KeeperSettings{.workspace = workspace_.path(),
                                                             .served = {},
                                                             .program = "",
                                                             .look = std::chrono::milliseconds(10)},
                                              std::make_shared<const workspace::Configuration>(),
                                              log_);
        EXPECT_TRUE(eventually([&] { return keeper->looked(); }));
        return keeper;
    }
    static bool shows(const CatalogueKeeper& keeper, const std::string& layer) {
        return keeper.current()->find(layer, Audience::anonymous()) != nullptr;
    }

    testing::TemporaryFolder workspace_;
    KeptLog log_;
};

TEST_F(Keeper, OfAFolderThatIsNoWorkspaceYetHasNoLayersAndMakesNothing) {
    const auto keeper = start();

    EXPECT_TRUE(keeper->current()->layers(Audience::anonymous()).empty());
    EXPECT_TRUE(keeper->current()->problems().empty());
    EXPECT_TRUE(std::filesystem::is_empty(workspace_.path()));
}

TEST_F(Keeper, CountsTheStylesThatCannotBeServedAmongTheProblems) {
    const testing::TemporaryFolder styles;
    std::ofstream(styles.path() / "broken.json") << "{";
    StyleShelf shelf({styles.path()}, Sensitivity::low, log_);
    const CatalogueKeeper keeper(
        KeeperSettings{
            .workspace = workspace_.path(), .served = {}, .program = "", .styles = &shelf},
        std::make_shared<const workspace::Configuration>(),
        log_);

    ASSERT_TRUE(eventually([&] { return keeper.looked(); }));

    EXPECT_EQ(log_.count("style-problem"), 1U);
    EXPECT_EQ(log_.count("catalogue layers=0 problems=1"), 1U);
}

TEST_F(Keeper, SeesALayerThatIsAddedToAWorkspaceMadeMeanwhile) {
    const auto keeper = start();

    add({"flood", "one"});

    EXPECT_TRUE(eventually([&] { return shows(*keeper, "flood"); }));
}

TEST_F(Keeper, SeesALayerGo) {
    add({"flood", "one"});
    add({"dem", "two"});
    const auto keeper = start();
    ASSERT_TRUE(eventually([&] { return shows(*keeper, "flood"); }));

    remove("flood");

    EXPECT_TRUE(eventually([&] { return !shows(*keeper, "flood"); }));
    EXPECT_TRUE(shows(*keeper, "dem"));
}

TEST_F(Keeper, SeesNewContentUnderTheSameName) {
    add({"flood", "one"});
    const auto keeper = start();
    ASSERT_TRUE(eventually([&] { return shows(*keeper, "flood"); }));

    add({"flood", "two"});

    EXPECT_TRUE(eventually([&] {
        const auto layer = keeper->current()->find("flood", Audience::anonymous());
        return layer && layer->newest().version == Version{"two"};
    }));
}

TEST_F(Keeper, AReaderKeepsTheCatalogueItBeganWith) {
    add({"flood", "one"});
    const auto keeper = start();
    ASSERT_TRUE(eventually([&] { return shows(*keeper, "flood"); }));
    const auto before = keeper->current();

    remove("flood");
    ASSERT_TRUE(eventually([&] { return !shows(*keeper, "flood"); }));

    EXPECT_NE(before->find("flood", Audience::anonymous()), nullptr);
}

TEST_F(Keeper, ALayerWithoutItsFileIsAProblemAndTheOthersAreServed) {
    add({"flood", "one"});
    add({"dem", "two"});
    std::filesystem::remove(workspace_.path() / "layers" / "one.tif");

    const auto keeper = start();

    ASSERT_TRUE(eventually([&] { return shows(*keeper, "dem"); }));
    EXPECT_FALSE(shows(*keeper, "flood"));
    const auto problems = keeper->current()->problems(Audience::anonymous());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].subject, "flood");
    EXPECT_EQ(log_.count("layer-problem"), 1U);
}

TEST_F(Keeper, NewSettingsOfALayerApplyWithoutARestart) {
    add({"flood", "one"});
    const auto keeper = start();
    ASSERT_TRUE(eventually([&] { return shows(*keeper, "flood"); }));
    workspace::Configuration configuration;
    configuration.layers["flood"].sensitivity = Sensitivity::high;

    keeper->reload(std::make_shared<const workspace::Configuration>(configuration));

    EXPECT_TRUE(eventually([&] { return !shows(*keeper, "flood"); })) << "hidden at once";
}

TEST_F(Keeper, WhatTheConfigurationStatesWinsOverWhatTheLayerBrought) {
    add({"flood", "one"});
    workspace::Configuration configuration;
    configuration.layers["flood"].title = "Flood of May";
    configuration.layers["flood"].provenance.source = "Survey";
    const CatalogueKeeper keeper({.workspace = workspace_.path(), .served = {}, .program = ""},
                                 std::make_shared<const workspace::Configuration>(configuration),
                                 log_);
    ASSERT_TRUE(eventually([&] { return keeper.ready(); }));

    const auto layer = keeper.current()->find("flood", Audience::anonymous());

    ASSERT_NE(layer, nullptr);
    EXPECT_EQ(layer->title, "Flood of May");
    EXPECT_EQ(layer->provenance.source, "Survey");
}

TEST_F(Keeper, ADatabaseThatIsNoneIsAProblemAndNoEnd) {
    std::ofstream(workspace_.path() / "relief.db") << "this is no database, however long it may be";

    const auto keeper = start();

    EXPECT_TRUE(eventually([&] { return !keeper->current()->problems().empty(); }));
    EXPECT_FALSE(keeper->ready());
}

TEST_F(Keeper, ServesWhatItKnowsWhileTheDatabaseCannotBeRead) {
    add({"flood", "one"});
    const auto keeper = start();
    const auto database = workspace_.path() / "relief.db";
    const auto aside = workspace_.path() / "aside.db";
    std::filesystem::rename(database, aside);
    std::ofstream(database) << "this is no database, however long it may be";
    ASSERT_TRUE(eventually([&] { return !keeper->ready(); }));

    EXPECT_TRUE(shows(*keeper, "flood"));

    std::filesystem::rename(aside, database);
    EXPECT_TRUE(eventually([&] { return keeper->ready(); }));
    EXPECT_TRUE(shows(*keeper, "flood"));
}

TEST_F(Keeper, CallsThoseThatWaitForTheFirstLookAndNobodyLater) {
    testing::TemporaryFolder served;
    std::atomic<int> called = 0;
    CatalogueKeeper keeper(
        {.workspace = workspace_.path(), .served = {served.path()}, .program = ""},
        std::make_shared<const workspace::Configuration>(),
        log_);
    int taken = 0;
    while (!keeper.looked()) taken += keeper.when_looked([&] { ++called; }) ? 1 : 0;

    EXPECT_FALSE(keeper.when_looked([&] { ++called; }));
    EXPECT_TRUE(eventually([&] { return called == taken; }));
}

}  // namespace
}  // namespace relief::service
