// Layers of features as map clients ask for them.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class VectorTiles : public Journey {
protected:
    VectorTiles() {
        add({features("camps", "[35.035,33.77]")});
        add({features("wells", "[35.036,33.771]")});
        add({write("dem.tif", heights())});
    }
    std::string features(const std::string& name, const std::string& place) const {
        const auto path = folder().path() / (name + ".geojson");
        std::ofstream(path)
            << R"({"type":"FeatureCollection","features":[{"type":"Feature","id":5,"properties":{"name":")"
            << name << R"(","people":12},"geometry":{"type":"Point","coordinates":)" << place
            << "}}]}";
        return path.string();
    }
    static std::string detail(const Answer& answer) {
        return Json::parse(answer.body)["detail"].get<std::string>();
    }
    static constexpr const char* camps = "/tiles/camps/14/9786/6557.mvt";
};

TEST_F(VectorTiles, AreServedWithTheRulesOfAllTiles) {
    const auto& server = serve();

    const auto first = server.get(camps);
    const auto second = server.get(camps);
    const auto other = server.get("/tiles/camps/14/9786/6557.pbf");

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.header("content-type"), "application/vnd.mapbox-vector-tile");
    EXPECT_EQ(first.header("x-cache"), "MISS");
    EXPECT_EQ(second.header("x-cache"), "HIT");
    EXPECT_EQ(other.body, first.body);
    EXPECT_THAT(first.header("etag"), Not(IsEmpty()));
    EXPECT_THAT(first.header("last-modified"), Not(IsEmpty()));
    EXPECT_THAT(first.body, HasSubstr("people"));
}

TEST_F(VectorTiles, OfAFileThatIsCutWhileItIsServedAreAnErrorAndNoMore) {
    const auto& server = serve();
    ASSERT_EQ(server.get(camps).status, 200);
    for (const auto& file : std::filesystem::directory_iterator(workspace() / "layers"))
        if (file.path().extension() == ".features") std::filesystem::resize_file(file.path(), 64);

    const auto cut = server.get("/tiles/camps/13/4893/3278.mvt");

    EXPECT_EQ(cut.status, 503) << cut.body;
    EXPECT_EQ(server.get("/tiles/camps/14/9786/6557.mvt").header("x-cache"), "HIT");
    EXPECT_EQ(server.get("/healthz").status, 200);
    EXPECT_EQ(server.get("/tiles/dem/0/0/0.png").status, 200);
}

TEST_F(VectorTiles, WhereNothingIsAreEmptyAnswers) {
    const auto answer = serve().get("/tiles/camps/14/1/1.mvt");

    EXPECT_EQ(answer.status, 204);
    EXPECT_THAT(answer.body, IsEmpty());
    EXPECT_EQ(answer.header("x-relief-empty"), "1");
}

TEST_F(VectorTiles, CarryTheFieldsAskedFor) {
    const auto& server = serve();

    const auto one = server.get(std::string(camps) + "?fields=name");
    const auto wrong = server.get(std::string(camps) + "?fields=nome");

    EXPECT_THAT(one.body, Not(HasSubstr("people")));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(detail(wrong), HasSubstr("name, people"));
}

TEST_F(VectorTiles, HoldTheFeaturesThatAFilterAsksFor) {
    const auto& server = serve();
    const std::string address(camps);

    const auto few = server.get(address + "?filter=people%20%3E%2012");
    const auto some =
        server.get(address + "?filter=people%20%3E%2011%20AND%20name%20LIKE%20'c%25'");
    const auto style =
        server.get(address + "?filter=%5B%22%3D%3D%22%2C%22name%22%2C%22wells%22%5D");
    const auto wrong = server.get(address + "?filter=beds%20%3E%203");
    const auto both = server.get("/tiles/camps,wells/14/9786/6557.mvt?filter=name%20%3D%20'wells'");

    EXPECT_EQ(few.status, 204);
    EXPECT_EQ(few.header("x-relief-empty"), "1");
    EXPECT_EQ(some.status, 200);
    EXPECT_THAT(some.body, HasSubstr("people"));
    EXPECT_NE(some.header("etag"), server.get(camps).header("etag"));
    EXPECT_EQ(style.status, 204);
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(detail(wrong), HasSubstr("there are name, people"));
    EXPECT_THAT(both.body, HasSubstr("wells"));
    EXPECT_THAT(both.body, Not(HasSubstr("camps")));
}

TEST_F(VectorTiles, OfSeveralLayersHoldThemAll) {
    const auto& server = serve();

    const auto both = server.get("/tiles/camps,wells/14/9786/6557.mvt");

    EXPECT_EQ(both.status, 200);
    EXPECT_THAT(both.body, HasSubstr("camps"));
    EXPECT_THAT(both.body, HasSubstr("wells"));
    EXPECT_EQ(server.get("/tiles/camps,absent/14/9786/6557.mvt").status, 404);
    EXPECT_EQ(server.get("/tiles/camps,dem/14/9786/6557.mvt").status, 406);
    EXPECT_EQ(server.get("/tiles/camps,camps/14/9786/6557.mvt").status, 400);
}

