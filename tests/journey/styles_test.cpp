// Styles as map clients ask for them.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Styles : public Journey {
protected:
    Styles() {
        add({square("camps")});
        add({square("bases"), "--sensitivity", "high"});
        add({write("dem.tif", heights())});
    }
    /// From 35.02 E, 33.76 N to 35.05 E, 33.78 N.
    std::string square(const std::string& name) const {
        const auto path = folder().path() / (name + ".geojson");
        std::ofstream(path)
            << R"({"type":"Feature","properties":{"kind":"x"},"geometry":{"type":"Polygon","coordinates":)"
               R"([[[35.02,33.76],[35.05,33.76],[35.05,33.78],[35.02,33.78],[35.02,33.76]]]}})";
        return path.string();
    }
    void style(const std::string& id, const std::string& text) const {
        std::filesystem::create_directories(workspace() / "styles");
        std::ofstream(workspace() / "styles" / (id + ".json")) << text;
    }
    static std::string map(const std::string& colour) {
        return R"({"version":8,"name":"Camps","sources":{"c":{"type":"vector","url":"relief://camps"},)"
               R"("b":{"type":"vector","url":"relief://bases"},"d":{"type":"raster","url":"relief://dem"}},)"
               R"("layers":[{"id":"areas","type":"fill","source":"c","source-layer":"camps","paint":{"fill-color":")" +
               colour +
               R"("}},{"id":"hidden areas","type":"fill","source":"b","source-layer":"bases"}]})";
    }
    Json token(const std::string& role) const {
        testing::Program program({RELIEF_PROGRAM,
                                  "--workspace",
                                  workspace().string(),
                                  "token",
                                  "create",
                                  "--role",
                                  role,
                                  "--json"});
        EXPECT_EQ(program.wait(), 0) << program.errors();
        return Json::parse(program.output(), nullptr, false);
    }
    static Answer put(const RunningRelief& server, const Json& token, const std::string& text) {
        support::LoopbackClient client(server.port());
        const bool sent = client.send(
            "PUT /styles/new.json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
            (token.is_null()
                 ? std::string()
                 : "Authorization: Bearer " + token["token"].get<std::string>() + "\r\n") +
            "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
        EXPECT_TRUE(sent);
        return client.answer().value_or(Answer{});
    }
    static std::string bearer(const Json& token) {
        return "Authorization: Bearer " + token["token"].get<std::string>() + "\r\n";
    }
    /// Of one among those that come with the program.
    static std::string version_of(const std::string& id, const Json& list) {
        for (const Json& style : list["styles"])
            if (style["id"] == id) return style["version"].get<std::string>();
        return {};
    }
    static constexpr const char* tile_of_map = "/styles/map/14/9786/6557.png";
};

TEST_F(Styles, AreServedWithTheRulesOfAllTiles) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    const auto first = server.get(tile_of_map);
    const auto second = server.get(tile_of_map);
    const auto version = version_of("map", server.json("/styles"));
    const auto versioned = server.get(std::string(tile_of_map) + "?v=" + version);

    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.header("content-type"), "image/png");
    EXPECT_EQ(first.header("x-cache"), "MISS");
    EXPECT_EQ(second.header("x-cache"), "HIT");
    EXPECT_THAT(first.header("etag"), Not(IsEmpty()));
    EXPECT_EQ(first.header("cache-control"), "public, max-age=60");
    EXPECT_THAT(versioned.header("cache-control"), HasSubstr("immutable"));
    EXPECT_EQ(server.get(tile_of_map, "If-None-Match: " + first.header("etag") + "\r\n").status,
              304);
    EXPECT_EQ(server.get("/styles/map/14/9786/6557@2x.webp").header("content-type"), "image/webp");
    EXPECT_EQ(server.get("/styles/map/0/0/0.jpg").header("content-type"), "image/jpeg");
    EXPECT_EQ(server.get("/styles/map/14/0/0.png").header("x-relief-empty"), "1");
}

TEST_F(Styles, ChangeWithTheirFileAndTheTileWithThem) {
    style("map", map("#ff0000"));
    const auto& server = serve();
    const auto before = server.get(tile_of_map);

    style("map", map("#00ff00"));

    EXPECT_TRUE(eventually(
        [&] { return server.get(tile_of_map).header("etag") != before.header("etag"); }));
    std::filesystem::remove(workspace() / "styles/map.json");
    EXPECT_TRUE(eventually([&] { return server.get(tile_of_map).status == 404; }));
}

