#include "server/oidc/discovery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::oidc {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

const std::string far_issuer = "https://id.example.org/realms/relief";

Json far_document() {
    return {{"issuer", far_issuer},
            {"authorization_endpoint", "https://id.example.org/realms/relief/auth"},
            {"token_endpoint", "https://id.example.org/realms/relief/token"},
            {"userinfo_endpoint", "https://id.example.org/realms/relief/userinfo"},
            {"jwks_uri", "https://id.example.org/realms/relief/certs"}};
}
std::string complaint_of(const char* member, const Json& value, const Trusted& trusted) {
    Json document = far_document();
    if (value.is_null())
        document.erase(member);
    else
        document[member] = value;
    const auto read = read_discovery(document.dump(), trusted);
    return read ? "" : read.error().what;
}

TEST(Discovery, LiesBelowTheIssuer) {
    EXPECT_EQ(discovery_address("https://id.example.org"),
              "https://id.example.org/.well-known/openid-configuration");
    EXPECT_EQ(discovery_address(far_issuer + "/"),
              far_issuer + "/.well-known/openid-configuration");
}

TEST(Discovery, NamesTheEndpoints) {
    const auto read = read_discovery(far_document().dump(), {far_issuer});

    ASSERT_TRUE(read);
    EXPECT_EQ(read->token_endpoint, "https://id.example.org/realms/relief/token");
    EXPECT_EQ(read->jwks_uri, "https://id.example.org/realms/relief/certs");
    EXPECT_FALSE(read->names_issuer);
    EXPECT_EQ(complaint_of("userinfo_endpoint", nullptr, {far_issuer}), "");
    EXPECT_THAT(complaint_of("jwks_uri", nullptr, {far_issuer}), HasSubstr("jwks_uri"));
    EXPECT_THAT(complaint_of("token_endpoint", 7, {far_issuer}), HasSubstr("token_endpoint"));
}

TEST(Discovery, OfAnotherIssuerIsRefused) {
    for (const Json& issuer :
         {Json("https://id.example.org/realms/relief/"), Json("https://evil.test"), Json()})
        EXPECT_THAT(complaint_of("issuer", issuer, {far_issuer}), HasSubstr("another issuer"));
}

TEST(Discovery, LeadsToNobodyWhoIsNotTrusted) {
    for (const char* address : {"http://id.example.org/realms/relief/certs",
                                "http://127.0.0.1/certs",
                                "http://169.254.169.254/latest/meta-data",
                                "https://127.0.0.1/certs",
                                "https://id.example.org.evil.test/certs",
                                "https://id.example.org@evil.test/certs",
                                "https://id.example.org\\@evil.test/certs",
                                "https://id.example.org:8443/certs",
                                "https://ID.example.org/certs",
                                "https://id.example.org/certs#x",
                                "https://id.example.org/a b",
                                "https://id.example.org/a\r\nHost: evil.test",
                                "//id.example.org/certs",
                                "file:///etc/passwd",
                                "/certs",
                                ""})
        EXPECT_THAT(complaint_of("jwks_uri", address, {far_issuer}), HasSubstr("oidc.hosts"))
            << address;
}

TEST(Discovery, LeadsToFurtherHostsThatAreConfiguredByHttpsOnly) {
    const Trusted trusted{far_issuer, {"keys.example.org", "api.example.org:8443"}};

    EXPECT_EQ(complaint_of("jwks_uri", "https://keys.example.org/certs", trusted), "");
    EXPECT_EQ(complaint_of("token_endpoint", "https://api.example.org:8443/t", trusted), "");
    EXPECT_NE(complaint_of("jwks_uri", "http://keys.example.org/certs", trusted), "");
    EXPECT_NE(complaint_of("token_endpoint", "https://api.example.org/t", trusted), "");
}

TEST(Discovery, OnThisMachineStaysThere) {
    const std::string near = "http://127.0.0.1:9000";
    Json document = far_document();
    document["issuer"] = near;
    for (const char* member :
         {"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"})
        document[member] = near + "/" + member;
    EXPECT_TRUE(read_discovery(document.dump(), {near}));

    document["jwks_uri"] = "http://127.0.0.1:9001/jwks_uri";
    EXPECT_FALSE(read_discovery(document.dump(), {near})) << "another program of this machine";
}

TEST(Discovery, ThatIsNoJsonObjectOrReadInTwoWaysIsRefused) {
    for (const std::string& wrong : {std::string("[]"),
                                     std::string("{"),
                                     std::string(R"({"issuer":"a","issuer":"b"})"),
                                     std::string(2000, '[')})
        EXPECT_FALSE(read_discovery(wrong, {far_issuer}));
}

}  // namespace
}  // namespace relief::oidc
