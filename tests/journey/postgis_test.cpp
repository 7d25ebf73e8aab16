// Tables and views of a real PostgreSQL with PostGIS as layers of the running server.

#include "tests/journey/running_relief.hpp"
#include "tests/support/postgres_fixture.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::PostgresFixture;

/// Sixty incidents of three days along a line at 33.77 N, as they stand in a UTM zone; a view of
/// those that are open; areas that cross the antimeridian; a table that the server may not see.
constexpr const char* tables = R"(
CREATE TABLE incidents (id int PRIMARY KEY, state text, people int, ratio numeric, seen timestamptz,
                        tags text[], geom geometry(Point, 32636));
INSERT INTO incidents SELECT i + 1, CASE WHEN i % 2 = 0 THEN 'open' ELSE 'closed' END, i, i / 10.0,
    timestamptz '2024-05-01 12:00Z' + (i % 3) * interval '1 day', ARRAY['a', 'b'],
    ST_Transform(ST_SetSRID(ST_MakePoint(35.03 + i * 0.0001, 33.77), 4326), 32636)
    FROM generate_series(0, 59) i;
CREATE INDEX ON incidents USING gist (geom);
ANALYZE incidents;
CREATE VIEW open_incidents AS SELECT id, people, geom FROM incidents WHERE state = 'open';
CREATE TABLE zones (id int PRIMARY KEY, name text, geom geometry(Polygon, 4326));
INSERT INTO zones VALUES
    (1, 'fiji', ST_GeomFromText('POLYGON((178 -18, 182 -18, 182 -16, 178 -16, 178 -18))', 4326)),
    (2, 'fiji again', ST_GeomFromText('POLYGON((179 10, -179 10, -179 12, 179 12, 179 10))', 4326)),
    (3, 'north', ST_GeomFromText('POLYGON((0 80, 20 80, 20 90, 0 90, 0 80))', 4326));
CREATE TABLE "Odd; name" (id int PRIMARY KEY, "a""b" text, "the geom" geometry(Point, 4326));
INSERT INTO "Odd; name" VALUES (1, 'x', ST_SetSRID(ST_MakePoint(35.03, 33.77), 4326));
CREATE FUNCTION relief_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('relief', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE TRIGGER relief_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON incidents
    FOR EACH STATEMENT EXECUTE FUNCTION relief_changed();
CREATE ROLE visitor LOGIN PASSWORD 'pa55-word';
GRANT SELECT ON incidents TO visitor;
)";

struct Told {
    int status;
    std::string output, errors;
};

class PostgisJourney : public Journey {
protected:
    static void SetUpTestSuite() {
        kept() = std::make_unique<PostgresFixture>();
        ASSERT_THAT(kept()->problem(), IsEmpty());
        kept()->run(tables);
    }
    static void TearDownTestSuite() { kept().reset(); }

    static PostgresFixture& database() { return *kept(); }
    Told relief(std::vector<std::string> words, const std::vector<std::string>& variables = {}) {
        words.insert(words.begin(),
                     {RELIEF_PROGRAM,
                      "--workspace",
                      workspace().string(),
                      "--sources",
                      database().root() + "," + by_network()});
        testing::Program program(std::move(words), variables);
        const int status = program.wait();
        return {status, program.output(), program.errors()};
    }
    void add_table(const std::string& table, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"add", database().address(table)};
        words.insert(words.end(), more.begin(), more.end());
        const Told told = relief(words);
        ASSERT_EQ(told.status, 0) << told.errors;
    }
    RunningRelief& serve_tables(const std::string& age = "1h") {
        return serve({"--sources",
                      database().root() + "," + by_network(),
                      "--limits.source_age",
                      age,
                      "--log",
                      "text"});
    }
    static std::string by_network() {
        return "postgresql://127.0.0.1:" + database().port() + "/crisis";
    }
    static std::size_t features_at(const RunningRelief& server, const std::string& words) {
        const auto answer =
            server.json("/tiles/incidents/8/152/102/point?lon=35.033&lat=33.77&" + words);
        return answer.contains("features") ? answer["features"].size() : 999;
    }
    std::string output(const std::string& name) const { return (folder().path() / name).string(); }

    /// As in the tests of local layers: 35.03 E, 33.77 N.
    static constexpr const char* tile_of_incidents = "/tiles/incidents/8/152/102.mvt";

private:
    static std::unique_ptr<PostgresFixture>& kept() {
        static std::unique_ptr<PostgresFixture> database;
        return database;
    }
};

