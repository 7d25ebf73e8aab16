// Features by time and by filter, and points by their number, as tiles, pictures and answers.

#include "tests/journey/running_relief.hpp"

#include <fstream>
#include <set>

namespace relief::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Incidents of three days at one place, and a crossing of roads without a day.
class ChosenFeatures : public Journey {
protected:
    ChosenFeatures() {
        std::string features;
        for (int i = 0; i < 60; ++i) {
            const std::string day = "2024-05-0" + std::to_string(1 + i % 3);
            features += (i == 0 ? "" : ",") + feature(i, R"("date":")" + day + R"(",)");
        }
        features += "," + feature(60, "");
        std::ofstream(path()) << R"({"type":"FeatureCollection","features":[)" << features << "]}";
        add({path()});
    }
    std::string path() const { return (folder().path() / "incidents.geojson").string(); }
    static std::string feature(int id, const std::string& date) {
        const std::string place = std::to_string(35.03 + id * 0.0001) + ",33.77";
        return R"({"type":"Feature","id":)" + std::to_string(id + 1) + R"(,"properties":{)" + date +
               R"("state":")" + (id % 2 == 0 ? "open" : "closed") + R"(","people":)" +
               std::to_string(id) + R"(},"geometry":{"type":"Point","coordinates":[)" + place +
               "]}}";
    }
    static std::string detail(const Answer& answer) {
        return Json::parse(answer.body)["detail"].get<std::string>();
    }
    static std::size_t features_at(const RunningRelief& server, const std::string& words) {
        const auto answer =
            server.json("/tiles/incidents/8/152/102/point?lon=35.033&lat=33.77&" + words);
        return answer.contains("features") ? answer["features"].size() : 999;
    }
    static constexpr const char* tile = "/tiles/incidents/8/152/102.mvt?";
    static constexpr const char* picture = "/tiles/incidents/8/152/102.png?";
};

TEST_F(ChosenFeatures, TellTheirTimes) {
    const auto& server = serve();

    const auto layer = server.json("/layers/incidents");

    EXPECT_EQ(layer["time_attribute"], "date");
    EXPECT_THAT(layer["times"], ElementsAre("2024-05-01", "2024-05-02", "2024-05-03"));
    EXPECT_THAT(layer["time_extent"], ElementsAre("2024-05-01", "2024-05-03"));
}

TEST_F(ChosenFeatures, AreThoseOfTheTimeAskedFor) {
    const auto& server = serve();
    const std::string address(tile);

    const auto day = server.get(address + "time=2024-05-02");
    const auto never = server.get(address + "time=2023");
    const auto wrong = server.get(address + "time=tomorrow");

    EXPECT_EQ(day.status, 200);
    EXPECT_THAT(day.body, HasSubstr("2024-05-02"));
    EXPECT_THAT(day.body, Not(HasSubstr("2024-05-01")));
    EXPECT_NE(day.header("etag"), server.get(tile).header("etag"));
    EXPECT_EQ(never.status, 204);
    EXPECT_EQ(never.header("x-relief-observed"), "none");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(server.get(address + "time=latest").body, Not(HasSubstr("2024-05-02")));
    EXPECT_THAT(server.get(address + "time=nearest:2024-01-01").body, HasSubstr("2024-05-01"));
    EXPECT_EQ(server.get(address + "max_age=1d").status, 204);
}

TEST_F(ChosenFeatures, SayOfWhenTheyAre) {
    const auto& server = serve();
    const auto observed = [&](const char* address, const char* words) {
        return server.get(std::string(address) + words).header("x-relief-observed");
    };

    for (const char* const address : {tile, picture}) {
        EXPECT_EQ(observed(address, "time=2024-05-02"), "2024-05-02") << address;
        EXPECT_EQ(observed(address, "time=2024-05-02/.."), "2024-05-02/2024-05-03") << address;
        EXPECT_EQ(observed(address, "time=latest"), "2024-05-03") << address;
        EXPECT_EQ(observed(address, "time=nearest:2024-01-01"), "2024-05-01") << address;
        EXPECT_EQ(observed(address, ""), "2024-05-01/2024-05-03") << address;
        EXPECT_EQ(observed(address, "time=2023"), "none") << address;
        EXPECT_EQ(observed(address, "time=tomorrow"), "") << address;
        const auto day = server.get(std::string(address) + "time=2024-05-02");
        EXPECT_THAT(day.header("x-relief-age"), ::testing::MatchesRegex("P[0-9]+D")) << address;
    }
}

TEST_F(ChosenFeatures, AreTheOnlyOnesUnderAFinger) {
    const auto& server = serve();

    EXPECT_EQ(features_at(server, "filter=people%20%3C%209"), 9U);
    EXPECT_EQ(features_at(server, "filter=people%20%3C%209&time=2024-05-01"), 3U);
    EXPECT_EQ(features_at(server, "filter=people%20%3E%201000"), 0U);
}

