#include "server/access/jwt.hpp"

#include "tests/access/signed_token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::access {
namespace {

using ::testing::HasSubstr;

// The examples of RFC 7515, A.2 and A.3, and of RFC 8037, A.4.
const std::string rfc_payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
const std::string rs256_example =
    "eyJhbGciOiJSUzI1NiJ9." + rfc_payload +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L"
    "07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUi"
    "pUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string es256_example =
    "eyJhbGciOiJFUzI1NiJ9." + rfc_payload +
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const std::string eddsa_example =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
const std::string rfc_keys = R"({"keys": [
    {"kty": "RSA", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"},
    {"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
    {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

SignatureCheck checked(const std::string& token, const std::string& keys = rfc_keys) {
    const auto text = read_signed_text(token);
    const auto set = KeySet::read(keys);
    EXPECT_TRUE(text) << token.substr(0, 100);
    EXPECT_TRUE(set);
    return text && set ? check_signature(*text, *set) : SignatureCheck::unknown_key;
}

TEST(SignedText, HoldsForTheExamplesOfTheStandards) {
    EXPECT_EQ(checked(rs256_example), SignatureCheck::good);
    EXPECT_EQ(checked(es256_example), SignatureCheck::good);
    EXPECT_EQ(checked(eddsa_example), SignatureCheck::good);
    EXPECT_EQ(read_signed_text(eddsa_example)->payload, "Example of Ed25519 signing");
}

/// Any letter of the payload or signature, changed to any of its neighbours.
TEST(SignedText, DoesNotHoldWhenAnyLetterIsAnother) {
    const auto keys = *KeySet::read(rfc_keys);
    for (const std::string& good : {rs256_example, es256_example, eddsa_example}) {
        for (std::size_t at = good.find('.') + 1; at < good.size(); at += 7) {
            if (good[at] == '.') continue;
            std::string forged = good;
            forged[at] = forged[at] == 'A' ? 'Q' : 'A';
            const auto text = read_signed_text(forged);
            if (!text) continue;
            EXPECT_EQ(check_signature(*text, keys), SignatureCheck::wrong) << forged;
        }
    }
}

TEST(SignedText, DoesNotHoldForASignatureOfAnotherLength) {
    const auto dot = es256_example.rfind('.');
    for (const std::string& end : {std::string(),
                                   std::string("AAAA"),
                                   std::string(88, 'A'),
                                   std::string(86, 'A'),  // r and s are zero
                                   es256_example.substr(dot + 1) + "AA"})
        EXPECT_NE(checked(es256_example.substr(0, dot + 1) + end), SignatureCheck::good) << end;
}

TEST(SignedText, RefusesAlgorithmsThatAreNoneOfAProviders) {
    for (const char* algorithm :
         {"none", "None", "HS256", "HS512", "RS512", "PS256", "ES384", "ES256K", "rs256", ""})
        EXPECT_FALSE(
            read_signed_text(signed_text(std::string(R"({"alg":")") + algorithm + "\"}", "{}")))
            << algorithm;
    EXPECT_FALSE(read_signed_text(signed_text("{}", "{}")));
    EXPECT_FALSE(read_signed_text(signed_text(R"({"alg":["EdDSA"]})", "{}")));
}

TEST(SignedText, RefusesHeadersThatCouldBeReadInTwoWays) {
    for (const char* header : {R"({"alg":"EdDSA","alg":"none"})",
                               R"({"alg":"EdDSA","crit":["exp"],"exp":1})",
                               R"({"alg":"EdDSA","crit":[]})",
                               R"({"alg":"EdDSA","kid":7})",
                               R"({"alg":"EdDSA","kid":""})",
                               R"({"alg":"EdDSA","typ":"logout+jwt"})",
                               R"({"alg":"EdDSA","typ":7})",
                               R"(["EdDSA"])",
                               R"({"alg":"EdDSA")"})
        EXPECT_FALSE(read_signed_text(signed_text(header, "{}"))) << header;
}

TEST(SignedText, KnowsTheTwoTypesHoweverTheyAreWritten) {
    for (const char* type : {"JWT", "jwt", "application/jwt"})
        EXPECT_EQ(read_signed_text(
                      signed_text(std::string(R"({"alg":"EdDSA","typ":")") + type + "\"}", "{}"))
                      ->type,
                  "jwt");
    EXPECT_EQ(
        read_signed_text(signed_text(R"({"alg":"EdDSA","typ":"application/at+JWT"})", "{}"))->type,
        "at+jwt");
}

TEST(SignedText, RefusesWhatIsNotThreePartsOfBase64url) {
    const std::string head = "eyJhbGciOiJFZERTQSJ9";
    for (const std::string& wrong : {std::string(),
                                     std::string("."),
                                     std::string(".."),
                                     head,
                                     head + ".e30",
                                     head + ".e30.AA.AA",
                                     head + ".e30=.AA",
                                     head + ".e31.AA",  // spare bits
                                     head + ".e30.A",
                                     head + ".e3 0.AA",
                                     head + ".e30.AA\n",
                                     "." + head + ".AA",
                                     head + ".e30." + std::string(longest_jwt, 'A')})
        EXPECT_FALSE(read_signed_text(wrong)) << wrong.substr(0, 80);
}

TEST(SignedText, IsHeldAgainstTheKeyThatItNamesAndNoOther) {
    const std::string header = R"({"alg":"EdDSA","kid":"ed"})";
    EXPECT_EQ(checked(signed_text(header, "{}"), signing_key_set), SignatureCheck::good);
    EXPECT_EQ(checked(signed_text(R"({"alg":"EdDSA","kid":"old"})", "{}"), signing_key_set),
              SignatureCheck::unknown_key);
    EXPECT_EQ(checked(signed_text(R"({"alg":"RS256","kid":"ed"})", "{}"), signing_key_set),
              SignatureCheck::unknown_key)
        << "the key is of another kind";
    EXPECT_EQ(checked(signed_text(R"({"alg":"ES256"})", "{}"), rfc_keys), SignatureCheck::wrong);
}

const Instant now{1'800'000'000'000};
const ClaimsWanted wanted{"https://id.example.org", "relief", now};

nlohmann::json good_claims() {
    return {{"iss", "https://id.example.org"},
            {"sub", "s-1"},
            {"aud", "relief"},
            {"exp", 1'800'000'300},
            {"iat", 1'799'999'990}};
}
std::string refusal_of(const char* member, const nlohmann::json& value) {
    auto claims = good_claims();
    if (value.is_null())
        claims.erase(member);
    else
        claims[member] = value;
    const auto checked = check_claims(claims.dump(), wanted);
    return checked ? "" : checked.error().what;
}

TEST(Claims, AreTakenFromTheIssuerForThisAudienceInTheirTime) {
    const auto claims = check_claims(good_claims().dump(), wanted);

    ASSERT_TRUE(claims);
    EXPECT_EQ((*claims)["sub"], "s-1");
    EXPECT_EQ(end_of(*claims), Instant{1'800'000'360'000});
    EXPECT_EQ(refusal_of("aud", {"other", "relief"}), "");
    EXPECT_EQ(refusal_of("iat", nullptr), "");
    EXPECT_EQ(refusal_of("exp", 1'800'000'000.5e0 + 1), "");
}

TEST(Claims, OfOthersAreRefused) {
    EXPECT_THAT(refusal_of("iss", "https://id.example.org/"), HasSubstr("issuer"));
    EXPECT_THAT(refusal_of("iss", nullptr), HasSubstr("issuer"));
    EXPECT_THAT(refusal_of("iss", {"https://id.example.org"}), HasSubstr("issuer"));
    EXPECT_THAT(refusal_of("aud", "relief2"), HasSubstr("audience"));
    EXPECT_THAT(refusal_of("aud", {"other"}), HasSubstr("audience"));
    EXPECT_THAT(refusal_of("aud", nullptr), HasSubstr("audience"));
    EXPECT_FALSE(check_claims(good_claims().dump(), {"https://id.example.org", "", now}))
        << "without an audience of ours nothing is meant for us";
}

TEST(Claims, CountBetweenTheirTimesWithAMinuteForClocksThatDiffer) {
    EXPECT_THAT(refusal_of("exp", nullptr), HasSubstr("exp"));
    EXPECT_THAT(refusal_of("exp", 1'799'999'940), HasSubstr("ended"));
    EXPECT_EQ(refusal_of("exp", 1'799'999'941), "");
    EXPECT_THAT(refusal_of("nbf", 1'800'000'061), HasSubstr("future"));
    EXPECT_EQ(refusal_of("nbf", 1'800'000'060), "");
    EXPECT_THAT(refusal_of("iat", 1'800'000'061), HasSubstr("future"));
    for (const nlohmann::json& no_time : {nlohmann::json("1800000300"),
                                          nlohmann::json(-1),
                                          nlohmann::json(1e300),
                                          nlohmann::json(true)})
        EXPECT_THAT(refusal_of("exp", no_time), HasSubstr("no time")) << no_time;
}

TEST(Claims, ThatCouldBeReadInTwoWaysAreRefused) {
    for (const char* payload :
         {R"({"iss":"https://id.example.org","aud":"x","aud":"relief","exp":1800000300})",
          R"({"iss":"https://id.example.org","aud":"relief","exp":1800000300,"a":{"b":1,"b":2}})",
          "[]",
          "",
          "{\"iss\":\"https://id.example.org\",\"aud\":\"relief\",\"exp\":1800000300}\n{}"})
        EXPECT_FALSE(check_claims(payload, wanted)) << payload;
}

TEST(HalfHash, IsThatOfTheStandard) {
    // OpenID Connect Core, A.4.
    EXPECT_EQ(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", SigningAlgorithm::rs256),
              "77QmUPtjPfzWtF2AnpK9RQ");
    EXPECT_EQ(half_hash("x", SigningAlgorithm::eddsa).size(), 43U);
}

TEST(LooksLikeJwt, TellsThemFromTokensOfThisServer) {
    EXPECT_TRUE(looks_like_jwt(rs256_example));
    EXPECT_FALSE(looks_like_jwt("relief_abc.def.ghi"));
    EXPECT_FALSE(looks_like_jwt("eyJhbGciOiJSUzI1NiJ9"));
}

}  // namespace
}  // namespace relief::access
