// Reports over HTTP: taken, found again, decided on, and shown to whom they may be shown.

#include "tests/journey/reports_journey.hpp"

#include <thread>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Reports : public ReportsJourney {};

TEST_F(Reports, AreFoundByModeratorsAsTheyWereSent) {
    const auto& server = serve_reports();

    const auto path =
        path_of(report(server, feature(36.5, -1.25, {{"title", "Hello مرحبا"}, {"check", "x"}})));

    const auto found = server.get(path, moderator);
    EXPECT_EQ(found.status, 200);
    EXPECT_EQ(found.header("content-type"), "application/geo+json");
    EXPECT_EQ(found.header("cache-control"), "private, no-store");
    EXPECT_EQ(found.header("etag"), "");
    const auto document = Json::parse(found.body);
    EXPECT_EQ(document["geometry"]["coordinates"], Json::array({36.5, -1.25}));
    EXPECT_EQ(document["properties"]["title"], "Hello مرحبا");
    EXPECT_EQ(document["properties"]["status"], "new");
    EXPECT_EQ(document["properties"]["sensitivity"], "high") << "the house's, where none is asked";
    EXPECT_EQ(document["properties"]["time"], "2024-05-01T10:00:00Z");
    EXPECT_EQ(document["properties"]["check"], "x");
    EXPECT_EQ(path, "/reports/" + document["id"].get<std::string>());
}

TEST_F(Reports, AboveLowAreAbsentToAllOthersInEveryWay) {
    const auto viewer = bearer(make_token({"--role", "viewer"}));
    const auto analyst = bearer(make_token({"--role", "analyst"}));
    const auto elsewhere = bearer(make_token({"--role", "moderator", "--layers", "dem"}));
    const auto& server = serve_reports();
    const auto path = path_of(report(server, feature(36.5, -1.25)));
    const std::string absent = "/reports/" + std::string(26, 'a');
    const auto unnamed = [](std::string body, const std::string& asked) {
        return body.replace(body.find(asked.substr(9)), 26, "ID");
    };

    for (const std::string& who : {std::string(), viewer, analyst, elsewhere}) {
        for (const std::string part : {"", "/history"}) {
            const auto hidden = server.get(path + part, who);
            const auto none = server.get(absent + part, who);
            EXPECT_EQ(hidden.status, 404);
            EXPECT_EQ(unnamed(hidden.body, path), unnamed(none.body, absent));
            EXPECT_EQ(hidden.headers.size(), none.headers.size());
        }
        EXPECT_THAT(titles(read(server, "/reports", who)), IsEmpty());
        EXPECT_THAT(change(server, path, {{"status", "verified"}}, who).status,
                    who.empty() ? 401 : 403);
        EXPECT_EQ(change(server, absent, {{"status", "verified"}}, who).status,
                  who.empty() ? 401 : 403);
    }
    EXPECT_EQ(read(server, path, moderator)["properties"]["status"], "new");
}

TEST_F(Reports, OfAFormArriveToo) {
    const auto& server = serve_reports();

    const auto path = path_of(send(server,
                                   {.target = "/reports",
                                    .body = "lon=36.5&lat=-1.25&title=form+%E2%9C%93&website=",
                                    .type = "application/x-www-form-urlencoded"}));

    EXPECT_EQ(read(server, path, moderator)["properties"]["title"], "form ✓");
}

TEST_F(Reports, AreRefusedWithTheNameOfWhatIsWrong) {
    const auto& server = serve_reports();
    const auto refused = [&](const AccessJourney::Post& post) {
        const auto answer = send(server, post);
        EXPECT_EQ(answer.header("content-type"), "application/problem+json");
        return std::pair(answer.status, Json::parse(answer.body)["detail"].get<std::string>());
    };
    const auto geojson = [&](const std::string& body) {
        return refused({.target = "/reports", .body = body, .type = "application/geo+json"});
    };

    EXPECT_THAT(geojson(feature(10, 95)), ::testing::Pair(400, HasSubstr("latitude")));
    EXPECT_THAT(geojson(feature(1, 2, {{"severity", "huge"}})),
                ::testing::Pair(400, AllOf(HasSubstr("severity"), HasSubstr("huge"))));
    EXPECT_THAT(refused({.target = "/reports",
                         .body = "lon=1&lat=1&website=spam",
                         .type = "application/x-www-form-urlencoded"}),
                ::testing::Pair(400, HasSubstr("website")));
    EXPECT_THAT(refused({.target = "/reports", .body = "<a/>", .type = "text/xml"}),
                ::testing::Pair(415, HasSubstr("text/xml")));
    EXPECT_THAT(geojson(std::string(1'100'000, ' ')), ::testing::Pair(413, HasSubstr("larger")));
    EXPECT_EQ(report(server, feature(1, 2), "Idempotency-Key: \r\n").status, 400);
    EXPECT_THAT(titles(read(server, "/reports", moderator)), IsEmpty());
}