TEST_F(ChosenFeatures, AreDrawnByStylesToo) {
    const auto& server = serve();
    const std::string address(picture);

    const auto all = server.get(picture);
    const auto day = server.get(address + "time=2024-05-02");
    const auto one = server.get(address + "filter=people%20%3D%203");
    const auto none = server.get(address + "time=2023");

    EXPECT_EQ(day.status, 200);
    EXPECT_EQ(one.status, 200);
    EXPECT_NE(day.body, all.body);
    EXPECT_NE(one.body, day.body);
    EXPECT_EQ(none.header("x-relief-empty"), "1");
    EXPECT_EQ(server.get(address + "filter=beds%20%3E%203").status, 400);
    EXPECT_EQ(server.get(address + "time=tomorrow").status, 400);
}

TEST_F(ChosenFeatures, AreCountedWhereTheyAreMany) {
    const auto& server = serve();
    const std::string address(tile);

    const auto clusters = server.get(address + "aggregate=cluster");
    const auto hexagons = server.get(address + "aggregate=hexagon&by=state&sum=people");
    const auto wrong = server.get(address + "aggregate=circle");
    const auto attribute = server.get(address + "aggregate=square&sum=state");
    const auto alone = server.get(address + "by=state");

    EXPECT_EQ(clusters.status, 200);
    EXPECT_THAT(clusters.body, HasSubstr("point_count_abbreviated"));
    EXPECT_THAT(clusters.body, Not(HasSubstr("people")));
    EXPECT_THAT(hexagons.body, HasSubstr("state:open"));
    EXPECT_THAT(hexagons.body, HasSubstr("people:sum"));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(detail(wrong), HasSubstr("cluster, hexagon or square"));
    EXPECT_EQ(attribute.status, 400);
    EXPECT_THAT(detail(attribute), HasSubstr("attributes of numbers are people"));
    EXPECT_EQ(alone.status, 400);
    EXPECT_EQ(server.get(address + "aggregate=cluster&cell=50").status, 400);
}

TEST_F(ChosenFeatures, AreCountedInPicturesAndByTileJson) {
    const auto& server = serve();
    const std::string address(picture);

    const auto clusters = server.get(address + "aggregate=cluster");
    const auto squares = server.get(address + "aggregate=square&time=2024-05-01");
    const auto document = server.json("/tiles/incidents/tilejson.json?aggregate=cluster");

    EXPECT_EQ(clusters.status, 200);
    EXPECT_NE(clusters.body, server.get(picture).body);
    EXPECT_EQ(squares.status, 200);
    EXPECT_EQ(document["vector_layers"][0]["fields"]["point_count"], "Number");
    EXPECT_THAT(document["tiles"][0].get<std::string>(), HasSubstr("aggregate=cluster&"));
    EXPECT_EQ(server.json("/layers/incidents/legend.json?aggregate=cluster")["entries"].size(), 2U);
}

TEST_F(ChosenFeatures, GoByTheAttributeThatIsNamed) {
    add({path(), "--id", "by-people", "--time-attribute", "date", "--title", "By name"});
    testing::Program wrong({RELIEF_PROGRAM,
                            "--workspace",
                            workspace().string(),
                            "add",
                            path(),
                            "--id",
                            "wrong",
                            "--time-attribute",
                            "state"});

    EXPECT_NE(wrong.wait(), 0);
    EXPECT_THAT(wrong.errors(), HasSubstr("which is no time"));
    EXPECT_EQ(serve().json("/layers/by-people")["time_attribute"], "date");
}

TEST_F(ChosenFeatures, OfStylesAreThoseThatTheirSourcesAskFor) {
    std::filesystem::create_directories(workspace() / "styles");
    const auto style = [&](const std::string& name, const std::string& words) {
        std::ofstream(workspace() / "styles" / (name + ".json"))
            << R"({"version":8,"sources":{"s":{"type":"vector","url":"relief://incidents)" << words
            << R"("}},"layers":[{"id":"p","type":"circle","source":"s","source-layer":"incidents"}]})";
    };
    style("all", "");
    style("some", "?filter=people%20%3C%203");
    style("none", "?time=2023");
    const auto& server = serve();
    const auto drawn = [&](const std::string& name) {
        return server.get("/styles/" + name + "/8/152/102.png");
    };

    ASSERT_EQ(drawn("all").status, 200);
    EXPECT_NE(drawn("some").body, drawn("all").body);
    EXPECT_EQ(drawn("some").header("x-relief-empty"), "");
    EXPECT_EQ(drawn("none").header("x-relief-empty"), "1");
}

