// Who was refused, and who saw what only few may see, stands in a log that shows any change.

#include "tests/journey/access_journey.hpp"

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AuditOverHttp : public AccessJourney {};

TEST_F(AuditOverHttp, HasEveryRefusal) {
    const auto admin = make_token({"--role", "admin"});
    const auto viewer = make_token({"--role", "viewer", "--layers", "shelters"});
    const auto gone = make_token({"--role", "viewer"});
    relief({"token", "revoke", gone["id"]});
    const auto& server = serve();

    server.get(shelters);
    server.get("/layers/bases", bearer(viewer));
    server.get("/explain/dem/14/9786/6557", bearer(viewer));
    server.get("/layers", bearer(gone));
    server.get("/layers", "Authorization: Bearer relief_nobodys\r\n");
    server.get("/audit");

    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "denied"},
                            {"actor", "anonymous"},
                            {"object", "shelters"},
                            {"level", "high"},
                            {"reason", "hidden"},
                            {"result", "denied"}}));
    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "denied"},
                            {"actor", viewer["id"]},
                            {"role", "viewer"},
                            {"object", "bases"},
                            {"level", "severe"}}));
    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "denied"},
                            {"actor", viewer["id"]},
                            {"object", "/explain/{id}/{z}/{x}/{y}"},
                            {"reason", "duty"}}));
    EXPECT_TRUE(is_audited(
        server, admin, {{"action", "denied"}, {"actor", gone["id"]}, {"reason", "revoked"}}));
    EXPECT_TRUE(is_audited(
        server, admin, {{"action", "denied"}, {"actor", "unknown"}, {"reason", "unknown"}}));
    EXPECT_TRUE(is_audited(
        server, admin, {{"action", "denied"}, {"object", "/audit"}, {"reason", "no-token"}}));
    EXPECT_THAT(relief({"audit", "verify"}), HasSubstr("is whole"));
}

TEST_F(AuditOverHttp, HasViewsOfWhatIsHighOrSevereAndNotOfWhatIsLow) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();

    for (int i = 0; i < 30; ++i) server.get(bases, bearer(admin));
    server.get(tile, bearer(admin));

    EXPECT_TRUE(is_audited(server,
                           admin,
                           {{"action", "view-exact"},
                            {"actor", admin["id"]},
                            {"object", "bases"},
                            {"level", "severe"}}));
    const Json seen = audit(server, admin, "?action=view-exact");
    EXPECT_EQ(seen["entries"].size(), 1U) << "a map of many tiles is one thing to know";
}

TEST_F(AuditOverHttp, HasTheChangeOfThePolicyAndOnlyThat) {
    const auto admin = make_token({"--role", "admin"});
    {
        const auto& server = serve();
        EXPECT_TRUE(is_audited(server, admin, {{"action", "policy-change"}}));
    }
    const auto policies = [&](std::vector<std::string> words) {
        auto& server = serve(std::move(words));
        server.program().signal(SIGTERM);
        EXPECT_EQ(server.program().wait(), 0);
        auto& again = serve({"--layers.sensitivity", "high"});
        const auto count = [&] {
            return audit(again, admin, "?action=policy-change")["entries"].size();
        };
        EXPECT_TRUE(eventually([&] { return count() >= 2; })) << "it is written meanwhile";
        return count();
    };

    EXPECT_EQ(policies({}), 2U) << "the same policy is no change, a higher level for layers is";
}