TEST_F(PostgisJourney, ATableIsReferredToAndNotCopied) {
    const Told told = relief({"add", database().address("incidents"), "--title", "Incidents"});
    EXPECT_EQ(told.status, 0) << told.errors;
    EXPECT_THAT(told.output,
                AllOf(HasSubstr("is now layer \"incidents\""),
                      HasSubstr("60 features, points, WGS 84 / UTM zone 36N (EPSG:32636)"),
                      HasSubstr("by \"seen\"")));
    EXPECT_TRUE(std::filesystem::is_empty(workspace() / "layers"));
    EXPECT_THAT(relief({"layers"}).output, HasSubstr("table"));

    const auto& server = serve_tables();
    const auto tile = server.get(tile_of_incidents);
    const auto again = server.get(tile_of_incidents);

    EXPECT_EQ(tile.status, 200) << tile.body;
    EXPECT_EQ(tile.header("content-type"), "application/vnd.mapbox-vector-tile");
    EXPECT_THAT(tile.body, AllOf(HasSubstr("people"), HasSubstr("2024-05-02T12:00:00Z")));
    EXPECT_EQ(again.header("x-cache"), "HIT");
    EXPECT_EQ(server.get("/tiles/incidents/8/1/1.mvt").status, 204);
    EXPECT_EQ(server.get("/tiles/incidents/8/152/102.png?style=incidents").status, 200);
    const Json document = server.json("/tiles/incidents/tilejson.json");
    EXPECT_NEAR(document["bounds"][0].get<double>(), 35.03, 0.001);
    EXPECT_EQ(document["vector_layers"][0]["fields"]["people"], "Number");
    EXPECT_THAT(server.get("/layers/incidents").body, Not(HasSubstr("postgresql")));
    EXPECT_THAT(server.get("/layers/incidents").body, Not(HasSubstr(database().port())));
}

TEST_F(PostgisJourney, FieldsFiltersAndTimesChooseAsOfLocalLayers) {
    add_table("incidents");
    const auto& server = serve_tables();
    const std::string address = std::string(tile_of_incidents) + "?";

    EXPECT_THAT(server.get(address + "fields=state").body, Not(HasSubstr("people")));
    EXPECT_EQ(features_at(server, "filter=people%20%3C%209"), 9U);
    EXPECT_EQ(features_at(server, "filter=people%20%3C%209&time=2024-05-01"), 3U);
    EXPECT_EQ(features_at(server, "filter=people%20%3E%201000"), 0U);
    const auto day = server.get(address + "time=2024-05-02");
    EXPECT_THAT(day.body, AllOf(HasSubstr("2024-05-02"), Not(HasSubstr("2024-05-01"))));
    const auto latest = server.get(address + "time=latest");
    EXPECT_THAT(latest.body, AllOf(HasSubstr("2024-05-03"), Not(HasSubstr("2024-05-02"))));
    EXPECT_THAT(server.get(address + "time=nearest:2024-01-01").body, HasSubstr("2024-05-01"));
    EXPECT_EQ(server.get(address + "time=2023").status, 204);
    EXPECT_EQ(server.get(address + "filter=nothing%20%3E%203").status, 400);
    EXPECT_THAT(server.get(address + "aggregate=cluster&by=state").body,
                AllOf(HasSubstr("point_count"), HasSubstr("state:open")));
    const Json layer = server.json("/layers/incidents");
    EXPECT_EQ(layer["time_attribute"], "seen");
    EXPECT_EQ(layer["times"].size(), 3U);
}

TEST_F(PostgisJourney, AViewIsALayerToo) {
    add_table("public.open_incidents&key=id", {"--id", "open"});
    const auto& server = serve_tables();

    const Json point = server.json("/layers/open/point?lon=35.03&lat=33.77");

    ASSERT_EQ(point["features"].size(), 1U) << point;
    EXPECT_EQ(point["features"][0]["id"], 1);
    EXPECT_EQ(server.json("/layers/open")["features"], 30);
}

TEST_F(PostgisJourney, ANoticeMakesAnotherVersion) {
    database().run(
        "INSERT INTO incidents VALUES (900, 'late', 7, 1, '2024-05-01 12:00Z', NULL, "
        "ST_Transform(ST_SetSRID(ST_MakePoint(35.04, 33.771), 4326), 32636))");
    add_table("incidents");
    const auto& server = serve_tables();
    ASSERT_TRUE(eventually(
        [&] { return server.get(tile_of_incidents).body.find("late") != std::string::npos; }));
    const Json before = server.json("/layers/incidents");

    database().run("DELETE FROM incidents WHERE id = 900");

    EXPECT_TRUE(eventually(
        [&] { return server.get(tile_of_incidents).body.find("late") == std::string::npos; }));
    EXPECT_TRUE(eventually([&] { return server.json("/layers/incidents")["features"] == 60; }));
    EXPECT_NE(server.json("/layers/incidents")["version"], before["version"]);
}

TEST_F(PostgisJourney, AChangeThatNothingTellsOfIsFoundByAsking) {
    add_table("zones");
    const auto& server = serve_tables("200ms");
    const auto there = [&] { return server.get("/tiles/zones/3/4/3.mvt").status == 200; };
    ASSERT_FALSE(there());

    database().run("INSERT INTO zones VALUES (7, 'new', ST_MakeEnvelope(10, 10, 20, 20, 4326))");

    EXPECT_TRUE(eventually(there));
    database().run("DELETE FROM zones WHERE id = 7");
    EXPECT_TRUE(eventually([&] { return !there(); }));
}

