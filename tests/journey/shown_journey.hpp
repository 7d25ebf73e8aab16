#pragma once
// A server that shows reports, and another process that stores them.

#include "tests/journey/access_journey.hpp"
#include "tiler/exact/exact_store.hpp"
#include "tiler/report/cell.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace relief::journey {

inline constexpr report::Place town{36.817223, -1.286389};

class ShownJourney : public AccessJourney {
protected:
    /// As another process would: the server notices.
    std::string store(const report::Draft& draft, Instant received = present_moment()) {
        exact::Arrival arrival;
        arrival.draft = draft;
        arrival.draft.status = report::Status::verified;
        const auto receipts =
            exact().receive(std::span(&arrival, 1), {Sensitivity::low, true}, received);
        EXPECT_TRUE(receipts);
        return receipts ? receipts->front().id : std::string();
    }
    /// Of a time that lies before the last batch, whatever the level waits for.
    static Instant long_ago() {
        constexpr std::int64_t days_ms = std::int64_t{24} * 3600 * 1000;
        return {present_moment().milliseconds - 10 * days_ms};
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
    static void end(RunningRelief& server) {
        server.program().signal(SIGTERM);
        EXPECT_EQ(server.program().wait(), 0);
    }
    /// What everyone may ask of the layer and of the town.
    static std::vector<std::string> open_addresses() {
        const std::string place = "lon=36.817223&lat=-1.286389";
        std::vector<std::string> all{"/",
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
                                     "/reports?bbox=36.81,-1.29,36.82,-1.28",
                                     "/styles",
                                     "/styles/reports.json",
                                     "/openapi.json",
                                     "/alerts",
                                     "/alerts.cap",
                                     "/alerts.rss",
                                     "/healthz",
                                     "/tiles/reports/0/0/0.mvt?filter=title%20=%20'canary'",
                                     "/tiles/reports/0/0/0.mvt?filter=nothing",
                                     "/tiles/reports/0/0/0.mvt?category=canary",
                                     "/tiles/reports/0/0/0.mvt?aggregate=square&cell=16"};
        for (const int zoom : {0, 4, 8, 10, 12, 13, 14, 16, 18, 22}) {
            all.push_back(tile_at(town, zoom));
            all.push_back(tile_at(town, zoom, ".png"));
            all.push_back(tile_at(town, zoom, "/point?" + place));
        }
        return all;
    }

private:
    std::optional<exact::ExactStore> exact_;
};

}  // namespace relief::journey
