#include "tests/workspace/configuration_reading.hpp"
#include "tiler/workspace/web_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(OidcConfiguration, ReadsWhatIsStatedOfAProvider) {
    const auto read = read_text(R"(
oidc:
  issuer: https://id.example.org/realms/relief
  client_id: relief
  role_claim: realm_access.roles
  roles: {map-admins: admin, "gis team": analyst}
  scopes: [openid, roles]
  hosts: [keys.example.org, "api.example.org:8443"]
)");

    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->oidc.issuer, "https://id.example.org/realms/relief");
    EXPECT_EQ(read->oidc.audience, "relief") << "that of the client, when none is stated";
    EXPECT_EQ(read->oidc.name_claim, "preferred_username");
    EXPECT_EQ(read->oidc.role_claim, "realm_access.roles");
    EXPECT_THAT(read->oidc.roles,
                ElementsAre(Pair("gis team", Role::analyst), Pair("map-admins", Role::admin)));
    EXPECT_THAT(read->oidc.scopes, ElementsAre("openid", "roles"));
    EXPECT_THAT(read->oidc.hosts, ElementsAre("keys.example.org", "api.example.org:8443"));
}

TEST(OidcConfiguration, IsNoneByDefaultAndGivesNobodyARole) {
    EXPECT_EQ(read_text("")->oidc.issuer, "");
    EXPECT_THAT(read_text("")->oidc.roles, IsEmpty());
}

TEST(OidcConfiguration, RefusesAProviderWhoseAnswersOthersCouldChange) {
    for (const char* issuer : {"http://id.example.org",
                               "http://10.0.0.1:8080",
                               "http://127.0.0.1.example.org",
                               "http://localhost@example.org",
                               "http://127.0.0.1:80@example.org",
                               "id.example.org",
                               "https://id.example.org?tenant=a",
                               "file:///etc/passwd"})
        EXPECT_THAT(complaint(std::string("oidc: {client_id: relief, issuer: \"") + issuer + "\"}"),
                    AllOf(HasSubstr("oidc.issuer"), HasSubstr("allowed: https://HOST")))
            << issuer;
    for (const char* issuer : {"https://id.example.org/realms/relief",
                               "http://127.0.0.1:9000",
                               "http://[::1]:9000/a",
                               "http://localhost"})
        EXPECT_EQ(complaint(std::string("oidc: {client_id: relief, issuer: \"") + issuer + "\"}"),
                  "");
}

TEST(OidcConfiguration, RefusesRolesThatThereAreNot) {
    for (const char* role : {"anonymous", "Admin", "root", ""})
        EXPECT_THAT(complaint(std::string("oidc: {roles: {staff: \"") + role + "\"}}"),
                    AllOf(HasSubstr("staff"), HasSubstr("allowed: viewer, analyst, moderator")))
            << role;
}

TEST(OidcConfiguration, RefusesGrantsThatAreForNobodyOrNoLayers) {
    const std::string roles = "oidc: {roles: {staff: viewer}, layers: {";
    EXPECT_EQ(read_text(roles + "staff: [camps, wells]}}")->oidc.layers.at("staff"),
              (std::vector<std::string>{"camps", "wells"}));
    EXPECT_THAT(complaint(roles + "guests: [camps]}}"),
                AllOf(HasSubstr("guests"), HasSubstr("no role")));
    for (const char* wrong : {"camps", "{camps: 1}", "[]", "[Camps!]", "[[camps]]", "[\"\"]"})
        EXPECT_THAT(complaint(roles + "staff: " + wrong + "}}"),
                    AllOf(HasSubstr("staff"), HasSubstr("no list of layers")))
            << wrong;
}

TEST(OidcConfiguration, RefusesAProviderWhoseTokensWouldBeForAnybody) {
    EXPECT_THAT(complaint("oidc: {issuer: https://id.example.org}"),
                HasSubstr("without oidc.client_id or oidc.audience"));
    EXPECT_EQ(complaint("oidc: {issuer: https://id.example.org, audience: relief}"), "");
}

TEST(OidcConfiguration, RefusesHostsAndScopesThatAreNone) {
    for (const char* host : {"https://keys.example.org", "a/b", "a@b", "a b", "", "a?b", "a\\\\b"})
        EXPECT_THAT(complaint(std::string("oidc: {hosts: [\"") + host + "\"]}"),
                    HasSubstr("allowed: HOST[:PORT]"))
            << host;
    EXPECT_THAT(complaint("oidc: {scopes: [\"a b\"]}"), HasSubstr("oidc.scopes"));
}

TEST(OriginOf, IsSchemeHostAndPortOrNothing) {
    EXPECT_EQ(origin_of("https://a.example:8443/b?c#d"), "https://a.example:8443");
    EXPECT_EQ(origin_of("https://a.example?b"), "https://a.example");
    EXPECT_EQ(origin_of("https://a.example"), "https://a.example");
    for (const char* address :
         {"", "a.example", "//a.example", "https://a@b", "https://a\\@b", "https://a b"})
        EXPECT_EQ(origin_of(address), "") << address;
}

}  // namespace
}  // namespace relief::workspace