TEST_F(AuditOverHttp, HasAChangeOfThePolicyWhenItIsAppliedAndNotBefore) {
    const auto admin = make_token({"--role", "admin"});
    auto& server = serve();
    const auto reload_with = [&](const char* configuration) {
        const auto reloads = [&] {
            const auto log = server.program().errors();
            std::size_t count = 0;
            for (auto at = log.find(" reload"); at != std::string::npos;
                 at = log.find(" reload", at + 1))
                ++count;
            return count;
        };
        const auto before = reloads();
        std::ofstream(workspace() / "relief.yaml") << configuration;
        server.program().signal(SIGHUP);
        EXPECT_TRUE(eventually([&] { return reloads() > before; }));
    };
    const auto count = [&](const RunningRelief& asked) {
        return audit(asked, admin, "?action=policy-change")["entries"].size();
    };
    EXPECT_TRUE(eventually([&] { return count(server) == 1; }));

    reload_with("reports: {sensitivity: low}\n");
    reload_with("reports: {sensitivity: low}\ncors: [https://maps.example.org]\n");
    EXPECT_TRUE(eventually([&] { return count(server) == 2; })) << "the origins were applied";
    server.program().signal(SIGTERM);
    EXPECT_EQ(server.program().wait(), 0);
    const auto& again = serve();

    EXPECT_TRUE(eventually([&] { return count(again) == 3; })) << "and now the level";
    EXPECT_EQ(count(again), 3U);
}

TEST_F(AuditOverHttp, IsReadByAdminsPageByPage) {
    const auto admin = make_token({"--role", "admin"});
    const auto moderator = make_token({"--role", "moderator"});
    const auto& server = serve();

    EXPECT_EQ(server.get("/audit").status, 401);
    EXPECT_EQ(server.get("/audit", bearer(moderator)).status, 403);
    const auto first = server.get("/audit?limit=2&result=done", bearer(admin));
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(first.header("cache-control"), "private, no-store");
    const Json page = Json::parse(first.body);
    ASSERT_EQ(page["entries"].size(), 2U);
    const std::string next = page["links"][0]["href"];
    EXPECT_THAT(next, HasSubstr("result=done"));
    const Json rest = Json::parse(server.get(next.substr(next.find("/audit")), bearer(admin)).body);
    EXPECT_EQ(rest["entries"][0]["number"].get<int>(), page["entries"][1]["number"].get<int>() - 1);
    EXPECT_EQ(rest["entries"][0]["hash"], page["entries"][1]["prev"]);
    EXPECT_EQ(audit(server, admin, "?until=2001-01-01")["entries"].size(), 0U);
    for (const char* wrong : {"?limit=0", "?limit=x", "?before=-1", "?since=soon"}) {
        const auto answer = server.get(std::string("/audit") + wrong, bearer(admin));
        EXPECT_EQ(answer.status, 400) << wrong;
    }
    EXPECT_EQ(server.get("/audit?limit=5000", bearer(admin)).status, 200) << "more is cut";
}

TEST_F(AuditOverHttp, ShowsItsHeadToAnyoneSoThatACutIsNoticed) {
    const auto& server = serve();

    const Json head = server.json("/audit/head");

    EXPECT_GE(head["size"].get<int>(), 3) << "three layers were added";
    EXPECT_THAT(relief({"audit", "verify", "--since", head["head"]}), HasSubstr("is whole"));
    EXPECT_EQ(head["head"].get<std::string>(),
              std::to_string(head["size"].get<int>()) + ':' + head["hash"].get<std::string>());
}

TEST_F(AuditOverHttp, NamesNoPlaceAddressOrToken) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve({"--proxies", "127.0.0.1"});

    server.get("/layers/shelters/point?lon=35.0371234&lat=33.7712345",
               "X-Forwarded-For: 203.0.113.9\r\n");
    server.get("/layers/shelters/point?lon=35.0371234&lat=33.7712345", bearer(admin));

    ASSERT_TRUE(is_audited(server, admin, {{"action", "denied"}, {"object", "shelters"}}));
    ASSERT_TRUE(is_audited(server, admin, {{"action", "view-exact"}, {"object", "shelters"}}));
    const std::string log = server.get("/audit?limit=1000", bearer(admin)).body;
    for (const char* secret : {"35.03", "33.77", "203.0.113", "127.0.0.1"})
        EXPECT_THAT(log, Not(HasSubstr(secret)));
    EXPECT_THAT(log, Not(HasSubstr(admin["token"].get<std::string>())));
}

}  // namespace
}  // namespace relief::journey