TEST_F(Styles, ThatAreBrokenAreToldAndTakeNothingWithThem) {
    style("map", map("#ff0000"));
    style("broken", R"({"version":8,"sources":{},"layers":[{"id":"a","type":"nothing"}]})");
    const auto& server = serve();

    EXPECT_EQ(server.get("/styles/broken.json").status, 404);
    EXPECT_EQ(server.get(tile_of_map).status, 200);
    EXPECT_THAT(server.get("/layers?problems=1").body,
                AllOf(HasSubstr("styles/broken.json"), HasSubstr("layers[0].type")));
}

TEST_F(Styles, GoToBrowsersWithAbsoluteAddresses) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    const auto document = server.json("/styles/map.json");

    EXPECT_THAT(document["sources"]["c"]["url"].get<std::string>(),
                AllOf(StartsWith("http://"), HasSubstr("/tiles/camps/tilejson.json")));
    const auto tiles = document["sources"]["d"]["tiles"][0].get<std::string>();
    EXPECT_THAT(tiles, AllOf(StartsWith("http://"), HasSubstr("/tiles/dem/{z}/{x}/{y}@2x.png?v=")));
    EXPECT_THAT(document["glyphs"].get<std::string>(), StartsWith("http://"));
}

TEST_F(Styles, ShowNothingOfLayersThatTheAskerMayNotSee) {
    style("map", map("#ff0000"));
    style("only",
          R"({"version":8,"sources":{"b":{"type":"vector","url":"relief://bases"}},"layers":[]})");
    const auto admin = token("admin");
    const auto& server = serve();

    const auto hidden = server.get("/styles/map.json");
    const auto seen = server.get("/styles/map.json", bearer(admin));

    EXPECT_THAT(hidden.body, AllOf(Not(HasSubstr("bases")), Not(HasSubstr("hidden areas"))));
    EXPECT_THAT(seen.body, AllOf(HasSubstr("bases"), HasSubstr("hidden areas")));
    EXPECT_EQ(server.get("/styles/only.json").status, 404);
    EXPECT_EQ(server.get("/styles/only/0/0/0.png").status, 404);
    EXPECT_EQ(server.get("/styles/only.json", bearer(admin)).status, 200);
    EXPECT_THAT(server.get("/styles").body, Not(HasSubstr("only")));
    EXPECT_NE(server.get(tile_of_map).header("etag"),
              server.get(tile_of_map, bearer(admin)).header("etag"));
}

TEST_F(Styles, HaveImagesOfAnyPlace) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    EXPECT_EQ(server.get("/styles/map/static/35.035,33.77,13/300x200.png").status, 200);
    EXPECT_EQ(server.get("/styles/map/static/35.035,33.77,13@45/300x200@2x.webp").status, 200);
    EXPECT_EQ(server.get("/styles/map/static/35,33.7,35.1,33.8/300x200.png").status, 200);
    const auto large = server.get("/styles/map/static/35,33,9/5000x10.png");
    EXPECT_EQ(large.status, 400);
    EXPECT_THAT(large.body, AllOf(HasSubstr("5000x10"), HasSubstr("4096")));
    const auto word = server.get("/styles/map/static/35,33,9/50x10.png?colour=red");
    EXPECT_EQ(word.status, 400);
    EXPECT_THAT(word.body, AllOf(HasSubstr("colour"), HasSubstr("known are v, format")));
    EXPECT_EQ(server.get("/styles/none/static/35,33,9/50x10.png").status, 404);
    EXPECT_EQ(server.get("/styles/map/static/35,33,9/50x10.bmp").status, 406);
}

TEST_F(Styles, SayNamesInTheLanguageAskedFor) {
    style("names", R"({"version":8,"sources":{"p":{"type":"geojson","data":{"type":"Feature",
        "properties":{"name":"Aleppo","name:ar":"حلب"},
        "geometry":{"type":"Point","coordinates":[35.03,33.77]}}}},
      "layers":[{"id":"n","type":"symbol","source":"p","layout":{"text-field":"{name}"}}]})");
    const auto& server = serve();
    const std::string image = "/styles/names/static/35.03,33.77,10/200x100.png";

    const auto own = server.get(image);
    const auto arabic = server.get(image + "?lang=ar");
    const auto burmese = server.get(image + "?lang=my");

    ASSERT_EQ(own.status, 200) << own.body;
    ASSERT_EQ(arabic.status, 200) << arabic.body;
    EXPECT_NE(arabic.body, own.body);
    EXPECT_NE(arabic.header("etag"), own.header("etag"));
    EXPECT_EQ(burmese.body, own.body) << "the data has no such name";
    EXPECT_THAT(server.get("/styles/names.json?lang=ar").body, HasSubstr(R"("get","name:ar")"));
    const auto wrong = server.get(image + "?lang=english");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, HasSubstr("pt-BR"));
}

