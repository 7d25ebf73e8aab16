#include "server/access/jwk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::access {
namespace {

using Json = nlohmann::json;

// RFC 7517, A.1 (public keys: EC for encryption, RSA without a use) and RFC 8037, A.2.
Json rfc_rsa() {
    return {
        {"kty", "RSA"},
        {"n",
         "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc"
         "_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQ"
         "R0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bF"
         "TWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"},
        {"e", "AQAB"},
        {"alg", "RS256"},
        {"kid", "2011-04-29"}};
}
Json rfc_ec() {
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"},
            {"y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"},
            {"kid", "1"}};
}
Json rfc_ed() {
    return {{"kty", "OKP"},
            {"crv", "Ed25519"},
            {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
            {"kid", "ed"}};
}

std::size_t kept(const std::vector<Json>& keys) {
    const auto set = KeySet::read(Json{{"keys", keys}}.dump());
    EXPECT_TRUE(set);
    return set ? set->size() : 99;
}

Json with(Json key, const char* member, const Json& value) {
    key[member] = value;
    return key;
}

TEST(KeySet, TakesTheThreeKindsAndFindsThemByNameAndAlgorithm) {
    const auto set = KeySet::read(Json{{"keys", {rfc_rsa(), rfc_ec(), rfc_ed()}}}.dump());

    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 3U);
    EXPECT_NE(set->find("2011-04-29", SigningAlgorithm::rs256), nullptr);
    EXPECT_NE(set->find("1", SigningAlgorithm::es256), nullptr);
    EXPECT_NE(set->find("ed", SigningAlgorithm::eddsa), nullptr);
    EXPECT_EQ(set->find("1", SigningAlgorithm::rs256), nullptr) << "the kind must agree";
    EXPECT_EQ(set->find("other", SigningAlgorithm::eddsa), nullptr);
}

TEST(KeySet, TakesTheOnlyKeyOfAnAlgorithmWithoutAName) {
    const auto one = KeySet::read(Json{{"keys", {rfc_ed(), rfc_ec()}}}.dump());
    const auto two =
        KeySet::read(Json{{"keys", {rfc_ed(), with(rfc_ed(), "kid", "another")}}}.dump());

    EXPECT_NE(one->find("", SigningAlgorithm::eddsa), nullptr);
    EXPECT_EQ(two->find("", SigningAlgorithm::eddsa), nullptr) << "it is not guessed which";
}

TEST(KeySet, LeavesOutWhatIsForOtherThings) {
    EXPECT_EQ(kept({with(rfc_rsa(), "use", "enc"),
                    with(rfc_rsa(), "alg", "RSA-OAEP"),
                    with(rfc_rsa(), "alg", "RS512"),
                    with(rfc_ec(), "key_ops", {"deriveKey"}),
                    with(rfc_ec(), "crv", "P-384"),
                    with(rfc_ed(), "crv", "X25519"),
                    {{"kty", "oct"}, {"k", "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"}, {"kid", "h"}},
                    "no key",
                    {{"kty", 7}}}),
              0U);
    EXPECT_EQ(kept({with(rfc_ec(), "key_ops", {"verify"}), with(rfc_rsa(), "use", "sig")}), 2U);
}

TEST(KeySet, LeavesOutKeysThatAreWeakOrBroken) {
    const std::string short_modulus(170, 'z');  // 1020 bits
    const std::string endless(1368, 'z');       // 8208 bits
    EXPECT_EQ(kept({with(rfc_rsa(), "n", short_modulus),
                    with(rfc_rsa(), "n", endless),
                    with(rfc_rsa(), "n", "not base64url!"),
                    with(rfc_rsa(), "e", "AQ"),    // 1: every signature would be right
                    with(rfc_rsa(), "e", "AQAA"),  // even
                    with(rfc_rsa(), "e", 65537),
                    with(rfc_ec(), "y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyA"),  // off it
                    with(rfc_ec(), "x", "AAAA"),
                    with(rfc_ed(), "x", "AAAA"),
                    with(rfc_ed(), "kid", 7)}),
              0U);
}

TEST(KeySet, RefusesWhatIsNoSetOrTooLarge) {
    for (const std::string& wrong :
         {std::string("[]"),
          std::string("{}"),
          std::string("{"),
          std::string(R"({"keys": {}})"),
          std::string(R"({"keys": [], "keys": []})"),
          R"({"keys": [)" + std::string(100, '[') + std::string(100, ']') + "]}",
          R"({"keys": [], "x": ")" + std::string(KeySet::longest_document, 'x') + "\"}"})
        EXPECT_FALSE(KeySet::read(wrong)) << wrong.substr(0, 60);
    EXPECT_EQ(kept(std::vector<Json>(KeySet::most_keys, Json::object())), 0U);
    EXPECT_FALSE(
        KeySet::read(Json{{"keys", std::vector<Json>(KeySet::most_keys + 1, rfc_ed())}}.dump()));
}

}  // namespace
}  // namespace relief::access
