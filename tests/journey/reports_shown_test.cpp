// The layer of reports as everyone meets it.

#include "tests/journey/shown_journey.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ShownReports : public ShownJourney {};

TEST_F(ShownReports, AreInTheTileWithinASecond) {
    const auto& server = serve();
    store(flood_at(town, "water in the street"));
    const auto begin = std::chrono::steady_clock::now();

    ASSERT_TRUE(shows(server, "water in the street"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST_F(ShownReports, AreNeverAnsweredFromACacheWithoutAsking) {
    const auto& server = serve();
    store(flood_at(town, "first"));
    ASSERT_TRUE(shows(server, "first"));

    const auto before = server.get(tile_at(town, 14));
    const auto again = server.get(tile_at(town, 14));
    store(flood_at(town, "second"));
    ASSERT_TRUE(testing::eventually(
        [&] { return server.get(tile_at(town, 14)).header("etag") != before.header("etag"); }));
    const auto after =
        server.get(tile_at(town, 14), "If-None-Match: " + before.header("etag") + "\r\n");

    EXPECT_EQ(before.header("cache-control"), "no-cache");
    EXPECT_EQ(again.header("x-cache"), "HIT");
    EXPECT_EQ(after.status, 200);
    // Where the disk keeps tiles, none of them is there.
    std::string kept;
    std::error_code none;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(workspace() / "cache", none))
        if (file.is_regular_file()) {
            std::ifstream stream(file.path(), std::ios::binary);
            kept.append(std::istreambuf_iterator<char>(stream), {});
        }
    EXPECT_THAT(kept, Not(HasSubstr("first")));
}

TEST_F(ShownReports, AreGoneWhenTheyAreRejectedOrErased) {
    const auto& server = serve();
    const auto rejected = store(flood_at(town, "to be rejected"));
    const auto erased = store(flood_at({36.8173, -1.28645}, "to be erased"));
    ASSERT_TRUE(
        testing::eventually([&] { return server.json("/layers/reports")["features"] == 2; }));

    decide(rejected, report::Status::rejected);
    EXPECT_TRUE(exact().erase(erased));

    EXPECT_TRUE(testing::eventually([&] { return server.get(tile_at(town, 14)).status == 204; }));
    EXPECT_EQ(server.get(tile_at(town, 2)).status, 204);
}

TEST_F(ShownReports, AreALayerLikeAnyOther) {
    const auto& server = serve();
    store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));

    const auto layer = server.json("/layers/reports");
    const auto tilejson = server.json("/tiles/reports/tilejson.json");
    const auto point = server.json("/layers/reports/point?lon=36.817223&lat=-1.286389");
    const auto legend = server.json("/layers/reports/legend.json");

    EXPECT_EQ(layer["kind"], "reports");
    EXPECT_EQ(layer["sensitivity"], "low");
    EXPECT_NEAR(layer["bounds"][0].get<double>(), town.longitude, 1e-5);
    EXPECT_TRUE(tilejson["vector_layers"][0]["fields"].contains("point_count"));
    ASSERT_EQ(point["features"].size(), 1U) << point;
    EXPECT_EQ(point["features"][0]["properties"]["title"], "water");
    EXPECT_FALSE(point.contains("lon") || point.contains("lat")) << "what was asked stays unsaid";
    EXPECT_GE(legend["entries"].size(), 2U) << legend;
    EXPECT_TRUE(server.shows("reports"));
}

TEST_F(ShownReports, AreChosenByWhatTheyAre) {
    const auto& server = serve();
    store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));
    const auto status = [&](const char* query) {
        return server.get(tile_at(town, 14) + query).status;
    };

    EXPECT_EQ(status("?category=flood"), 200);
    EXPECT_EQ(status("?category=fire"), 204);
    EXPECT_EQ(status("?status=verified"), 200);
    EXPECT_EQ(status("?status=new"), 204);
    EXPECT_EQ(status("?since=24h"), 200);
    EXPECT_EQ(status("?until=2001-01-01"), 204);
    EXPECT_EQ(status("?filter=severity%20=%20'severe'"), 200);
    EXPECT_EQ(status("?status=maybe"), 400);
    EXPECT_EQ(status("?since=soon"), 400);
    EXPECT_EQ(status("?sum=point_count&aggregate=square"), 400);
    EXPECT_EQ(status("?aggregate=hexagon"), 200);
}

