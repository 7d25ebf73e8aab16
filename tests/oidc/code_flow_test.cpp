#include "server/oidc/code_flow.hpp"

#include "server/access/secret.hpp"
#include "tests/support/range_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::oidc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

workspace::OidcSettings flow_settings() {
    workspace::OidcSettings settings;
    settings.issuer = "https://id.example.org";
    settings.client_id = "relief & co";
    settings.scopes = {"openid", "profile", "roles"};
    return settings;
}
Ticket flow_ticket() {
    return {"the state", "the nonce", "the verifier", "https://id.example.org", Instant{9}};
}
Deadline flow_deadline() {
    return Deadline(Deadline::Clock::now() + std::chrono::seconds(20));
}

TEST(AuthorizationAddress, AsksForACodeWithTheHashOfAVerifier) {
    const Discovery discovery{"https://id.example.org/auth?theme=dark", {}, {}, {}};
    const auto settings = flow_settings();
    const Ticket ticket = flow_ticket();

    const std::string address =
        authorization_address({discovery, settings, ticket, "https://maps.test/auth/oidc/return"});

    EXPECT_THAT(address, ::testing::StartsWith("https://id.example.org/auth?theme=dark&"));
    for (const char* part : {"&response_type=code&",
                             "&client_id=relief%20%26%20co&",
                             "&redirect_uri=https%3A%2F%2Fmaps.test%2Fauth%2Foidc%2Freturn&",
                             "&scope=openid%20profile%20roles&",
                             "&state=the%20state&",
                             "&nonce=the%20nonce&"})
        EXPECT_THAT(address, HasSubstr(part));
    EXPECT_THAT(
        address,
        ::testing::EndsWith("&code_challenge=" + access::base64url(access::sha256("the verifier")) +
                            "&code_challenge_method=S256"));
    EXPECT_THAT(address, Not(HasSubstr("verifier"))) << "that stays here";
}

TEST(CheckReturn, TakesTheAnswerToThisSignInOnly) {
    const Discovery silent;
    Discovery naming;
    naming.names_issuer = true;
    const Ticket ticket = flow_ticket();
    EXPECT_TRUE(check_return({"code", "the state", {}, {}}, ticket, silent));
    EXPECT_TRUE(check_return({"code", "the state", ticket.issuer, {}}, ticket, naming));
    for (const Return& wrong : {Return{"code", {}, {}, {}},
                                Return{"code", "", {}, {}},
                                Return{"code", "the statE", {}, {}},
                                Return{"code", "the state ", {}, {}},
                                Return{"code", "the nonce", {}, {}},
                                Return{{}, "the state", {}, {}},
                                Return{"code", "the state", "https://evil.test", {}}})
        EXPECT_EQ(check_return(wrong, ticket, silent).error().fault, Fault::bad_request);
    EXPECT_FALSE(check_return({"code", "the state", {}, {}}, ticket, naming))
        << "it always says who it is (RFC 9207)";
}

TEST(CheckReturn, PassesOnThatTheProviderLetNobodyIn) {
    const auto refused =
        check_return({{}, "the state", {}, std::string(1000, 'x')}, flow_ticket(), {});

    EXPECT_EQ(refused.error().fault, Fault::unknown_asker);
    EXPECT_EQ(refused.error().detail.size(), 60U) << "its words are for the log, and few";
    EXPECT_EQ(check_return({{}, "x", {}, "access_denied"}, flow_ticket(), {}).error().fault,
              Fault::bad_request)
        << "anyone can say so of a sign-in that is not theirs";
}

class RedeemTest : public ::testing::Test {
protected:
    Result<Grant> redeemed() const {
        const Discovery discovery{{}, server_.url("/token"), server_.url("/userinfo"), {}};
        return redeem(
            {discovery, settings_, ticket_, "http://127.0.0.1/return"}, "a code", flow_deadline());
    }
    Result<nlohmann::json> with_facts(nlohmann::json claims, const std::string& access_token) {
        const Discovery discovery{{}, {}, server_.url("/userinfo"), {}};
        const auto added = add_user_facts(claims, discovery, {"", access_token}, flow_deadline());
        if (!added) return added.error();
        return claims;
    }
    const workspace::OidcSettings settings_ = flow_settings();
    const Ticket ticket_ = flow_ticket();
    testing::RangeServer server_;
};

TEST_F(RedeemTest, GivesTheTokens) {
    server_.put("/token", R"({"id_token":"a.b.c","access_token":"d","token_type":"Bearer"})");

    const auto grant = redeemed();

    ASSERT_TRUE(grant) << grant.error().what;
    EXPECT_EQ(grant->id_token, "a.b.c");
    EXPECT_EQ(grant->access_token, "d");
    EXPECT_EQ(server_.questions().at(0).method, "POST");
    EXPECT_EQ(server_.questions().at(0).query, "") << "secrets go in the body";
}

TEST_F(RedeemTest, TellsARefusedCodeFromAProviderThatFails) {
    server_.behave({.status = 400});
    EXPECT_EQ(redeemed().error().fault, Fault::unknown_asker);
    server_.behave({.status = 502});
    EXPECT_EQ(redeemed().error().fault, Fault::source_broken);
    server_.behave({});
    for (const char* answer : {"", "[]", "{}", R"({"id_token":7})", "<html>"}) {
        server_.put("/token", answer);
        EXPECT_EQ(redeemed().error().fault, Fault::source_broken) << answer;
    }
}

TEST_F(RedeemTest, AddsWhatIsToldOfThePersonAndChangesNothing) {
    server_.put("/userinfo", R"({"sub":"s-1","name":"Amal","groups":["gis"],"iss":"evil"})");

    const auto claims = with_facts({{"sub", "s-1"}, {"iss", "i"}, {"name", "A."}}, "token");

    ASSERT_TRUE(claims);
    EXPECT_EQ((*claims)["groups"], nlohmann::json({"gis"}));
    EXPECT_EQ((*claims)["name"], "A.") << "what was signed counts";
    EXPECT_EQ((*claims)["iss"], "i");
}

TEST_F(RedeemTest, TakesNobodyElsesFacts) {
    for (const char* other : {R"({"sub":"s-2","groups":["admins"]})",
                              R"({"groups":["admins"]})",
                              R"({"sub":7})",
                              "[]",
                              R"({"sub":"s-2","sub":"s-1"})"}) {
        server_.put("/userinfo", other);
        EXPECT_FALSE(with_facts({{"sub", "s-1"}}, "token")) << other;
    }
    server_.forget_questions();
    EXPECT_TRUE(with_facts({{"sub", "s-1"}}, "")) << "without a token there is nothing to ask by";
    EXPECT_TRUE(server_.questions().empty());
}

}  // namespace
}  // namespace relief::oidc
