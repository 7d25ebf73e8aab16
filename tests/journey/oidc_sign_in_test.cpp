// People sign in at an identity provider and come back: what was signed for this very sign-in lets
// them in, nothing else.

#include "tests/journey/oidc_journey.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string parameter_of(const std::string& address, const std::string& name) {
    const auto at = address.find(name + '=');
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 1;
    return address.substr(begin, address.find('&', begin) - begin);
}

/// The whole line of one cookie; empty when it is not set.
std::string cookie_line(const Answer& answer, const std::string& name) {
    for (const auto& [header, value] : answer.headers)
        if (header == "set-cookie" && value.starts_with(name + "=")) return value;
    return {};
}
std::string shown_cookie(const Answer& answer, const std::string& name) {
    const std::string line = cookie_line(answer, name);
    return "Cookie: " + line.substr(0, line.find(';')) + "\r\n";
}

class OidcSignIn : public OidcJourney {
protected:
    /// A browser that is away at the provider.
    struct Away {
        std::string location, state, nonce;
        std::string ticket;  ///< header line
    };
    static Away begin(const RunningRelief& server, const std::string& query = "") {
        const auto answer = server.get("/auth/oidc" + query);
        EXPECT_EQ(answer.status, 302) << answer.body;
        const std::string location = answer.header("location");
        return {location,
                parameter_of(location, "state"),
                parameter_of(location, "nonce"),
                shown_cookie(answer, "relief_sign_in")};
    }
    /// From now on the provider gives these for any code.
    void grant(const Json& claims) {
        provider_.put(
            "/token",
            Json{{"id_token", access::signed_token(claims)}, {"access_token", "a"}}.dump());
    }
    Json id_claims(const Away& away, const Json& groups) const {
        Json claims = claims_of(groups);
        claims["nonce"] = away.nonce;
        return claims;
    }
    static Answer come_back(const RunningRelief& server, const Away& away) {
        return server.get("/auth/oidc/return?code=the-code&state=" + away.state, away.ticket);
    }
    static bool lets_in(const Answer& answer) {
        return !cookie_line(answer, "relief_session").empty();
    }
    /// The session of somebody who has signed in.
    std::string session(const RunningRelief& server, const Json& groups) {
        const Away away = begin(server);
        grant(id_claims(away, groups));
        const auto answer = come_back(server, away);
        EXPECT_EQ(answer.status, 302) << answer.body;
        return shown_cookie(answer, "relief_session");
    }
};