TEST_F(Reports, SentAgainUnderTheirKeyAreTheSame) {
    auto* server = &serve_reports();
    const std::string key = "Idempotency-Key: 5f0c\r\n";
    const auto first = path_of(report(*server, feature(1, 2), key));
    server->program().signal(SIGTERM);
    server->program().wait();

    server = &serve_reports();

    EXPECT_EQ(path_of(report(*server, feature(1, 2), key)), first);
    const auto other = report(*server, feature(1, 3), key);
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.header("content-type"), "application/problem+json");
    EXPECT_NE(path_of(report(*server, feature(1, 3), key + moderator)), first)
        << "keys of a token are its own";
    EXPECT_EQ(read(*server, "/reports", moderator)["features"].size(), 2U);
}

TEST_F(Reports, AreDecidedOnByModeratorsWithAHistory) {
    const auto admin = make_token({"--role", "admin"});
    const auto token = make_token({"--role", "moderator"});
    const auto& server = serve_reports();
    const auto path = path_of(report(server, feature(36.5, -1.25)));

    const auto changed = change(
        server,
        path,
        {{"status", "verified"}, {"sensitivity", "low"}, {"confidence", "B2"}, {"note", "rang"}},
        bearer(token));

    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(Json::parse(changed.body)["properties"]["sensitivity"], "low");
    const auto history = read(server, path + "/history", moderator)["entries"];
    ASSERT_EQ(history.size(), 5U);
    EXPECT_EQ(history[1]["who"], token["id"]);
    EXPECT_EQ(history[1]["before"], "new");
    EXPECT_EQ(history[1]["after"], "verified");
    EXPECT_EQ(history[4]["after"], "rang");
    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "policy-change"},
                            {"actor", token["id"]},
                            {"object", path.substr(9)},
                            {"level", "low"}}));
}

TEST_F(Reports, ThatAreSevereAreShownForAReasonThatTheLogKeeps) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_reports();
    const auto path = path_of(report(server, feature(36.5, -1.25, {{"sensitivity", "severe"}})));

    EXPECT_EQ(server.get(path, moderator).status, 403);
    EXPECT_EQ(server.get(path + "/history", moderator).status, 403);
    EXPECT_EQ(change(server, path, {{"note", "x"}}, moderator).status, 403);
    EXPECT_EQ(server.get(path + "?reason=curiosity", moderator).status, 400);
    EXPECT_THAT(titles(read(server, "/reports", moderator)), IsEmpty());
    EXPECT_EQ(titles(read(server, "/reports?reason=review", moderator)).size(), 1U);
    EXPECT_EQ(server.get(path + "?reason=response", moderator).status, 200);
    EXPECT_EQ(server.get(path + "?reason=response").status, 404) << "no moderator";
    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "view-exact"},
                            {"object", path.substr(9)},
                            {"level", "severe"},
                            {"reason", "response"}}));
}

TEST_F(Reports, ThatAreSevereAreInTheLogHoweverTheyAreRead) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_reports();
    const auto severe = [&] {
        return path_of(report(server, feature(36.5, -1.25, {{"sensitivity", "severe"}})));
    };
    const auto is_kept = [&](const std::string& path, const char* action, const char* reason) {
        return is_audited(server,
                          admin,
                          {{"action", action},
                           {"object", path.substr(9)},
                           {"level", "severe"},
                           {"reason", reason}});
    };

    const auto unchanged = severe();
    const auto answer =
        change(server, unchanged + "?reason=review", {{"sensitivity", "severe"}}, moderator);
    EXPECT_THAT(answer.body, HasSubstr("36.5")) << "all of it, though nothing was changed";
    EXPECT_TRUE(is_kept(unchanged, "view-exact", "review"));

    const auto of_history = severe();
    EXPECT_EQ(server.get(of_history + "/history?reason=response", moderator).status, 200);
    EXPECT_TRUE(is_kept(of_history, "view-exact", "response"));

    const auto corrected = severe();
    change(server, corrected + "?reason=correction", {{"title", "Road closed"}}, moderator);
    EXPECT_TRUE(is_kept(corrected, "correct", "correction"));
}

