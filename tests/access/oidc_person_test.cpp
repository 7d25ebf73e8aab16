#include "server/access/oidc_person.hpp"

#include <gtest/gtest.h>

namespace relief::access {
namespace {

const ClaimRules rules{"preferred_username",
                       "groups",
                       {{"map-admins", Role::admin},
                        {"verifiers", Role::moderator},
                        {"gis", Role::analyst},
                        {"staff", Role::viewer}}};

nlohmann::json claims_with(const nlohmann::json& groups) {
    return {{"iss", "https://id.example.org"},
            {"sub", "s-1"},
            {"preferred_username", "amal@example.org"},
            {"groups", groups}};
}

TEST(OidcPerson, HasTheFirstOfSeveralRoles) {
    EXPECT_EQ(person_of(claims_with({"staff", "gis"}), rules)->role, Role::analyst);
    EXPECT_EQ(person_of(claims_with({"gis", "verifiers"}), rules)->role, Role::moderator);
    EXPECT_EQ(person_of(claims_with({"staff", "x", "map-admins", 7}), rules)->role, Role::admin);
    EXPECT_EQ(person_of(claims_with("staff"), rules)->role, Role::viewer);
}

TEST(OidcPerson, HasNoRoleThatNobodyGave) {
    EXPECT_FALSE(person_of(claims_with({"admin", "viewer", "Staff"}), rules)->role)
        << "a value is a role only when the configuration says so";
    EXPECT_FALSE(person_of(claims_with(nlohmann::json::array()), rules)->role);
    EXPECT_FALSE(person_of(claims_with({{"staff", true}}), rules)->role);
    EXPECT_FALSE(person_of(claims_with({{"staff"}}), rules)->role);
    EXPECT_FALSE(person_of(claims_with(nullptr), rules)->role);
}

TEST(OidcPerson, IsGrantedTheLayersOfWhatGaveTheRole) {
    ClaimRules granting = rules;
    granting.roles["north"] = Role::viewer;
    granting.roles["gis-north"] = Role::analyst;
    granting.layers = {{"staff", {"wells", "camps"}}, {"north", {"camps", "roads"}}};
    granting.layers["gis-north"] = {"roads"};
    const auto layers = [&](const nlohmann::json& groups) {
        return person_of(claims_with(groups), granting)->layers;
    };
    using Layers = std::vector<std::string>;

    EXPECT_EQ(layers({"north", "staff"}), (Layers{"camps", "roads", "wells"}));
    EXPECT_EQ(layers("north"), (Layers{"camps", "roads"}));
    EXPECT_EQ(layers({"gis-north", "staff"}), (Layers{"roads"})) << "staff gave another role";
    EXPECT_EQ(layers({"gis-north", "gis"}), std::nullopt) << "gis sees by its role alone";
    EXPECT_EQ(layers("verifiers"), std::nullopt);
    EXPECT_EQ(layers("nobody"), std::nullopt);
    granting.roles["guests"] = Role::viewer;
    EXPECT_EQ(layers({"guests", "north"}), (Layers{"camps", "roads"}))
        << "a viewer sees nothing by the role alone";
}

TEST(OidcPerson, IsOneOfTheIssuerAndSubjectWhateverTheName) {
    auto other_name = claims_with("staff");
    other_name["preferred_username"] = "x";
    auto other_issuer = claims_with("staff");
    other_issuer["iss"] = "https://id.example.com";
    auto other_subject = claims_with("staff");
    other_subject["sub"] = "s-2";
    const std::string id = person_of(claims_with("staff"), rules)->id;

    EXPECT_EQ(person_of(other_name, rules)->id, id);
    EXPECT_NE(person_of(other_issuer, rules)->id, id);
    EXPECT_NE(person_of(other_subject, rules)->id, id);
    EXPECT_EQ(id.find("amal"), std::string::npos);
    EXPECT_TRUE(id.starts_with(oidc_id_beginning));
}

TEST(OidcPerson, NeedsASubject) {
    for (const nlohmann::json& subject : {nlohmann::json(),
                                          nlohmann::json(7),
                                          nlohmann::json(""),
                                          nlohmann::json(std::string(256, 'x'))}) {
        auto claims = claims_with("staff");
        claims["sub"] = subject;
        EXPECT_FALSE(person_of(claims, rules)) << subject;
    }
}

TEST(OidcPerson, HasANameThatCanBeShown) {
    auto claims = claims_with("staff");
    claims["preferred_username"] = "a\n\x1b[2Jb";
    EXPECT_EQ(person_of(claims, rules)->name, "a[2Jb");
    std::string long_name(99, 'a');
    claims["preferred_username"] = long_name + "\xc3\xa9" + "b";
    EXPECT_EQ(person_of(claims, rules)->name, long_name) << "no half of a character";
    claims["preferred_username"] = 7;
    EXPECT_EQ(person_of(claims, rules)->name, "");
}

TEST(FindClaim, FollowsDotsAndNamesThatHaveThem) {
    const auto claims = nlohmann::json::parse(R"({
        "realm_access": {"roles": ["a"]},
        "resource_access": {"my.client": {"roles": ["b"]}},
        "https://example.org/roles": ["c"], "text": "d"})");

    EXPECT_EQ(*find_claim(claims, "realm_access.roles"), nlohmann::json({"a"}));
    EXPECT_EQ(*find_claim(claims, "resource_access.my.client.roles"), nlohmann::json({"b"}));
    EXPECT_EQ(*find_claim(claims, "https://example.org/roles"), nlohmann::json({"c"}));
    EXPECT_EQ(find_claim(claims, "text.roles"), nullptr);
    EXPECT_EQ(find_claim(claims, "realm_access."), nullptr);
    EXPECT_EQ(find_claim(claims, ".roles"), nullptr);
    EXPECT_EQ(find_claim(claims, ""), nullptr);
}

}  // namespace
}  // namespace relief::access