TEST_F(Styles, RefuseTilesThatDoNotExist) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    EXPECT_EQ(server.get("/styles/map/1/2/0.png").status, 404);
    EXPECT_EQ(server.get("/styles/map/1/x/0.png").status, 400);
    EXPECT_EQ(server.get("/styles/nope/1/0/0.png").status, 404);
    EXPECT_EQ(server.get("/styles/map/1/0/0.bmp").status, 406);
    EXPECT_THAT(server.get("/styles/map/1/0/0.png?bands=1").body, HasSubstr("known are v, format"));
}

TEST_F(Styles, AreWrittenByAnalystsAndNoOneElse) {
    const auto analyst = token("analyst");
    const auto viewer = token("viewer");
    const auto& server = serve();

    EXPECT_EQ(put(server, nullptr, map("#ff0000")).status, 401);
    EXPECT_EQ(put(server, viewer, map("#ff0000")).status, 403);
    const auto made = put(server, analyst, map("#ff0000"));
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(made.header("location"), HasSubstr("/styles/new.json"));
    const auto red = server.get("/styles/new/14/9786/6557.png");
    EXPECT_EQ(red.status, 200);
    EXPECT_EQ(put(server, analyst, map("#00ff00")).status, 200);
    EXPECT_NE(server.get("/styles/new/14/9786/6557.png").body, red.body) << "the very next tile";
    const auto bad = put(server, analyst, R"({"version":8,"sources":{},"layers":[{"id":"a"}]})");
    EXPECT_EQ(bad.status, 400);
    EXPECT_THAT(bad.body, HasSubstr("layers[0]"));
    EXPECT_EQ(server.ask("DELETE /styles/new.json").status, 401);
    EXPECT_EQ(server.ask("DELETE /styles/new.json", bearer(analyst)).status, 204);
    EXPECT_EQ(server.get("/styles/new.json").status, 404);
    EXPECT_EQ(server.ask("DELETE /styles/new.json", bearer(analyst)).status, 404);
    testing::Program audit(
        {RELIEF_PROGRAM, "--workspace", workspace().string(), "audit", "verify"});
    EXPECT_EQ(audit.wait(), 0) << audit.errors();
}

TEST_F(Styles, DrawOneLayerByItself) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    const auto plain = server.get("/tiles/camps/14/9786/6557.png");
    const auto styled = server.get("/tiles/camps/14/9786/6557.png?style=map");
    const auto none = server.get("/tiles/camps/14/9786/6557.png?style=nope");

    EXPECT_EQ(plain.status, 200) << plain.body;
    EXPECT_EQ(styled.status, 200) << styled.body;
    EXPECT_NE(plain.body, styled.body);
    EXPECT_EQ(none.status, 404);
    EXPECT_THAT(none.body, HasSubstr("nope"));
    EXPECT_EQ(server.get("/tiles/dem/14/9786/6557.png?style=map").status, 404)
        << "the style draws nothing of it";
    EXPECT_EQ(server.get("/tiles/bases/14/9786/6557.png").status, 404);
    EXPECT_EQ(server.get("/tiles/camps/14/9786/6557.mvt").status, 200);
}

TEST_F(Styles, TellTheirColoursInLegends) {
    style("map", map("#ff0000"));
    const auto& server = serve();

    const auto plain = server.json("/layers/camps/legend.json");
    const auto styled = server.json("/layers/camps/legend.json?style=map");

    EXPECT_EQ(plain["kind"], "symbols");
    EXPECT_EQ(plain["entries"][0]["label"], "Areas");
    EXPECT_EQ(styled["entries"][0],
              Json({{"label", "areas"}, {"color", "#ff0000"}, {"shape", "area"}}));
    EXPECT_THAT(server.get("/layers/camps/legend.svg").body, StartsWith("<svg"));
    EXPECT_EQ(server.get("/layers/camps/legend.png").header("content-type"), "image/png");
}

}  // namespace
}  // namespace relief::journey
