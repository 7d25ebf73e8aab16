// Whoever asks more often than a map does is asked to wait, and nobody else is.

#include "tests/journey/access_journey.hpp"

namespace relief::journey {
namespace {

class RateLimited : public AccessJourney {
protected:
    RunningRelief& limited(std::vector<std::string> words = {}) {
        words.insert(words.end(),
                     {"--proxies",
                      "127.0.0.1",
                      "--limits.requests_at_once",
                      "100",
                      "--limits.requests_per_second",
                      "1",
                      "--limits.writes_per_minute",
                      "3"});
        return serve(std::move(words));
    }
    static std::string from(const std::string& address) {
        return "X-Forwarded-For: " + address + "\r\n";
    }
    /// How many of so many answers were 429.
    static int refused(const RunningRelief& server, int count, const std::string& headers) {
        int found = 0;
        for (int i = 0; i < count; ++i)
            found += server.get("/layers/dem", headers).status == 429 ? 1 : 0;
        return found;
    }
};

TEST_F(RateLimited, MapsGetAHundredTilesAtOnce) {
    const auto& server = limited();

    EXPECT_EQ(refused(server, 100, from("203.0.113.9")), 0);
    EXPECT_GT(refused(server, 100, from("203.0.113.9")), 50);
    const auto answer = server.get(tile, from("203.0.113.9"));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_GE(std::stoi(answer.header("retry-after")), 1);
    EXPECT_EQ(server.get(tile, from("203.0.113.10")).status, 200) << "another address";
    EXPECT_EQ(server.get(tile).status, 200) << "a program on this machine";
    for (const char* watched : {"/healthz", "/readyz", "/metrics"})
        EXPECT_EQ(server.get(watched, from("203.0.113.9")).status, 200) << watched;
}

TEST_F(RateLimited, NeighboursInAnIpv6NetworkCountTogether) {
    const auto& server = limited();

    EXPECT_EQ(refused(server, 50, from("2001:db8:1:2::1")), 0);
    EXPECT_EQ(refused(server, 50, from("2001:db8:1:2:ffff::9")), 0);
    EXPECT_GT(refused(server, 50, from("2001:db8:1:2:7::")), 30);
    EXPECT_EQ(server.get(tile, from("2001:db8:1:3::1")).status, 200);
}

TEST_F(RateLimited, TokensCountForThemselvesWhereverTheyComeFrom) {
    const auto one = make_token({"--role", "viewer"});
    const auto other = make_token({"--role", "viewer"});
    const auto& server = limited();
    ASSERT_GT(refused(server, 200, from("203.0.113.9")), 50);

    EXPECT_EQ(refused(server, 50, from("203.0.113.9") + bearer(one)), 0);
    EXPECT_EQ(refused(server, 50, from("198.51.100.1") + bearer(one)), 0);
    EXPECT_GT(refused(server, 50, from("198.51.100.2") + bearer(one)), 30);
    EXPECT_EQ(refused(server, 50, from("203.0.113.9") + bearer(other)), 0);
    const auto unknown = server.get("/layers", from("203.0.113.9") + "Authorization: Bearer x\r\n");
    EXPECT_EQ(unknown.status, 429) << "an unknown token opens no new bucket";
}

TEST_F(RateLimited, ForgedHeadersHelpNobody) {
    const auto& server = serve({"--limits.writes_per_minute", "3"});

    int refused = 0;
    for (int i = 0; i < 20; ++i)
        refused += send(server,
                        {.target = "/auth/logout",
                         .body = "",
                         .headers = from("203.0.113." + std::to_string(i))})
                               .status == 429
                       ? 1
                       : 0;

    EXPECT_GE(refused, 12) << "nobody listed a proxy";
}

TEST_F(RateLimited, WritesAndReadsCountApart) {
    const auto& server = limited();
    const auto write = [&] {
        return send(server, {.target = "/auth/logout", .body = "", .headers = from("203.0.113.9")})
            .status;
    };
    for (int i = 0; i < 3; ++i) EXPECT_EQ(write(), 204);

    EXPECT_EQ(write(), 429);
    EXPECT_EQ(server.get(tile, from("203.0.113.9")).status, 200);
}

}  // namespace
}  // namespace relief::journey
