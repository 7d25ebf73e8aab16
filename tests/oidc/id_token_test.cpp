#include "server/oidc/code_flow.hpp"
#include "tests/access/signed_token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::oidc {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr Instant noon{1'800'000'000'000};

Json id_claims() {
    return {{"iss", "https://id.example.org"},
            {"sub", "s-1"},
            {"aud", "relief"},
            {"exp", 1'800'000'300},
            {"nonce", "the nonce"}};
}

class IdTokenTest : public ::testing::Test {
protected:
    IdTokenTest() {
        settings_.issuer = "https://id.example.org";
        settings_.client_id = "relief";
        settings_.audience = "another, for access tokens";
    }
    std::string complaint_of(const std::string& text) const {
        const auto token = access::read_signed_text(text);
        if (!token) return token.error().what;
        const auto claims = check_id_token(*token, {settings_, ticket_, access_token_, noon});
        return claims ? "" : claims.error().what;
    }
    std::string complaint_with(const char* member, const Json& value) const {
        Json claims = id_claims();
        if (value.is_null())
            claims.erase(member);
        else
            claims[member] = value;
        return complaint_of(access::signed_token(claims));
    }

    workspace::OidcSettings settings_;
    const Ticket ticket_{"the state", "the nonce", "the verifier", "https://id.example.org", noon};
    const std::string access_token_ = "an access token";
};

TEST_F(IdTokenTest, IsTakenForThisClientAndThisSignIn) {
    EXPECT_EQ(complaint_of(access::signed_token(id_claims())), "");
    EXPECT_EQ(complaint_with("azp", "relief"), "");
    EXPECT_EQ(complaint_with("aud", {"relief"}), "");
}

TEST_F(IdTokenTest, ForAnotherClientIsRefused) {
    EXPECT_THAT(complaint_with("aud", "other"), HasSubstr("audience"));
    EXPECT_THAT(complaint_with("aud", settings_.audience), HasSubstr("audience"));
    EXPECT_THAT(complaint_with("aud", {"relief", "other"}), HasSubstr("azp"))
        << "of several, one asked";
    EXPECT_THAT(complaint_with("azp", "other"), HasSubstr("azp"));
    EXPECT_THAT(complaint_with("azp", {"relief"}), HasSubstr("azp"));
}

TEST_F(IdTokenTest, OfAnotherSignInIsRefused) {
    EXPECT_THAT(complaint_with("nonce", "another"), HasSubstr("nonce"));
    EXPECT_THAT(complaint_with("nonce", nullptr), HasSubstr("nonce"));
    EXPECT_THAT(complaint_with("nonce", Json::array({"the nonce"})), HasSubstr("nonce"));
    EXPECT_THAT(complaint_with("exp", 1'799'999'900), HasSubstr("ended"));
    EXPECT_THAT(complaint_with("iss", "https://evil.test"), HasSubstr("issuer"));
}

TEST_F(IdTokenTest, GoesWithItsAccessTokenOnly) {
    const std::string hash = access::half_hash(access_token_, access::SigningAlgorithm::eddsa);
    EXPECT_EQ(complaint_with("at_hash", hash), "");
    EXPECT_THAT(complaint_with("at_hash", "AAAA"), HasSubstr("at_hash"));
    EXPECT_THAT(complaint_with("at_hash", 7), HasSubstr("at_hash"));
    EXPECT_THAT(complaint_of(access::signed_text(R"({"alg":"EdDSA","kid":"ed","typ":"at+jwt"})",
                                                 id_claims().dump())),
                HasSubstr("access token"));
}

}  // namespace
}  // namespace relief::oidc