TEST_F(Reports, AreNotDecidedOnByWordsThatNobodyKnows) {
    const auto& server = serve_reports();
    const auto path = path_of(report(server, feature(36.5, -1.25)));
    const auto refused = [&](const Json& body) {
        const auto answer = change(server, path, body, moderator);
        EXPECT_EQ(answer.status, 400) << body;
        return Json::parse(answer.body)["detail"].get<std::string>();
    };

    EXPECT_THAT(refused({{"status", "maybe"}}),
                AllOf(HasSubstr("maybe"), HasSubstr("verified"), HasSubstr("rejected")));
    EXPECT_THAT(refused({{"sensitivity", "none"}}), HasSubstr("moderate"));
    EXPECT_THAT(refused({{"confidence", "Z9"}}), HasSubstr("A1"));
    EXPECT_THAT(refused({{"duplicate_of", "nobody"}}), HasSubstr("nobody"));
    EXPECT_THAT(refused({{"stauts", "verified"}}), HasSubstr("nothing to change"));
    EXPECT_THAT(refused(Json::array()), HasSubstr("object"));
}

TEST_F(Reports, AreDecidedOnTogether) {
    const auto& server = serve_reports();
    const auto one = path_of(report(server, feature(1, 2))).substr(9);
    const auto other = path_of(report(server, feature(1, 2))).substr(9);
    const Json wish{{"ids", {one, "nobody", other}}, {"status", "rejected"}};

    EXPECT_EQ(change(server, "/reports", wish, {}).status, 401);
    const auto answer = Json::parse(change(server, "/reports", wish, moderator).body);

    EXPECT_EQ(answer["changed"], Json::array({one, other}));
    ASSERT_EQ(answer["failed"].size(), 1U);
    EXPECT_EQ(answer["failed"][0]["id"], "nobody");
    EXPECT_EQ(read(server, "/reports?status=rejected", moderator)["features"].size(), 2U);
    EXPECT_EQ(change(server, "/reports", {{"ids", Json::array()}}, moderator).status, 400);
}

TEST_F(Reports, ThatMayTellOfTheSameAreSuggestedToModerators) {
    const auto& server = serve_reports();
    const auto first = path_of(report(server, feature(36.5, -1.25, {{"title", "Bridge down"}})));
    path_of(report(server, feature(38, 2, {{"title", "Bridge down"}})));
    const auto again =
        path_of(report(server, feature(36.5001, -1.25, {{"title", "bridge down!"}})));

    const auto similar = read(server, again + "/similar", moderator)["similar"];

    ASSERT_EQ(similar.size(), 1U);
    EXPECT_EQ("/reports/" + similar[0]["report"]["id"].get<std::string>(), first);
    EXPECT_NEAR(similar[0]["distance_m"].get<double>(), 11.1, 0.1);
    EXPECT_GT(similar[0]["score"].get<double>(), 0.8);
    EXPECT_EQ(server.get(again + "/similar").status, 404);
    const auto merged = change(server, again, {{"duplicate_of", first.substr(9)}}, moderator);
    EXPECT_EQ(Json::parse(merged.body)["properties"]["status"], "duplicate");
}

TEST_F(Reports, ThatAreErasedAreGoneAndOnlyTheLogSaysThatTheyWere) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_reports();
    const auto path = path_of(report(server, feature(36.5, -1.25, {{"title", "canary-7351"}})));
    const auto erase = [&](const std::string& who) {
        return send(server, {.target = path, .body = "", .headers = who, .method = "DELETE"})
            .status;
    };

    EXPECT_EQ(erase({}), 401);
    EXPECT_EQ(erase(moderator), 204);
    EXPECT_EQ(erase(moderator), 404);

    EXPECT_EQ(server.get(path, moderator).status, 404);
    EXPECT_EQ(server.get(path + "/history", moderator).status, 404);
    EXPECT_TRUE(is_audited(server, admin, {{"action", "delete"}, {"object", path.substr(9)}}));
    for (const auto& file : std::filesystem::recursive_directory_iterator(workspace()))
        if (file.is_regular_file()) {
            EXPECT_THAT(testing::text_of(file.path()), Not(HasSubstr("canary-7351")))
                << file.path();
        }
}