TEST_F(ShownReports, AreDrawnAsPicturesAndAsHeat) {
    const auto& server = serve();
    store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));

    for (const char* const query : {"", "?style=heat", "?aggregate=hexagon"}) {
        const auto picture = server.get(tile_at(town, 12, ".png") + query);
        EXPECT_EQ(picture.status, 200) << query << picture.body;
        EXPECT_EQ(picture.header("content-type"), "image/png");
        EXPECT_EQ(picture.header("x-relief-empty"), "") << query;
    }
}

TEST_F(ShownReports, AreSeenExactlyByModeratorsAlone) {
    const auto moderator = make_token({"--role", "moderator"});
    const auto viewer = make_token({"--role", "viewer"});
    const auto& server = serve();
    auto draft = flood_at(town, "exact and high");
    draft.sensitivity = Sensitivity::high;
    store(draft);
    const auto seen_by = [&](const std::string& who) {
        return server.get(tile_at(town, 14), who).body.find("exact and high") != std::string::npos;
    };

    EXPECT_TRUE(eventually([&] { return seen_by(bearer(moderator)); }));
    EXPECT_FALSE(seen_by({}));
    const std::string listed = R"("id":"reports")";
    EXPECT_THAT(server.get("/layers", bearer(moderator)).body, ::testing::HasSubstr(listed));
    EXPECT_THAT(server.get("/layers").body, ::testing::Not(::testing::HasSubstr(listed)));
    EXPECT_FALSE(seen_by(bearer(viewer)));
    EXPECT_EQ(server.get(tile_at(town, 14), bearer(moderator)).header("cache-control"),
              "private, no-store");
}

TEST_F(ShownReports, AreNotCountedByMetricsWhereTheyAreHidden) {
    const auto moderator = make_token({"--role", "moderator"});
    const auto& server = serve();
    const auto counted = [&] {
        // Not one that was kept: a new one counts the answers of before.
        const auto old = server.get("/metrics").body;
        std::string fresh;
        testing::eventually([&] { return (fresh = server.get("/metrics").body) != old; });
        std::istringstream text(fresh);
        std::string lines;
        for (std::string line; std::getline(text, line);)
            if (line.starts_with("relief_event") || line.find("\"reports\"") != std::string::npos)
                lines += line + '\n';
        return lines;
    };
    const auto hide = [&](int number) {
        const report::Place place{town.longitude + 0.1 * number, town.latitude};
        auto draft = flood_at(place, "hidden");
        draft.sensitivity = Sensitivity::high;
        store(draft);
        return testing::eventually([&] {
            const auto tile = server.get(tile_at(place, 14), bearer(moderator)).body;
            return tile.find("hidden") != std::string::npos;
        });
    };
    ASSERT_TRUE(hide(0));
    const auto before = counted();
    ASSERT_THAT(before, HasSubstr("relief_events_total"));
    ASSERT_THAT(before, HasSubstr("relief_memory_bytes{consumer=\"reports\"}"));

    for (int i = 1; i <= 20; ++i) ASSERT_TRUE(hide(i));

    EXPECT_EQ(counted(), before);
}

TEST_F(ShownReports, AreSuspendedFromEveryAnswer) {
    const auto& server = serve();
    const auto id = "/reports/" + store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));
    ASSERT_EQ(server.get(id).status, 200);
    relief({"suspend", "reports"});

    EXPECT_TRUE(testing::eventually([&] { return server.get(tile_at(town, 14)).status == 404; },
                                    std::chrono::seconds(5)));
    EXPECT_EQ(server.get("/layers/reports").status, 404);
    EXPECT_EQ(server.get(tile_at(town, 14, ".png")).status, 404);
    EXPECT_FALSE(server.shows("reports"));
    EXPECT_EQ(server.json("/reports")["features"].size(), 0U);
    EXPECT_EQ(server.get(id).status, 404);
}

}  // namespace
}  // namespace relief::journey
