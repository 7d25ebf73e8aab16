// A short-lived token in an address shows a map and does nothing else.

#include "tests/journey/access_journey.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MapTokens : public AccessJourney {
protected:
    static Answer order(const RunningRelief& server,
                        const std::string& headers,
                        const std::string& body = "{}") {
        return send(server, {.target = "/auth/tile-token", .body = body, .headers = headers});
    }
    static std::string map_token(const Answer& answer) {
        EXPECT_EQ(answer.status, 201) << answer.body;
        return Json::parse(answer.body, nullptr, false).value("token", "");
    }
    static std::string with(const std::string& target, const std::string& token) {
        return target + "?token=" + token;
    }
};

TEST_F(MapTokens, ShowTheLayersThatTheyName) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();

    const auto answer = order(server, bearer(admin), R"({"layers":["shelters"],"expires":"5m"})");
    const auto token = map_token(answer);

    EXPECT_EQ(answer.header("cache-control"), "private, no-store");
    EXPECT_EQ(Json::parse(answer.body)["layers"], Json({"shelters"}));
    EXPECT_EQ(server.get(with(shelters, token)).status, 200);
    EXPECT_EQ(server.get(with(shelters, token)).header("cache-control"), "private, no-store");
    EXPECT_EQ(server.get(with(bases, token)).status, 404) << "behind the fence";
    EXPECT_EQ(server.get(with(tile, token)).status, 200) << "low is for all";
    EXPECT_EQ(server.get(with("/layers", token)).status, 200);
    EXPECT_THAT(server.get(with("/layers", token)).body, Not(HasSubstr("bases")));
}

TEST_F(MapTokens, DoNothingThatTheirMakerMayDo) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    const auto token = map_token(order(server, bearer(admin)));
    const std::string shown = "Authorization: Bearer " + token + "\r\n";

    EXPECT_EQ(server.get(bases, shown).status, 200);
    EXPECT_EQ(server.get("/audit", shown).status, 403);
    EXPECT_EQ(server.get("/explain/dem/14/9786/6557", shown).status, 403);
    EXPECT_EQ(order(server, shown).status, 403) << "a token for maps makes no further ones";
    EXPECT_EQ(send(server,
                   {.target = "/styles/new.json",
                    .body = R"({"version":8,"sources":{},"layers":[]})",
                    .headers = shown,
                    .method = "PUT"})
                  .status,
              403);
}

TEST_F(MapTokens, NeverShowMoreThanTheirMakerSees) {
    const auto viewer = make_token({"--role", "viewer", "--layers", "shelters"});
    const auto& server = serve();

    const auto hidden = order(server, bearer(viewer), R"({"layers":["bases"]})");
    const auto absent = order(server, bearer(viewer), R"({"layers":["nosuch"]})");
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(absent.status, 404);
    EXPECT_EQ(hidden.body.size() + 1, absent.body.size()) << "the names differ, nothing else does";
    const auto token = map_token(order(server, bearer(viewer)));
    EXPECT_EQ(server.get(with(shelters, token)).status, 200);
    EXPECT_EQ(server.get(with(bases, token)).status, 404);
    EXPECT_EQ(order(server, "").status, 401);
}

TEST_F(MapTokens, EndWithTheTokenTheyWereMadeFrom) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    const auto token = map_token(order(server, bearer(admin)));
    ASSERT_EQ(server.get(with(shelters, token)).status, 200);

    relief({"token", "revoke", admin["id"]});

    EXPECT_TRUE(eventually([&] { return server.get(with(shelters, token)).status == 401; }));
}

TEST_F(MapTokens, EndWhenTheirTimeIsOverOrTheKeyIsReplaced) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    const auto brief = map_token(order(server, bearer(admin), R"({"expires":"1ms"})"));
    const auto token = map_token(order(server, bearer(admin), R"({"expires":"1h"})"));

    EXPECT_TRUE(eventually([&] { return server.get(with(shelters, brief)).status == 401; }));
    ASSERT_EQ(server.get(with(shelters, token)).status, 200);
    relief({"token", "rotate-key"});
    EXPECT_TRUE(eventually([&] { return server.get(with(shelters, token)).status == 401; }));
    EXPECT_TRUE(is_audited(server, admin, {{"action", "key-rotation"}, {"object", "map-token"}}));
    EXPECT_EQ(server.get(with(shelters, map_token(order(server, bearer(admin))))).status, 200);
}

TEST_F(MapTokens, StandInNoLogFileOrDocument) {
    const auto admin = make_token({"--role", "admin"});
    auto& server = serve();
    const auto token = map_token(order(server, bearer(admin)));

    const auto document = server.get(with("/tiles/shelters/tilejson.json", token));
    ASSERT_EQ(document.status, 200);
    EXPECT_THAT(document.body, Not(HasSubstr("relief_map")));
    server.get(with("/nowhere", token + "x"));
    EXPECT_THAT(server.program().errors(), Not(HasSubstr("relief_map")));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace())) {
        if (!entry.is_regular_file()) continue;
        EXPECT_THAT(testing::text_of(entry.path()), Not(HasSubstr(token))) << entry.path();
    }
}

TEST_F(MapTokens, AreAskedForInWordsThatCanBeRead) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();

    for (const char* body : {R"({"expires":"soon"})",
                             R"({"expires":"8d"})",
                             R"({"expires":"-1s"})",
                             R"({"layers":[3]})",
                             R"([])",
                             R"({)"}) {
        EXPECT_EQ(order(server, bearer(admin), body).status, 400) << body;
    }
    EXPECT_EQ(order(server, bearer(admin), std::string(9000, ' ')).status, 413);
    EXPECT_EQ(send(server,
                   {.target = "/auth/tile-token",
                    .body = "layers=shelters&expires=5m",
                    .headers = bearer(admin),
                    .type = "application/x-www-form-urlencoded"})
                  .status,
              201);
    EXPECT_EQ(send(server,
                   {.target = "/auth/tile-token",
                    .body = "x",
                    .headers = bearer(admin),
                    .type = "text/plain"})
                  .status,
              415);
}

}  // namespace
}  // namespace relief::journey
