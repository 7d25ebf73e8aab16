// The layer of reports as everyone meets it, and as those do who try to learn more.

#include "tests/journey/access_journey.hpp"
#include "tiler/exact/exact_store.hpp"
#include "tiler/report/cell.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr report::Place town{36.817223, -1.286389};

class ShownReports : public AccessJourney {
protected:
    /// As another process would: the server notices.
    std::string store(const report::Draft& draft,
                      report::Status status = report::Status::verified) {
        exact::Arrival arrival;
        arrival.draft = draft;
        const auto receipts =
            exact().receive(std::span(&arrival, 1), {Sensitivity::low, true}, present_moment());
        EXPECT_TRUE(receipts);
        if (!receipts) return {};
        decide(receipts->front().id, status);
        return receipts->front().id;
    }
    void decide(const std::string& id, report::Status status) {
        exact::Change change;
        change.status = status;
        EXPECT_TRUE(exact().change(id, change, {"moderator", Role::moderator}, present_moment()));
    }
    exact::ExactStore& exact() {
        if (!exact_) exact_.emplace(std::move(*exact::ExactStore::open(workspace())));
        return *exact_;
    }
    void forget_exact() {
        exact_.reset();
        for (const char* const name : {"exact.db", "exact.db-wal", "exact.db-shm"})
            std::filesystem::remove(workspace() / name);
    }
    static report::Draft flood_at(const report::Place& place, const std::string& title) {
        report::Draft draft;
        draft.place = place;
        draft.title = title;
        draft.category = "flood";
        draft.severity = report::Severity::severe;
        draft.sensitivity = Sensitivity::low;
        draft.contact = "somebody";
        return draft;
    }
    static std::string tile_at(const report::Place& place,
                               int zoom,
                               const std::string& end = ".mvt") {
        const report::Spot cell =
            report::spot_of(report::cell_of(place, static_cast<std::uint8_t>(zoom)).path);
        return "/tiles/reports/" + std::to_string(zoom) + "/" + std::to_string(cell.x) + "/" +
               std::to_string(cell.y) + end;
    }
    static bool shows(const RunningRelief& server, const std::string& text) {
        return testing::eventually(
            [&] { return server.get(tile_at(town, 14)).body.find(text) != std::string::npos; });
    }

private:
    std::optional<exact::ExactStore> exact_;
};

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

/// What everyone may ask of the layer and of the place.
std::vector<std::string> open_addresses(const std::string& place) {
    return {"/",
            "/layers",
            "/layers/reports",
            "/layers/reports/legend.json",
            "/layers/reports/legend.svg",
            "/layers/reports/legend.png",
            "/layers/reports/statistics",
            "/layers/reports/preview.png",
            "/layers/reports/style.json",
            "/layers/reports/point?" + place,
            "/tiles/reports/tilejson.json",
            "/reports.json",
            "/reports",
            "/reports?limit=1000",
            "/styles",
            "/styles/reports.json",
            "/openapi.json",
            "/metrics",
            "/alerts",
            "/alerts.cap",
            "/alerts.rss",
            "/healthz",
            "/readyz",
            "/tiles/reports/0/0/0.mvt?filter=title%20=%20'canary'",
            "/tiles/reports/0/0/0.mvt?filter=nothing",
            "/tiles/reports/0/0/0.mvt?category=canary",
            "/tiles/reports/0/0/0.mvt?aggregate=square&cell=16"};
}

class CanaryReports : public ShownReports {
protected:
    /// Enough neighbours of another source each, so that something is shown of them at all.
    void store_canaries() {
        report::Draft draft = flood_at(town, "canary title of 0 4711");
        draft.sensitivity = Sensitivity::moderate;
        draft.description = "canary description: call +254 700 000000, @canary";
        draft.properties = R"({"phone":"canary phone","notes":"canary notes"})";
        draft.origin = "canary collection";
        for (int i = 0; i < 4; ++i) {
            draft.contact = "canary contact " + std::to_string(i);
            draft.origin_id = std::to_string(i);
            ids.push_back(store(draft));
        }
    }
    std::map<std::string, std::string> answers(const RunningRelief& server) const {
        std::map<std::string, std::string> all;
        const std::string place = "lon=36.817223&lat=-1.286389";
        std::vector<std::string> addresses = open_addresses(place);
        for (const int zoom : {0, 4, 8, 10, 12, 13, 14, 16, 18, 22}) {
            addresses.push_back(tile_at(town, zoom));
            addresses.push_back(tile_at(town, zoom, "/point?" + place));
        }
        for (const std::string& id : ids) {
            addresses.push_back("/reports/" + id);
            addresses.push_back("/reports/" + id + "/history");
        }
        for (const std::string& address : addresses)
            if (address != "/metrics") all[address] = server.get(address).body;
        return all;
    }

    std::vector<std::string> ids;
};

TEST_F(CanaryReports, AreInNoAnswerThatEveryoneGets) {
    const auto& server = serve();
    store_canaries();
    store(flood_at({37.5, -1}, "low and open"));
    ASSERT_TRUE(testing::eventually([&] {
        return server.get(tile_at({37.5, -1}, 14)).body.find("low and open") != std::string::npos;
    }));

    for (const auto& [address, body] : answers(server)) {
        EXPECT_EQ(body.find("canary title"), std::string::npos) << address;
        EXPECT_EQ(body.find("canary description"), std::string::npos) << address;
        EXPECT_EQ(body.find("canary phone"), std::string::npos) << address;
        EXPECT_EQ(body.find("canary notes"), std::string::npos) << address;
        EXPECT_EQ(body.find("canary contact"), std::string::npos) << address;
        EXPECT_EQ(body.find("canary collection"), std::string::npos) << address;
        EXPECT_EQ(body.find("254 700"), std::string::npos) << address;
        for (const std::string& id : ids) {
            if (address.find(id) != std::string::npos) continue;
            EXPECT_EQ(body.find(id), std::string::npos) << address;
        }
    }
}

TEST_F(CanaryReports, AndAllAnswersAreTheSameWithoutTheExactOnes) {
    auto& with = serve();
    store_canaries();
    store(flood_at(town, "low and open"));
    ASSERT_TRUE(shows(with, "low and open"));
    const auto before = answers(with);
    with.program().signal(SIGTERM);
    ASSERT_EQ(with.program().wait(), 0);
    forget_exact();

    const auto& server = serve();
    ASSERT_TRUE(shows(server, "low and open"));
    const auto after = answers(server);

    for (const auto& [address, body] : before) {
        if (address == "/readyz" || address.starts_with("/openapi")) continue;
        EXPECT_EQ(after.at(address), body) << address;
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
    EXPECT_FALSE(seen_by(bearer(viewer)));
    EXPECT_EQ(server.get(tile_at(town, 14), bearer(moderator)).header("cache-control"),
              "private, no-store");
}

TEST_F(ShownReports, AreSuspendedFromEveryAnswer) {
    const auto& server = serve();
    store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));
    relief({"suspend", "reports"});

    EXPECT_TRUE(testing::eventually([&] { return server.get(tile_at(town, 14)).status == 404; },
                                    std::chrono::seconds(5)));
    EXPECT_EQ(server.get("/layers/reports").status, 404);
    EXPECT_EQ(server.get(tile_at(town, 14, ".png")).status, 404);
    EXPECT_FALSE(server.shows("reports"));
}

}  // namespace
}  // namespace relief::journey
