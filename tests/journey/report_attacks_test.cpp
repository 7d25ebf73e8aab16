// What somebody tries who may ask anything of the public server, as often as they like: the attacks
// of privacy.md (P2, P3, P5, P7, P11) over HTTP.

#include "tests/journey/shown_journey.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace relief::journey {
namespace {

using ::testing::IsEmpty;

class ReportAttacks : public ShownJourney {
protected:
    /// Of another source each, all at the very place.
    void store_crowd(const report::Place& place, const std::vector<std::string>& categories) {
        for (std::size_t i = 0; i < categories.size(); ++i) {
            report::Draft draft = flood_at(place, "in the crowd");
            draft.category = categories[i];
            draft.sensitivity = Sensitivity::moderate;
            draft.contact = "source " + std::to_string(i);
            store(draft, long_ago());
        }
    }
    RunningRelief& serve_crowd() {
        auto& server = serve({"--cache-size", "0"});
        EXPECT_TRUE(eventually([&] { return server.get(tile_at(town, 14)).status == 200; }));
        return server;
    }
    /// Where between `no` and `yes` the answer turns, as near as a millionth of the way.
    static double turning_point(double no, double yes, const std::function<bool(double)>& ask) {
        EXPECT_TRUE(ask(yes));
        EXPECT_FALSE(ask(no));
        for (int i = 0; i < 20; ++i) {
            const double middle = (no + yes) / 2;
            (ask(middle) ? yes : no) = middle;
        }
        return yes;
    }
    static std::string point_at(double longitude, double latitude) {
        return "/layers/reports/point?lon=" + std::to_string(longitude) +
               "&lat=" + std::to_string(latitude);
    }
    static bool tells_of(const RunningRelief& server, double longitude, double latitude) {
        return !server.json(point_at(longitude, latitude))["features"].empty();
    }
    static std::int64_t count_at_town(const RunningRelief& server, const std::string& query) {
        std::int64_t all = 0;
        const auto found = server.json(point_at(town.longitude, town.latitude) + query);
        for (const auto& feature : found["features"])
            all += feature["properties"]["point_count"].get<std::int64_t>();
        return all;
    }
    /// Status, body and all that caches go by.
    using Seen = std::tuple<int, std::string, std::string, std::string, std::string, std::string>;
    static Seen seen(const RunningRelief& server, const std::string& address) {
        const auto answer = server.get(address);
        return {answer.status,
                answer.body,
                answer.header("etag"),
                answer.header("last-modified"),
                answer.header("cache-control"),
                answer.header("x-relief-empty")};
    }
    const report::Cell cell = report::cell_of(town, 15);
    const LonLatBox box = report::box_of(cell);
};

// P2: by yes-or-no questions about places.
TEST_F(ReportAttacks, ByBisectionOfPointsFindTheCellAndNoLess) {
    store_crowd(town, {"flood", "flood", "flood"});
    const auto& server = serve_crowd();
    const auto at_longitude = [&](double east) { return tells_of(server, east, town.latitude); };
    const auto at_latitude = [&](double north) { return tells_of(server, town.longitude, north); };
    constexpr double finger = 2e-4;  // degrees: what is asked of a place reaches 10 m

    EXPECT_NEAR(turning_point(box.west - 0.1, town.longitude, at_longitude), box.west, finger);
    EXPECT_NEAR(turning_point(box.east + 0.1, town.longitude, at_longitude), box.east, finger);
    EXPECT_NEAR(turning_point(box.south - 0.1, town.latitude, at_latitude), box.south, finger);
    EXPECT_NEAR(turning_point(box.north + 0.1, town.latitude, at_latitude), box.north, finger);
    for (const double share : {0.1, 0.5, 0.9})
        EXPECT_TRUE(at_longitude(box.west + (box.east - box.west) * share));
}

// P2, P4: by the tiles that are empty and those that are not.
TEST_F(ReportAttacks, ByTheDeepestTilesFindTheCellAndNoLess) {
    store_crowd(town, {"flood", "flood", "flood"});
    const auto& server = serve_crowd();
    const auto holds = [&](double longitude) {
        return server.get(tile_at({longitude, town.latitude}, 22)).status == 200;
    };
    const double tile = 360 / std::exp2(22);  // of neighbours too: their buffers meet the edge

    EXPECT_NEAR(turning_point(box.west - 0.1, town.longitude, holds), box.west, 2 * tile);
    EXPECT_NEAR(turning_point(box.east + 0.1, town.longitude, holds), box.east, 2 * tile);
}

// P2: by ever smaller boxes of the list.
TEST_F(ReportAttacks, ByBoxesOfTheListFindNothing) {
    store_crowd(town, {"flood", "flood", "flood"});
    const auto& server = serve_crowd();
    for (const char* const where : {"", "&bbox=-180,-90,180,90", "&bbox=36.81,-1.29,36.82,-1.28"})
        EXPECT_THAT(server.json("/reports?limit=1000" + std::string(where))["features"], IsEmpty());
}

// P3: what is asked again says the same, after a restart too.
TEST_F(ReportAttacks, ByAveragingGainNothing) {
    store_crowd(town, {"flood", "flood", "flood", "flood", "flood"});
    auto& server = serve_crowd();
    std::set<std::string> answers;
    const auto ask = [&](const RunningRelief& asked) {
        for (const int zoom : {4, 12, 15, 20}) {
            const auto answer = asked.get(tile_at(town, zoom));
            answers.insert(std::to_string(zoom) + answer.header("etag") + answer.body);
        }
    };

    for (int i = 0; i < 40; ++i) ask(server);
    end(server);
    ask(serve_crowd());

    EXPECT_EQ(answers.size(), 4U);
}

// P5: a part taken from the whole, in every way that a filter cuts it.
TEST_F(ReportAttacks, ByTakingPartsFromTotalsIsolateNobody) {
    store_crowd(town, {"flood", "flood", "flood", "flood", "flood", "flood", "fire", "fire"});
    const auto& server = serve_crowd();
    const auto all = count_at_town(server, "");
    EXPECT_EQ(all, 6) << "in steps of three";

    for (const std::string part : {"&category=flood",
                                   "&category=fire",
                                   "&category=flood,fire",
                                   "&status=verified",
                                   "&status=new",
                                   "&since=9d",
                                   "&until=2001-01-01",
                                   "&filter=severity%20=%20'severe'",
                                   "&filter=category%20=%20'fire'",
                                   "&filter=point_count%20%3E%203"}) {
        const auto count = count_at_town(server, part);
        EXPECT_TRUE(count == 0 || count >= 3) << part << ": " << count;
        EXPECT_TRUE(all == count || all - count >= 3) << part << ": " << count;
    }
}

// P7, P11: a report that may not be seen yet comes in, is seen by moderators, and changes nothing.
TEST_F(ReportAttacks, ByWatchingWhatChangesLearnNothing) {
    store_crowd(town, {"flood", "flood", "flood"});
    const auto moderator = bearer(make_token({"--role", "moderator"}));
    const auto& server = serve();
    ASSERT_TRUE(eventually([&] { return server.get(tile_at(town, 14)).status == 200; }));
    std::map<std::string, Seen> before;
    for (const auto& address : open_addresses()) before[address] = seen(server, address);

    const report::Place beside{town.longitude + 0.004, town.latitude};
    auto draft = flood_at(beside, "new and high");
    draft.sensitivity = Sensitivity::high;
    draft.contact = "another source";
    store(draft);
    ASSERT_TRUE(eventually([&] {
        return server.get(tile_at(beside, 18), moderator).body.find("new and high") !=
               std::string::npos;
    }));

    for (const auto& [address, answer] : before)
        EXPECT_EQ(seen(server, address), answer) << address;
    EXPECT_EQ(server.get(tile_at(town, 14)).header("x-cache"), "HIT") << "nor was a cache cleared";
}

// P11: what a moderator was shown first is in no cache for others.
TEST_F(ReportAttacks, ByAskingAfterAModeratorLearnNothing) {
    auto draft = flood_at(town, "exact and high");
    draft.sensitivity = Sensitivity::high;
    store(draft, long_ago());
    store(flood_at({37.5, -1}, "low and open"));
    const auto moderator = bearer(make_token({"--role", "moderator"}));
    const auto analyst = bearer(make_token({"--role", "analyst"}));
    const auto& server = serve();
    ASSERT_TRUE(eventually([&] {
        return server.get(tile_at(town, 18), moderator).body.find("exact and high") !=
               std::string::npos;
    }));

    for (const std::string& address : open_addresses()) {
        const auto exact = server.get(address, moderator);
        const auto blurred = server.get(address, analyst);
        EXPECT_EQ(blurred.body.find("exact and high"), std::string::npos) << address;
        const auto open = server.get(address);
        EXPECT_EQ(open.body.find("exact and high"), std::string::npos) << address;
        if (exact.body != open.body && address.find("reports") != std::string::npos) {
            EXPECT_EQ(exact.header("cache-control"), "private, no-store") << address;
        }
    }
}

// P11: where something is withheld looks like where nothing is.
TEST_F(ReportAttacks, ByTheLookOfWithheldPlacesLearnNothing) {
    auto draft = flood_at(town, "withheld");
    draft.sensitivity = Sensitivity::high;
    store(draft, long_ago());
    store(flood_at({37.5, -1}, "low and open"));
    const auto moderator = bearer(make_token({"--role", "moderator"}));
    const auto& server = serve();
    ASSERT_TRUE(eventually([&] { return server.get(tile_at(town, 14), moderator).status == 200; }));
    const report::Place desert{town.longitude + 0.2, town.latitude + 0.2};
    const auto headers_of = [&](const std::string& address) {
        std::set<std::string> lines;
        for (const auto& [name, value] : server.get(address).headers) {
            if (name == "date" || name == "x-request-id" || name == "server-timing" ||
                name == "etag")
                continue;
            std::string line = name;
            // An age grows from one question to the next.
            if (name != "x-relief-age") line.append(": ").append(value);
            lines.insert(std::move(line));
        }
        return lines;
    };

    for (const std::string end : {".mvt", ".png", ".mvt?aggregate=square", ".png?style=heat"}) {
        const auto there = server.get(tile_at(town, 14, end));
        const auto nowhere = server.get(tile_at(desert, 14, end));
        EXPECT_EQ(there.status, nowhere.status) << end;
        EXPECT_EQ(there.body, nowhere.body) << end;
        EXPECT_EQ(headers_of(tile_at(town, 14, end)), headers_of(tile_at(desert, 14, end))) << end;
    }
    EXPECT_EQ(server.get(point_at(town.longitude, town.latitude)).body,
              server.get(point_at(desert.longitude, desert.latitude)).body);
}

}  // namespace
}  // namespace relief::journey
