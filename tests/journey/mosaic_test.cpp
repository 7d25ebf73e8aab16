// A mosaic from the command line to the tile.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Mosaics : public Journey {
protected:
    Mosaics() {
        std::filesystem::create_directories(folder().path() / "scenes");
        // The west of the heights on 1 May, their east on 2 May, a wide strip of overlap between.
        write("scenes/west_20240501.tif", strip(0, 400));
        write("scenes/east_20240502.tif", strip(300, 400));
    }
    static testing::RasterRecipe strip(int first, int columns) {
        auto recipe = heights();
        recipe.width = columns;
        recipe.transform[0] += first * 0.0001;
        recipe.value = [first](int, int column, int row) { return first + column + row; };
        return recipe;
    }
    void add_both(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{
            (folder().path() / "scenes").string(), "--mosaic", "dem", "--time-from-name"};
        words.insert(words.end(), more.begin(), more.end());
        add(words);
    }
};

TEST_F(Mosaics, AreOneLayerWithTheSceneThatEachPlaceShows) {
    add_both();
    const auto& server = serve();

    const auto layer = server.json("/layers/dem");
    EXPECT_EQ(layer["kind"], "mosaic");
    EXPECT_EQ(layer["scenes"], 2);
    EXPECT_EQ(layer["time_extent"], (Json{"2024-05-01", "2024-05-02"}));
    const auto middle = server.json("/layers/dem/point?lon=35.03505&lat=33.77005");
    EXPECT_EQ(middle["scene"], "east_20240502") << "the newest of both";
    EXPECT_EQ(middle["values"][0]["value"], 350 + 299) << "column 350, row 299";
    EXPECT_EQ(server.json("/layers/dem/point?lon=35.01005&lat=33.77005")["scene"], "west_20240501");
    const auto early = server.json("/layers/dem/point?lon=35.03505&lat=33.77005&time=2024-05-01");
    EXPECT_EQ(early["scene"], "west_20240501");
    EXPECT_EQ(early["time"], "2024-05-01");
    EXPECT_EQ(server.json("/layers/dem/point?lon=35.03505&lat=33.77005&pick=count")["scenes"], 2);
    EXPECT_EQ(server.get(tile).status, 200);
    EXPECT_EQ(server.get(tile).header("x-relief-empty"), "");
    for (const char* address : {"/layers/dem/legend.json",
                                "/layers/dem/statistics",
                                "/layers/dem/preview.png",
                                "/tiles/dem/tilejson.json"})
        EXPECT_EQ(server.get(address).status, 200) << address;
    EXPECT_GT(server.json("/layers/dem/statistics")["bands"][0]["max"], 1000);
    const auto scenes = server.json("/layers/dem/statistics?pick=count&expression=b1");
    EXPECT_EQ(scenes["bands"][0]["max"], 2) << "how many scenes lie over one place";
    EXPECT_EQ(server.json("/layers/dem/statistics?pick=count")["bands"][0]["max"], 2);
    const auto most = [&](const std::string& query) {
        return server.json("/layers/dem/statistics" + query)["bands"][0]["max"].get<double>();
    };
    EXPECT_LT(most("?time=2024-05-01"), most("?time=2024-05-02"))
        << "of the scenes of that time only: heights rise to the east";
}

TEST_F(Mosaics, KnowPickAndOtherLayersDoNot) {
    add_both();
    add({write("plain.tif", heights())});
    const auto& server = serve();

    for (const char* pick : {"first", "newest", "mean", "median", "max", "count"})
        EXPECT_EQ(server.get(tile + std::string("?pick=") + pick).status, 200) << pick;
    const auto wrong = server.get(tile + std::string("?pick=best"));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, AllOf(HasSubstr("best"), HasSubstr("median")));
    const auto unknown = server.get("/tiles/plain/14/9786/6557.png?pick=first");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_THAT(unknown.body, AllOf(HasSubstr("pick"), HasSubstr("rescale")));
}

TEST_F(Mosaics, AtATimeOfNoSceneAreNotObserved) {
    add_both();
    const auto& server = serve();

    const auto none = server.get(tile + std::string("?time=2023"));
    EXPECT_EQ(none.status, 200);
    EXPECT_EQ(none.header("x-relief-observed"), "none");
    const auto one = server.get(tile + std::string("?time=2024-05-01/2024-05-01"));
    EXPECT_EQ(one.header("x-relief-observed"), "2024-05-01");
    EXPECT_EQ(server.get(tile).header("x-relief-observed"), "2024-05-01/2024-05-02");
    EXPECT_NE(one.body, server.get(tile).body);
    EXPECT_EQ(server.get(tile + std::string("?time=soon")).status, 400);
}

