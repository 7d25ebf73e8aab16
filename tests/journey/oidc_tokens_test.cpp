// Access tokens of an identity provider as Authorization: Bearer, and every token that is none.

#include "tests/journey/oidc_journey.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OidcTokens : public OidcJourney {
protected:
    /// The claims with one that is another; without it when `value` is null.
    Json claims_with(const char* member, const Json& value) const {
        Json claims = claims_of({"verifiers"});
        if (value.is_null())
            claims.erase(member);
        else
            claims[member] = value;
        return claims;
    }
    std::string good() const { return access::signed_token(claims_of({"verifiers"})); }
    static std::string with_header(const std::string& header, const Json& claims) {
        return access::signed_text(header, claims.dump());
    }
    std::string with_two_audiences() const {
        std::string payload = claims_of({"verifiers"}).dump();
        payload.insert(1, R"("aud":"another",)");
        return access::signed_text(R"({"alg":"EdDSA","kid":"ed"})", payload);
    }
};

TEST_F(OidcTokens, OpenWhatTheirRoleSeesAndAreWrittenDownWithoutAName) {
    const auto admin = make_token({"--role", "admin"});
    auto& server = serve_with_keys();

    const auto shown = server.get(shelters, showing(good()));

    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("cache-control"), "private, no-store");
    EXPECT_EQ(Json::parse(server.get("/auth/me", showing(good())).body)["role"], "moderator");
    EXPECT_EQ(server.get(std::string(shelters) + "?token=" + good()).status, 200)
        << "for clients that set no headers";
    const auto analyst = access::signed_token(claims_of({"staff", "gis"}));
    EXPECT_EQ(server.get("/explain/dem/14/9786/6557", showing(analyst)).status, 200);
    EXPECT_EQ(server.get(shelters, showing(analyst)).status, 404) << "high needs a grant";
    const auto viewer = access::signed_token(claims_of("staff"));
    EXPECT_EQ(server.get(shelters, showing(viewer)).status, 200) << "granted to the staff";
    EXPECT_EQ(server.get(bases, showing(viewer)).status, 404);
    EXPECT_EQ(server.get("/audit", showing(analyst)).status, 403);
    EXPECT_TRUE(is_audited(
        server, admin, {{"action", "view-exact"}, {"object", "shelters"}, {"role", "moderator"}}));
    const std::string log = audit(server, admin, "?limit=1000").dump();
    EXPECT_THAT(log, HasSubstr("\"oidc-"));
    for (const char* kept : {"Amal", "Idrissi", "subject-of-amal"})
        EXPECT_THAT(log, Not(HasSubstr(kept)));
    EXPECT_THAT(server.program().errors(), Not(HasSubstr("eyJ")));
}

TEST_F(OidcTokens, MakeTokensForMaps) {
    const auto& server = serve_with_keys();

    const auto made =
        send(server, {.target = "/auth/tile-token", .body = "{}", .headers = showing(good())});

    ASSERT_EQ(made.status, 201) << made.body;
    const std::string map = Json::parse(made.body)["token"];
    EXPECT_EQ(server.get(std::string(shelters) + "?token=" + map).status, 200);
}