TEST_F(VectorTiles, AreAnnouncedByTileJson) {
    const auto& server = serve();

    const auto document = Json::parse(server.get("/tiles/camps/tilejson.json").body);
    const auto both = Json::parse(server.get("/tiles/camps,wells/tilejson.json").body);

    EXPECT_EQ(document["vector_layers"][0]["id"], "camps");
    EXPECT_EQ(document["vector_layers"][0]["fields"]["people"], "Number");
    EXPECT_THAT(document["tiles"][0].get<std::string>(), HasSubstr("{z}/{x}/{y}.mvt"));
    EXPECT_EQ(both["vector_layers"].size(), 2U);
    const std::string address = both["tiles"][0];
    const auto version = address.substr(address.find("?v="));
    EXPECT_THAT(server.get("/tiles/camps,wells/14/9786/6557.mvt" + version).header("cache-control"),
                HasSubstr("immutable"));
}

TEST_F(VectorTiles, HaveNoStatisticsAndSaySo) {
    const auto& server = serve();

    const auto together = server.get("/tiles/camps,wells/14/9786/6557.png");
    const auto raster = server.get("/tiles/dem/14/9786/6557.mvt");

    EXPECT_EQ(server.get("/layers/camps/statistics").status, 404);
    EXPECT_EQ(together.status, 406);
    EXPECT_THAT(detail(together), HasSubstr("mvt"));
    EXPECT_EQ(raster.status, 406);
}

TEST_F(VectorTiles, AreShownWholeInAPreview) {
    const auto& server = serve();

    const auto preview = server.get("/layers/camps/preview.png");
    const auto again = server.get("/layers/camps/preview.png",
                                  "If-None-Match: " + preview.header("etag") + "\r\n");

    EXPECT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.header("content-type"), "image/png");
    EXPECT_EQ(preview.header("x-relief-empty"), "");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(server.get("/layers/camps/preview.png?style=flood").status, 404);
    for (const char* layer : {"camps", "dem"}) {
        const std::string address = std::string("/layers/") + layer + "/preview.png";
        EXPECT_LT(server.get(address + "?size=32").body.size(), server.get(address).body.size());
        EXPECT_EQ(server.get(address + "?size=1").status, 400);
    }
}

TEST_F(VectorTiles, HaveAStyleForBrowsersThatDrawsThemAsTheServerDoes) {
    const auto& server = serve();

    const auto style = Json::parse(server.get("/layers/camps/style.json").body);
    const auto links = Json::parse(server.get("/layers/camps").body)["links"];

    ASSERT_FALSE(style["layers"].empty());
    const auto source = style["layers"][0]["source"].get<std::string>();
    EXPECT_THAT(style["sources"][source]["url"].get<std::string>(),
                EndsWith("/tiles/camps/tilejson.json"));
    EXPECT_EQ(style["layers"][0]["source-layer"], "camps");
    EXPECT_THAT(style["glyphs"].get<std::string>(), HasSubstr("/fonts/"));
    EXPECT_THAT(links.dump(), HasSubstr("/layers/camps/style.json"));
    EXPECT_EQ(server.get("/layers/camps/style.json?style=nowhere").status, 404);
    EXPECT_EQ(server.get("/layers/dem/style.json").status, 400);
}

TEST_F(VectorTiles, TellOnlyFeaturesThatTheFilterShows) {
    const auto& server = serve();
    const std::string place = "/layers/camps/point?lon=35.035&lat=33.77&filter=";

    const auto kept = Json::parse(server.get(place + "people%20%3E%2010").body);
    const auto left = Json::parse(server.get(place + "people%20%3E%2012").body);
    const auto refused = server.get(place + "folk%20%3E%2012");

    EXPECT_EQ(kept["features"].size(), 1U);
    EXPECT_THAT(left["features"], IsEmpty());
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(detail(refused), HasSubstr("folk"));
}

TEST_F(VectorTiles, TellTheFeaturesUnderAFinger) {
    const auto& server = serve();

    const auto found = Json::parse(server.get("/layers/camps/point?lon=35.035&lat=33.77").body);
    const auto none = Json::parse(server.get("/layers/camps/point?lon=35.1&lat=33.77").body);

    ASSERT_EQ(found["features"].size(), 1U);
    EXPECT_EQ(found["features"][0]["id"], 5);
    EXPECT_EQ(found["features"][0]["properties"]["people"], 12);
    EXPECT_THAT(none["features"], IsEmpty());
}

TEST_F(VectorTiles, ComeAndGoWithTheirLayer) {
    auto& server = serve();
    const auto listed = Json::parse(server.get("/layers/camps").body);

    remove("camps");

    EXPECT_EQ(listed["kind"], "vector");
    EXPECT_EQ(listed["features"], 1);
    EXPECT_TRUE(testing::eventually([&] { return server.get(camps).status == 404; }));
}

}  // namespace
}  // namespace relief::journey