TEST_F(PostgisJourney, AreasOverTheAntimeridianAndThePoleAreWhereTheyAre) {
    add_table("zones");
    const auto& server = serve_tables();

    const auto names = [&](const std::string& tile) {
        return server.get("/tiles/zones/" + tile + ".mvt").body;
    };

    EXPECT_THAT(names("5/31/17"), HasSubstr("fiji"));
    EXPECT_THAT(names("5/0/17"), HasSubstr("fiji"));
    EXPECT_THAT(names("5/31/15"), HasSubstr("fiji again"));
    EXPECT_THAT(names("5/0/15"), HasSubstr("fiji again"));
    EXPECT_THAT(names("10/1023/480"), HasSubstr("fiji again"));
    EXPECT_EQ(server.get("/tiles/zones/5/12/15.mvt").status, 204);
    EXPECT_THAT(names("5/16/0"), HasSubstr("north"));
}

TEST_F(PostgisJourney, NamesOfTablesAndColumnsAreNamesAndNothingElse) {
    const Told added = relief(
        {"add", database().address("public.Odd%3B%20name&geometry=the%20geom"), "--id", "odd"});
    EXPECT_EQ(added.status, 0) << added.errors;
    const Told none = relief({"add", database().address("incidents%22%3B%20DROP%20TABLE%20zones")});
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.errors, HasSubstr("there is no table"));
    EXPECT_EQ(relief({"add", database().address("incidents&geometry=state")}).status, 1);

    const auto& server = serve_tables();
    const auto tile = server.get("/tiles/odd/8/152/102.mvt");
    EXPECT_EQ(tile.status, 200) << tile.body;
    EXPECT_THAT(tile.body, HasSubstr("a\"b"));
}

TEST_F(PostgisJourney, ADatabaseMustBeAllowed) {
    testing::Program program({RELIEF_PROGRAM,
                              "--workspace",
                              workspace().string(),
                              "add",
                              database().address("incidents")});

    EXPECT_EQ(program.wait(), 1);
    EXPECT_THAT(program.errors(), AllOf(HasSubstr("sources"), Not(HasSubstr("tester"))));
}

TEST_F(PostgisJourney, APasswordStandsInAFileAndNowhereElse) {
    const std::string refused =
        "postgresql://visitor:pa55-word@127.0.0.1:" + database().port() + "/crisis?table=incidents";
    const Told told = relief({"add", refused});
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.errors, AllOf(HasSubstr("PGPASSFILE"), Not(HasSubstr("pa55"))));

    const std::string file = output("passwords");
    std::ofstream(file) << "127.0.0.1:" << database().port() << ":crisis:visitor:pa55-word\n";
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    const std::string address =
        "postgresql://visitor@127.0.0.1:" + database().port() + "/crisis?table=incidents";
    EXPECT_EQ(relief({"add", address}).status, 1) << "without the file it is let in";
    const Told good = relief({"add", address}, {"PGPASSFILE=" + file});
    EXPECT_EQ(good.status, 0) << good.errors;
    for (const auto& one : std::filesystem::recursive_directory_iterator(workspace())) {
        if (one.is_regular_file()) {
            EXPECT_THAT(testing::text_of(one.path()), Not(HasSubstr("pa55-word")));
        }
    }
}

TEST_F(PostgisJourney, WhileTheDatabaseIsAwayOnlyItsLayersAre) {
    add_table("incidents");
    add({write("dem.tif", heights())});
    auto& server = serve_tables();
    ASSERT_EQ(server.get(tile_of_incidents).status, 200);
    const std::string other = "/tiles/incidents/9/305/204.mvt";

    database().stop();

    Answer away;
    EXPECT_TRUE(eventually([&] {
        away = server.get(other);
        return away.status == 503;
    }));
    EXPECT_NE(away.header("retry-after"), "");
    EXPECT_THAT(away.body, Not(HasSubstr(database().port())));
    EXPECT_TRUE(eventually([&] {
        return server.get("/layers?problems=1").body.find("cannot be reached") != std::string::npos;
    }));
    EXPECT_THAT(server.program().errors(), HasSubstr("cannot be reached"));
    EXPECT_EQ(server.get("/tiles/dem/0/0/0.png").status, 200);
    EXPECT_EQ(server.get("/readyz").status, 200);

    database().start();

    EXPECT_TRUE(eventually([&] { return server.get(other).status == 200; }));
    EXPECT_TRUE(eventually([&] {
        return server.get("/layers?problems=1").body.find("cannot be reached") == std::string::npos;
    }));
}

TEST_F(PostgisJourney, ATableAboveLowIsThereForThoseOnlyWhoMaySeeIt) {
    add_table("incidents", {"--sensitivity", "severe"});
    const auto& server = serve_tables();

    EXPECT_EQ(server.get(tile_of_incidents).status, 404);
    EXPECT_FALSE(server.shows("incidents"));
    EXPECT_EQ(server.get("/tiles/incidents/tilejson.json").status, 404);
}

TEST_F(PostgisJourney, TheCommandLineDrawsTilesOfATable) {
    add_table("incidents");

    const Told tile =
        relief({"tile", "incidents", "8/152/102", "-o", output("tile.mvt"), "--json"});

    EXPECT_EQ(tile.status, 0) << tile.errors;
    EXPECT_EQ(Json::parse(tile.output)["features"], 60);
}

}  // namespace
}  // namespace relief::journey