TEST_F(OidcTokens, ThatAreForgedForeignOrOldOpenNothingAndLookAlike) {
    const std::string plain = R"({"alg":"EdDSA","kid":"ed"})";
    const Json keys = Json::parse(access::signing_key_set);
    const std::string public_key = keys["keys"][0]["x"];
    const std::string payload = claims_of({"verifiers"}).dump();
    const std::string unsigned_part =
        access::encoded(R"({"alg":"none"})") + "." + access::encoded(payload) + ".";
    const auto hs256 = [&](const std::string& secret) {
        return access::mac_text(R"({"alg":"HS256","kid":"ed"})", payload, secret);
    };
    std::string forged = good();
    forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
    const std::vector<std::pair<const char*, std::string>> attacks{
        {"no algorithm", unsigned_part},
        {"no algorithm, but the signature", with_header(R"({"alg":"none"})", Json::parse(payload))},
        {"the public key as a secret", hs256(*access::from_base64url(public_key))},
        {"the key's text as a secret", hs256(public_key)},
        {"the key's document as a secret", hs256(keys["keys"][0].dump())},
        {"another algorithm", with_header(R"({"alg":"RS256","kid":"ed"})", Json::parse(payload))},
        {"a wrong kid", with_header(R"({"alg":"EdDSA","kid":"../ed"})", Json::parse(payload))},
        {"a key that it brings along",
         with_header(R"({"alg":"EdDSA","kid":"x","jwk":)" + keys["keys"][0].dump() + "}",
                     Json::parse(payload))},
        {"a place to look for keys",
         with_header(R"({"alg":"EdDSA","kid":"x","jku":")" + provider_.url("/jku") + "\"}",
                     Json::parse(payload))},
        {"critical words", with_header(R"({"alg":"EdDSA","crit":["b64"]})", Json::parse(payload))},
        {"another signature", forged},
        {"another audience", access::signed_token(claims_with("aud", "another"))},
        {"no audience", access::signed_token(claims_with("aud", nullptr))},
        {"another issuer", access::signed_token(claims_with("iss", issuer() + "/"))},
        {"its end in the past", access::signed_token(claims_with("exp", seconds() - 61))},
        {"no end", access::signed_token(claims_with("exp", nullptr))},
        {"its begin in the future", access::signed_token(claims_with("nbf", seconds() + 600))},
        {"no subject", access::signed_token(claims_with("sub", nullptr))},
        {"an ID token", access::signed_token(claims_with("nonce", "n"))},
        {"a logout token", with_header(R"({"alg":"EdDSA","typ":"logout+jwt"})", claims_of("gis"))},
        {"no role", access::signed_token(claims_with("groups", nullptr))},
        {"a role that nobody gave", access::signed_token(claims_of({"admin", "moderator"}))},
        {"two audiences", with_two_audiences()},
        {"a bomb as header", access::signed_text(std::string(2000, '['), payload)},
        {"a bomb as claims", access::signed_text(plain, "{\"a\":" + std::string(4000, '['))},
        {"a closed bomb",
         access::signed_text(plain,
                             "{\"a\":" + std::string(900, '[') + std::string(900, ']') + "}")}};
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve_with_keys();
    const std::string nobodys = server.get(bases, showing("relief_nobodys")).body;

    for (const auto& [what, token] : attacks) {
        // The one question for a key that is not known may be under way.
        eventually([&, &shown = token] { return server.get(bases, showing(shown)).status != 503; });
        const auto answer = server.get(bases, showing(token));
        EXPECT_EQ(answer.status, 401) << what;
        EXPECT_EQ(answer.body, nobodys) << what;
        EXPECT_EQ(answer.header("www-authenticate"),
                  R"(Bearer realm="relief", error="invalid_token")");
    }
    EXPECT_EQ(server.get(bases, showing(good())).status, 200) << "the server still knows its own";
    EXPECT_LE(times_asked("/keys"), 2U) << "at the start, and once for keys that are not known";
    EXPECT_EQ(times_asked("/jku"), 0U) << "nobody sends this server anywhere";
    for (const char* reason : {"unknown", "ended", "role"})
        EXPECT_TRUE(is_audited(server, admin, {{"action", "denied"}, {"reason", reason}}))
            << reason;
}

TEST_F(OidcTokens, AreKnownByANewKeyAfterOneQuestion) {
    const auto& server = serve_with_keys();
    Json keys = Json::parse(access::signing_key_set);
    keys["keys"][0]["kid"] = "next";
    provider_.put("/keys", keys.dump());
    const auto token = with_header(R"({"alg":"EdDSA","kid":"next"})", claims_of({"verifiers"}));

    EXPECT_TRUE(eventually([&] {
        const auto answer = server.get(shelters, showing(token));
        EXPECT_TRUE(answer.status == 200 || answer.status == 503) << answer.status;
        return answer.status == 200;
    }));
    EXPECT_EQ(times_asked("/keys"), 2U);
    for (int i = 0; i < 20; ++i) {
        const std::string header = R"({"alg":"EdDSA","kid":"k)" + std::to_string(i) + "\"}";
        server.get(shelters, showing(with_header(header, claims_of({"verifiers"}))));
    }
    EXPECT_EQ(times_asked("/keys"), 2U) << "not for every one that is made up";
}

TEST_F(OidcTokens, WaitForAProviderThatDoesNotAnswerYet) {
    provider_.stop();
    const auto& server = serve();

    const auto early = server.get(shelters, showing(good()));

    EXPECT_EQ(early.status, 503) << "nobody can say yet";
    EXPECT_NE(early.header("retry-after"), "");
    EXPECT_EQ(server.get(tile).status, 200) << "all others are served";
    EXPECT_EQ(server.json("/auth/me")["role"], "anonymous");
    EXPECT_EQ(server.get("/auth/oidc").status, 503);
    provider_.start();
    EXPECT_TRUE(eventually([&] { return server.get(shelters, showing(good())).status == 200; }));
}

TEST_F(OidcTokens, AreNotCheckedByKeysOfAMachineThatTheProviderPointsTo) {
    testing::RangeServer neighbour;
    neighbour.put("/keys", access::signing_key_set);
    Json document = discovery();
    document["jwks_uri"] = neighbour.url("/keys");
    provider_.put("/.well-known/openid-configuration", document.dump());
    auto& server = serve();

    EXPECT_TRUE(eventually(
        [&] { return server.program().errors().find("oidc.hosts") != std::string::npos; }));
    EXPECT_EQ(server.get(shelters, showing(good())).status, 503);
    EXPECT_THAT(neighbour.questions(), IsEmpty());
}

}  // namespace
}  // namespace relief::journey