TEST_F(OidcSignIn, OpensASessionLikeAPassword) {
    const auto admin = make_token({"--role", "admin"});
    auto& server = serve_with_keys();
    EXPECT_EQ(server.json("/auth/me")["oidc"], true);

    const auto left = server.get("/auth/oidc");

    EXPECT_THAT(left.header("location"), StartsWith(issuer() + "/authorize?response_type=code&"));
    EXPECT_EQ(left.header("cache-control"), "no-store");
    for (const char* word : {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"})
        EXPECT_THAT(cookie_line(left, "relief_sign_in"), HasSubstr(word));
    const Away away = begin(server);
    grant(id_claims(away, {"verifiers"}));
    const auto back = come_back(server, away);
    ASSERT_EQ(back.status, 302) << back.body;
    EXPECT_EQ(back.header("location"), "http://127.0.0.1/");
    EXPECT_THAT(cookie_line(back, "relief_sign_in"), HasSubstr("Max-Age=0")) << "it is used up";
    for (const char* word : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
        EXPECT_THAT(cookie_line(back, "relief_session"), HasSubstr(word));
    const std::string cookie = shown_cookie(back, "relief_session");
    EXPECT_EQ(server.get(shelters, cookie).status, 200);
    const Json me = Json::parse(server.get("/auth/me", cookie).body);
    EXPECT_EQ(me["name"], "Amal Idrissi");
    EXPECT_EQ(me["role"], "moderator");
    EXPECT_EQ(me["by"], "session");
    EXPECT_TRUE(is_audited(
        server, admin, {{"action", "login"}, {"role", "moderator"}, {"result", "done"}}));
    EXPECT_THAT(audit(server, admin, "?limit=1000").dump(), Not(HasSubstr("Amal")));
    for (const char* secret : {"the-code", "eyJ"})
        EXPECT_THAT(server.program().errors(), Not(HasSubstr(secret)));
    const auto out =
        send(server, {.target = "/auth/logout", .body = "", .headers = cookie + own_page});
    EXPECT_EQ(out.status, 204);
    EXPECT_EQ(server.get(shelters, cookie).status, 404);
}

TEST_F(OidcSignIn, MakesChangesFromOurOwnPagesOnly) {
    const auto& server = serve_with_keys();
    const auto cookie = session(server, {"gis"});
    const auto put = [&](const std::string& headers) {
        return send(server,
                    {.target = "/styles/new.json",
                     .body = R"({"version":8,"sources":{},"layers":[]})",
                     .headers = cookie + headers,
                     .method = "PUT"})
            .status;
    };

    EXPECT_EQ(put("Origin: http://evil.test\r\n"), 403);
    EXPECT_EQ(put(own_page), 201);
}

TEST_F(OidcSignIn, TakesWhatTheIdTokenLeavesOutFromUserinfo) {
    const auto& server = serve_with_keys();
    const Away away = begin(server);
    Json claims = id_claims(away, nullptr);
    claims.erase("groups");
    claims.erase("preferred_username");
    grant(claims);
    provider_.put("/userinfo",
                  R"({"sub":"subject-of-amal","groups":["gis"],"preferred_username":"Amal"})");

    const auto cookie = shown_cookie(come_back(server, away), "relief_session");

    EXPECT_EQ(Json::parse(server.get("/auth/me", cookie).body)["role"], "analyst");
    provider_.put("/userinfo", R"({"sub":"somebody-else","groups":["verifiers"]})");
    const Away again = begin(server);
    claims["nonce"] = again.nonce;
    grant(claims);
    EXPECT_FALSE(lets_in(come_back(server, again))) << "facts of another person";
}

TEST_F(OidcSignIn, LetsInNobodyWhoDidNotBeginIt) {
    const auto& server = serve_with_keys();
    const Away away = begin(server);
    const Away other = begin(server);
    grant(id_claims(away, {"verifiers"}));
    const auto back = [&](const std::string& query, const std::string& ticket) {
        return server.get("/auth/oidc/return" + query, ticket);
    };
    const std::string right = "?code=the-code&state=" + away.state;

    EXPECT_EQ(back(right, "").status, 400) << "another browser";
    EXPECT_EQ(back(right, other.ticket).status, 400) << "another sign-in";
    EXPECT_EQ(back(right, "Cookie: relief_sign_in=AAAA\r\n").status, 400);
    EXPECT_EQ(back("?code=the-code", away.ticket).status, 400);
    EXPECT_EQ(back("?code=the-code&state=" + other.state, away.ticket).status, 400);
    EXPECT_EQ(back("?state=" + away.state, away.ticket).status, 400);
    EXPECT_EQ(back(right + "&iss=https://evil.test", away.ticket).status, 400);
    EXPECT_EQ(back("?error=access_denied&state=" + away.state, away.ticket).status, 401);
    EXPECT_EQ(times_asked("/token"), 0U) << "the provider is not troubled with any of these";
    EXPECT_TRUE(lets_in(back(right, away.ticket))) << "the right one";
}

TEST_F(OidcSignIn, LetsInNobodyTwiceByOneCode) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_with_keys();
    const Away away = begin(server);
    grant(id_claims(away, {"verifiers"}));
    ASSERT_TRUE(lets_in(come_back(server, away)));

    provider_.behave({.status = 400});  // a provider takes a code once (RFC 6749, 4.1.2)
    const auto again = come_back(server, away);

    EXPECT_EQ(again.status, 401);
    EXPECT_FALSE(lets_in(again));
    provider_.behave({});
    const Away fresh = begin(server);
    const auto stale = come_back(server, fresh);  // the ID token is still that of the first
    EXPECT_EQ(stale.status, 401) << "its nonce is another's";
    EXPECT_FALSE(lets_in(stale));
    EXPECT_TRUE(is_audited(server, admin, {{"action", "login"}, {"result", "denied"}}));
}

TEST_F(OidcSignIn, LetsInNobodyByAnIdTokenThatDoesNotHold) {
    const auto& server = serve_with_keys({"--limits.logins_per_minute", "1000"});
    const auto comes_in_with = [&](const std::string& token, const Away& away) {
        provider_.put("/token", Json{{"id_token", token}}.dump());
        const auto answer = come_back(server, away);
        EXPECT_TRUE(lets_in(answer) || answer.status == 401) << answer.body;
        return lets_in(answer);
    };
    for (const auto& [member, value] :
         std::vector<std::pair<std::string, Json>>{{"aud", "another"},
                                                   {"azp", "another"},
                                                   {"iss", "https://evil.test"},
                                                   {"exp", seconds() - 61},
                                                   {"nonce", "another"},
                                                   {"at_hash", "AAAA"},
                                                   {"sub", nullptr}}) {
        const Away away = begin(server);
        Json claims = id_claims(away, {"verifiers"});
        claims[member] = value;
        EXPECT_FALSE(comes_in_with(access::signed_token(claims), away)) << member;
    }
    const Away away = begin(server);
    const std::string payload = id_claims(away, {"verifiers"}).dump();
    EXPECT_FALSE(comes_in_with(access::signed_text(R"({"alg":"none"})", payload), away));
    EXPECT_FALSE(comes_in_with(
        access::mac_text(R"({"alg":"HS256","kid":"ed"})", payload, access::signing_key_set), away));
    EXPECT_TRUE(comes_in_with(access::signed_text(R"({"alg":"EdDSA","kid":"ed"})", payload), away));
}

TEST_F(OidcSignIn, SendsBrowsersToTheProviderAndToItsOwnPageOnly) {
    const auto& server = serve_with_keys();
    const Away away = begin(
        server, "?redirect_uri=https://evil.test&return_to=//evil.test&next=https://evil.test");

    EXPECT_THAT(away.location, StartsWith(issuer() + "/authorize?"));
    EXPECT_THAT(away.location, Not(HasSubstr("evil")));
    EXPECT_EQ(parameter_of(away.location, "redirect_uri"),
              "http%3A%2F%2F127.0.0.1%2Fauth%2Foidc%2Freturn");
    grant(id_claims(away, {"verifiers"}));
    const auto back = server.get(
        "/auth/oidc/return?return_to=//evil.test&redirect=https://evil.test"
        "&code=the-code&state=" +
            away.state,
        away.ticket + "X-Forwarded-Host: evil.test\r\n");
    EXPECT_EQ(back.header("location"), "http://127.0.0.1/");
}

TEST_F(OidcSignIn, LetsInNobodyWithoutARoleAndEndsWhatTheyHad) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_with_keys();
    const auto cookie = session(server, {"verifiers"});
    ASSERT_EQ(server.get(shelters, cookie).status, 200);
    EXPECT_THAT(relief({"user", "list"}), HasSubstr("(Amal Idrissi), moderator"));

    const Away away = begin(server);
    grant(id_claims(away, {"admin", "moderator", "others"}));
    const auto refused = come_back(server, away);

    EXPECT_EQ(refused.status, 403);
    EXPECT_FALSE(lets_in(refused));
    EXPECT_THAT(refused.body, Not(HasSubstr("Amal")));
    EXPECT_EQ(server.get(shelters, cookie).status, 404) << "the session of before, at once";
    EXPECT_TRUE(is_audited(server, admin, {{"action", "login"}, {"result", "denied"}}));
    EXPECT_THAT(relief({"user", "list"}), Not(HasSubstr("Amal")));
}

TEST_F(OidcSignIn, IsSlowedDownByAddress) {
    const auto& server =
        serve_with_keys({"--limits.logins_per_minute", "2", "--proxies", "127.0.0.1"});
    const auto from = [&](const char* address) {
        const Away away = begin(server);
        grant(id_claims(away, {"verifiers"}));
        return server
            .get("/auth/oidc/return?code=c&state=" + away.state,
                 away.ticket + "X-Forwarded-For: " + address + "\r\n")
            .status;
    };

    EXPECT_EQ(from("203.0.113.9"), 302);
    EXPECT_EQ(from("203.0.113.9"), 302);
    EXPECT_EQ(from("203.0.113.9"), 429);
    EXPECT_EQ(from("203.0.113.10"), 302);
}

TEST_F(OidcSignIn, IsNotThereWithoutAClientOrAProvider) {
    std::ofstream(workspace() / "relief.yaml")
        << "oidc:\n  issuer: " << issuer() << "\n  audience: relief\n  roles: {gis: analyst}\n";
    {
        const auto& server = serve_with_keys();
        EXPECT_EQ(server.json("/auth/me")["oidc"], false);
        EXPECT_EQ(server.get("/auth/oidc").status, 404);
        EXPECT_EQ(server.get("/auth/oidc/return?code=c&state=s").status, 404);
        const auto token = access::signed_token(claims_of({"gis"}));
        EXPECT_EQ(server.get("/explain/dem/14/9786/6557", showing(token)).status, 200)
            << "tokens are known all the same";
    }
    std::filesystem::remove(workspace() / "relief.yaml");
    const auto& server = serve();
    EXPECT_EQ(server.get("/auth/oidc").status, 404);
    EXPECT_EQ(server.get("/layers", showing(access::signed_token(claims_of({"gis"})))).status, 401);
}

TEST_F(OidcSignIn, BehindTlsHasCookiesForThisHostAlone) {
    const auto& server = serve_with_keys({"--public-url", "https://maps.test"});

    const auto answer = server.get("/auth/oidc");

    EXPECT_EQ(parameter_of(answer.header("location"), "redirect_uri"),
              "https%3A%2F%2Fmaps.test%2Fauth%2Foidc%2Freturn");
    EXPECT_THAT(cookie_line(answer, "__Host-relief_sign_in"), HasSubstr("; Secure"));
}

}  // namespace
}  // namespace relief::journey
