// Layers that appear, change and go while the server runs.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>
#include <string>

namespace relief::journey {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// What interface.md and the issue promise is 5 s; a busy machine may need longer.
constexpr std::chrono::seconds promise{30};

class LayersComeAndGo : public Journey {
protected:
    fs::path served() const {
        fs::create_directories(folder().path() / "served");
        return folder().path() / "served";
    }
    /// Into the served folder at once, as a careful writer does.
    void put(const std::string& name, const testing::RasterRecipe& recipe) const {
        fs::rename(write("being-written", recipe), served() / name);
    }
};

TEST_F(LayersComeAndGo, AnAddedLayerAppearsAndARemovedOneGoes) {
    const auto& server = serve();
    EXPECT_THAT(server.layers(), IsEmpty());

    add({write("dem.tif", heights())});
    EXPECT_TRUE(eventually([&] { return server.shows("dem"); }, promise));
    EXPECT_EQ(server.get(tile).status, 200);

    remove("dem");
    EXPECT_TRUE(eventually([&] { return !server.shows("dem"); }, promise));
    EXPECT_EQ(server.get(tile).status, 404) << "though it was in the cache";
}

TEST_F(LayersComeAndGo, AFolderOfManyFilesIsServedWholeThoughSomeAreBroken) {
    testing::RasterRecipe recipe;
    const std::string one = write("one.tif", recipe);
    std::set<std::string> expected;
    for (int i = 0; i < 60; ++i) {
        const std::string name = "scene-" + std::to_string(i);
        fs::copy_file(one, served() / (name + ".tif"));
        expected.insert(name);
    }
    for (const char* name : {"cut.tif", "scene-x.tif", "zero.tif"})
        std::ofstream(served() / name) << "no raster";
    const auto& server = serve({served().string()});

    const auto layers = server.layers();

    EXPECT_EQ(std::set<std::string>(layers.begin(), layers.end()), expected);
    EXPECT_EQ(server.json("/layers")["problems"].size(), 3U);
}

TEST_F(LayersComeAndGo, NewContentOfALayerHasNewTilesAndANewVersion) {
    add({write("dem.tif", heights())});
    const auto& server = serve();
    const std::string version = server.json("/layers/dem")["version"];
    const auto before = server.get(tile + std::string("?rescale=0,1300"));

    auto recipe = heights();
    recipe.value = [](int, int, int row) { return row; };
    add({write("dem.tif", recipe)});
    ASSERT_TRUE(
        eventually([&] { return server.json("/layers/dem")["version"] != version; }, promise));
    const auto after = server.get(tile + std::string("?rescale=0,1300"));

    EXPECT_NE(after.header("etag"), before.header("etag"));
    EXPECT_NE(after.body, before.body);
}

TEST_F(LayersComeAndGo, AServedFolderIsFollowed) {
    put("dem.tif", heights());
    const auto& server = serve({served().string()});
    EXPECT_THAT(server.layers(), ElementsAre("dem"));
    const std::string version = server.json("/layers/dem")["version"];
    const auto before = server.get(tile + std::string("?rescale=0,1300"));
    EXPECT_EQ(before.status, 200);

    put("slope.tif", heights());
    EXPECT_TRUE(eventually([&] { return server.shows("slope"); }, promise)) << "added";

    auto recipe = heights();
    recipe.value = [](int, int, int row) { return row; };
    put("dem.tif", recipe);
    EXPECT_TRUE(
        eventually([&] { return server.json("/layers/dem")["version"] != version; }, promise))
        << "changed";
    EXPECT_NE(server.get(tile + std::string("?rescale=0,1300")).body, before.body);

    fs::remove(served() / "slope.tif");
    EXPECT_TRUE(eventually([&] { return !server.shows("slope"); }, promise)) << "removed";
    EXPECT_TRUE(server.shows("dem"));
}

TEST_F(LayersComeAndGo, ABrokenFileIsAProblemAndTheOthersAreServed) {
    put("dem.tif", heights());
    std::ofstream(served() / "broken.tif") << "no raster";
    const auto& server = serve({served().string()});

    EXPECT_THAT(server.layers(), ElementsAre("dem"));
    const auto problems = server.json("/layers")["problems"];
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0]["subject"], "broken.tif");
    EXPECT_THAT(problems[0]["reason"].get<std::string>(), Not(HasSubstr(served().string())));

    put("broken.tif", heights());
    EXPECT_TRUE(eventually([&] { return server.shows("broken"); }, promise)) << "mended";
}

TEST_F(LayersComeAndGo, ASingleFileIsServedAndNothingIsWrittenBesideIt) {
    put("dem.tif", heights());
    const auto& server = serve({(served() / "dem.tif").string()});

    EXPECT_EQ(server.get(tile).status, 200);
    EXPECT_EQ(std::distance(fs::directory_iterator(served()), {}), 1);
    EXPECT_FALSE(fs::exists(workspace())) << "serving makes no workspace";
}

TEST_F(LayersComeAndGo, AnAddedLayerWinsOverAServedFileOfItsName) {
    add({write("dem.tif", heights()), "--title", "Added"});
    put("dem.tif", heights());

    const auto& server = serve({served().string()});

    EXPECT_EQ(server.json("/layers/dem")["title"], "Added");
    EXPECT_EQ(server.json("/layers")["problems"].size(), 1U);
}

}  // namespace
}  // namespace relief::journey