/// A style of incidents, whose source may fix a time, over heights of two days and without any.
class TimedStyle : public ChosenFeatures {
protected:
    TimedStyle() {
        add({write("dem.tif", heights())});
        for (const char* const day : {"2024-05-01", "2024-04-01"})
            add({write("dem.tif", heights()), "--id", "heights", "--time", day});
        style("map", "");
        style("fixed", "?time=2024-05-01");
    }
    void style(const std::string& name, const std::string& words) const {
        std::filesystem::create_directories(workspace() / "styles");
        std::ofstream(workspace() / "styles" / (name + ".json"))
            << R"({"version":8,"sources":{"s":{"type":"vector","url":"relief://incidents)" << words
            << R"("},"d":{"type":"raster","url":"relief://dem"},)"
            << R"("h":{"type":"raster","url":"relief://heights"}},"layers":[)"
            << R"({"id":"ground","type":"raster","source":"d"},)"
            << R"({"id":"dated","type":"raster","source":"h"},)"
            << R"({"id":"p","type":"circle","source":"s","source-layer":"incidents"}]})";
    }
    static constexpr const char* tile_of_map = "/styles/map/10/611/409.png?";
    static constexpr const char* image_of_map = "/styles/map/static/35.033,33.77,12/200x200.png?";
};

TEST_F(TimedStyle, IsAskedForATimeAsItsLayersAre) {
    const auto& server = serve();
    for (const std::string address : {tile_of_map, image_of_map}) {
        const auto plain = server.get(address);
        const auto day = server.get(address + "time=2024-05-01");
        const auto other = server.get(address + "time=2024-05-02");
        const auto never = server.get(address + "time=2020");

        ASSERT_EQ(day.status, 200) << day.body;
        EXPECT_EQ(plain.header("x-relief-observed"), "") << "nothing was asked";
        EXPECT_EQ(day.header("x-relief-observed"), "2024-05-01");
        EXPECT_EQ(server.get(address + "time=2024-04/2024-05-02").header("x-relief-observed"),
                  "2024-05-01/2024-05-02");
        EXPECT_EQ(other.header("x-relief-observed"), "2024-05-02");
        EXPECT_EQ(never.header("x-relief-observed"), "none");
        EXPECT_EQ(never.header("x-relief-empty"), "") << "what knows no time is there always";
        const std::set<std::string> etags{
            plain.header("etag"), day.header("etag"), other.header("etag"), never.header("etag")};
        EXPECT_EQ(etags.size(), 4U);
        EXPECT_NE(day.body, plain.body);
        EXPECT_NE(day.body, never.body);
        EXPECT_EQ(server.get(address + "time=2024-05-01").header("x-cache"), "HIT");
        EXPECT_EQ(server.get(address + "time=tomorrow").status, 400);
        EXPECT_EQ(server.get(address + "filter=people%20%3C%203").status, 400);
    }
}

TEST_F(TimedStyle, TakesTheTimeOfTheRequestBeforeThatOfItsSource) {
    const auto& server = serve();

    const auto fixed = server.get("/styles/fixed/10/611/409.png?time=2024-05-02");
    const auto free = server.get(std::string(tile_of_map) + "time=2024-05-02");

    ASSERT_EQ(fixed.status, 200);
    EXPECT_EQ(fixed.body, free.body);
    EXPECT_NE(server.get("/styles/fixed/10/611/409.png").body, fixed.body);
}

TEST_F(TimedStyle, GoesToBrowsersWithItsTime) {
    const auto& server = serve();

    const auto sources = server.json("/styles/fixed.json?time=2024-05-02")["sources"];

    const auto features = sources["s"]["url"].get<std::string>();
    EXPECT_THAT(features, HasSubstr("tilejson.json?time=2024-05-02"));
    EXPECT_THAT(features, Not(HasSubstr("2024-05-01")));
    EXPECT_THAT(sources["h"]["tiles"][0].get<std::string>(), HasSubstr("time=2024-05-02"));
    EXPECT_EQ(server.get("/styles/fixed.json?time=tomorrow").status, 400);
}

TEST_F(ChosenFeatures, GoToBrowsersWithTheWordsThatChooseThem) {
    const auto& server = serve();

    const auto style = server.json(
        "/layers/incidents/style.json?aggregate=hexagon&cell=64&by=state&time=2024-05-02");

    const auto url = style["sources"]["layer"]["url"].get<std::string>();
    EXPECT_THAT(url, HasSubstr("aggregate=hexagon&cell=64&by=state&time=2024-05-02"));
    ASSERT_EQ(style["layers"].size(), 1U);
    EXPECT_EQ(style["layers"][0]["type"], "fill");
    EXPECT_EQ(style["layers"][0]["source-layer"], "incidents") << "as the tiles name it";
    const auto tiles = server.json(url.substr(url.find("/tiles/")))["tiles"][0].get<std::string>();
    EXPECT_THAT(server.get(tiles.substr(tiles.find("/tiles/")).replace(17, 11, "8/152/102")).body,
                HasSubstr("state:open"));
    EXPECT_EQ(server.get("/layers/incidents/style.json?aggregate=circle").status, 400);
    EXPECT_EQ(server.get("/layers/incidents/style.json?aggregate=square&sum=state").status, 400);
}

}  // namespace
}  // namespace relief::journey