TEST_F(Mosaics, AreDrawnByAlgorithmsOfOneDateAndOfTwo) {
    add_both({"--kind", "elevation"});
    const auto& server = serve();

    const auto shaded = server.get(tile + std::string("?algorithm=hillshade"));
    EXPECT_EQ(shaded.status, 200);
    EXPECT_NE(shaded.body, server.get(tile).body);
    const std::string difference = tile + std::string("?algorithm=difference&rescale=-9,9");
    const auto change = server.get(difference + "&time=2024-05-02&against=2024-05-01");
    EXPECT_EQ(change.status, 200) << change.body;
    EXPECT_EQ(change.header("x-relief-observed"), "2024-05-02");
    EXPECT_EQ(change.header("x-relief-against"), "2024-05-01");
    EXPECT_EQ(server.get(difference + "&time=2024-05-02").body, change.body) << "the one before";
    const auto vague = server.get(difference);
    EXPECT_EQ(vague.status, 400);
    EXPECT_THAT(vague.body, HasSubstr("against="));
    const auto document = server.json("/layers/dem")["algorithms"].dump();
    EXPECT_THAT(document, AllOf(HasSubstr("hillshade"), HasSubstr("difference")));
}

TEST_F(Mosaics, GoOnWithoutScenesThatAreBrokenAndNameThem) {
    add_both();
    const auto& server = serve();
    const auto whole = server.get(tile);
    for (const auto& entry : std::filesystem::directory_iterator(workspace() / "layers"))
        std::ofstream(entry.path(), std::ios::trunc) << "broken";
    TearDown();
    std::filesystem::remove_all(workspace() / "cache");
    const auto& again = serve();

    const auto answer = again.get(tile);

    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.header("x-relief-skipped"),
                AllOf(HasSubstr("east_20240502"), HasSubstr("west_20240501")));
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_NE(answer.header("etag"), whole.header("etag"));
    EXPECT_EQ(again.get(tile).header("x-cache"), "MISS") << "it was not kept";
    EXPECT_THAT(
        again.get("/layers/dem/statistics?expression=b1*2&pick=max").header("x-relief-skipped"),
        HasSubstr("east_20240502"));
    const auto problems = again.json("/layers")["problems"].dump();
    EXPECT_THAT(problems, AllOf(HasSubstr("east_20240502"), Not(HasSubstr(".tif"))));
}

TEST_F(Mosaics, OfStacItemsTakeTheirTimesFromThem) {
    std::ofstream(folder().path() / "scenes" / "items.json")
        << R"({"type":"FeatureCollection","features":[
            {"type":"Feature","stac_version":"1.0.0","id":"one",
             "properties":{"datetime":"2020-01-01T00:00:00Z","eo:cloud_cover":10},
             "assets":{"data":{"href":"./west_20240501.tif"}}},
            {"type":"Feature","stac_version":"1.0.0","id":"two",
             "properties":{"datetime":"2021-01-01T00:00:00Z","eo:cloud_cover":90},
             "assets":{"data":{"href":"./east_20240502.tif"}}}]})";
    add({(folder().path() / "scenes" / "items.json").string(),
         "--mosaic",
         "dem",
         "--order",
         "clearest"});
    const auto& server = serve();

    const auto middle = server.json("/layers/dem/point?lon=35.03505&lat=33.77005");

    EXPECT_EQ(middle["scene"], "one") << "the clearest of both";
    EXPECT_EQ(middle["time"], "2020-01-01T00:00:00Z");
    EXPECT_EQ(server.json("/layers/dem/point?lon=35.03505&lat=33.77005&pick=newest")["scene"],
              "two");
}

TEST_F(Mosaics, AppearGrowAndGoWhileTheServerRuns) {
    const auto& server = serve();
    add_both();
    ASSERT_TRUE(eventually([&] { return server.shows("dem"); }));
    const std::string version = server.json("/layers/dem")["version"];

    write("more.tif", strip(600, 100));
    add({(folder().path() / "more.tif").string(), "--mosaic", "dem"});

    EXPECT_TRUE(eventually([&] { return server.json("/layers/dem")["scenes"] == 3; }));
    EXPECT_NE(server.json("/layers/dem")["version"], version);
    remove("dem");
    EXPECT_TRUE(eventually([&] { return !server.shows("dem"); }));
    EXPECT_TRUE(std::filesystem::is_empty(workspace() / "layers"));
}

}  // namespace
}  // namespace relief::journey