TEST_F(Reports, AreListedByWhatIsAskedInPages) {
    const auto& server = serve_reports();
    for (int i = 0; i < 7; ++i)
        path_of(report(
            server,
            feature(36 + i * 0.0001,
                    5,
                    {{"title", std::to_string(i)}, {"category", i % 2 == 1 ? "flood" : "fire"}})));
    const auto list = [&](const std::string& query) {
        return titles(read(server, "/reports" + query, moderator));
    };

    EXPECT_THAT(list(""), ElementsAre("6", "5", "4", "3", "2", "1", "0"));
    EXPECT_THAT(list("?category=flood"), ElementsAre("5", "3", "1"));
    EXPECT_THAT(list("?bbox=35.9,4,36.00015,6"), ElementsAre("1", "0"));
    EXPECT_THAT(list("?until=2001-01-01"), IsEmpty());
    EXPECT_THAT(list("?since=2024-05-01&until=2024-05-01&status=new,verified&limit=2"),
                ElementsAre("6", "5"));

    std::vector<std::string> through_pages;
    std::string at = "/reports?limit=3";
    for (int pages = 0; !at.empty() && pages < 9; ++pages) {
        const auto page = read(server, at, moderator);
        for (const auto& title : titles(page)) through_pages.push_back(title);
        const Json& links = page["links"];
        at = links.empty() ? "" : links[0]["href"].get<std::string>();
        at = at.substr(std::min(at.find("/reports"), at.size()));
    }
    EXPECT_THAT(through_pages, ElementsAre("6", "5", "4", "3", "2", "1", "0"));
    for (const char* wrong : {"?bbox=1,2,3", "?since=soon", "?limit=0", "?status=x", "?colour=red"})
        EXPECT_EQ(server.get(std::string("/reports") + wrong, moderator).status, 400) << wrong;
}

TEST_F(Reports, OfPeopleInAHurryAreLimitedByAddress) {
    const auto& server =
        serve({"--proxies", "127.0.0.1", "--limits.anonymous_reports_per_minute", "3"});
    const auto status_from = [&](const std::string& who) {
        const auto answer = report(server, feature(1, 2), who);
        if (answer.status == 429) {
            EXPECT_THAT(answer.header("retry-after"), Not(IsEmpty()));
        }
        return answer.status;
    };
    const std::string here = "X-Forwarded-For: 192.0.2.1\r\n";

    for (int i = 0; i < 3; ++i) EXPECT_EQ(status_from(here), 201);
    EXPECT_EQ(status_from(here), 429);
    EXPECT_EQ(status_from("X-Forwarded-For: 192.0.2.2\r\n"), 201) << "another address";
    EXPECT_EQ(status_from(here + moderator), 201) << "a token has its own limit";
}

TEST_F(Reports, WithoutATokenAreNotTakenWhereTheLimitIsNone) {
    const auto& server = serve({"--limits.anonymous_reports_per_minute", "0"});

    EXPECT_EQ(report(server, feature(1, 2)).status, 401);
    EXPECT_EQ(report(server, feature(1, 2), moderator).status, 201);
}

TEST_F(Reports, ThatWereAnsweredAreThereAfterAKill) {
    std::vector<std::string> paths;
    for (int round = 0; round < 3; ++round) {
        auto& server = serve_reports();
        std::mutex mutex;
        std::vector<std::thread> writers;
        writers.reserve(4);
        for (int i = 0; i < 4; ++i)
            writers.emplace_back([&] {
                while (true) {
                    const auto answer = report(server, feature(1, 2));
                    if (answer.status != 201) return;
                    const std::lock_guard lock(mutex);
                    paths.push_back(path_of(answer));
                }
            });
        const auto before = paths.size();
        testing::eventually([&] {
            const std::lock_guard lock(mutex);
            return paths.size() > before + 40;
        });
        server.program().signal(SIGKILL);
        for (auto& writer : writers) writer.join();
        server.program().wait();
    }

    const auto& server = serve_reports();

    ASSERT_GT(paths.size(), 100U);
    for (const auto& path : paths) EXPECT_EQ(server.get(path, moderator).status, 200) << path;
}

}  // namespace
}  // namespace relief::journey
