#include "tests/command/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::command {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using TokenJson = nlohmann::json;

class TokenVerbs : public CommandLine {};

TEST_F(TokenVerbs, MakeOneShownOnceListItWithoutItsSecretAndEndIt) {
    const auto made = relief({"token", "create", "--role", "viewer", "--layers", "camps,wells"});
    ASSERT_EQ(made.status, 0) << made.errors;
    const std::string secret = made.output.substr(0, made.output.find('\n'));
    EXPECT_TRUE(secret.starts_with("relief_"));
    EXPECT_THAT(made.errors, HasSubstr("shown once"));

    const auto listed = relief({"token", "list"});
    EXPECT_THAT(listed.output, HasSubstr("viewer of camps wells, does not expire"));
    EXPECT_THAT(listed.output, Not(HasSubstr(secret)));

    const std::string id = listed.output.substr(0, listed.output.find(' '));
    EXPECT_EQ(relief({"token", "revoke", id}).status, 0);
    EXPECT_THAT(relief({"token", "list"}).output, HasSubstr("revoked 20"));
}

TEST_F(TokenVerbs, SayInJsonWhatWasMade) {
    const auto made = relief({"token", "create", "--role", "analyst", "--expires", "7d", "--json"});
    ASSERT_EQ(made.status, 0) << made.errors;
    const auto document = TokenJson::parse(made.output);
    EXPECT_EQ(document["role"], "analyst");
    EXPECT_TRUE(document["layers"].is_null());
    EXPECT_THAT(document["expires"].get<std::string>(), HasSubstr("T"));

    const auto list = TokenJson::parse(relief({"token", "list", "--json"}).output);
    EXPECT_EQ(list[0]["id"], document["id"]);
}

TEST_F(TokenVerbs, LeaveATraceWithThoseThatChangeLayers) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    ASSERT_EQ(relief({"token", "create", "--role", "viewer"}).status, 0);
    const auto head = relief({"audit", "head"});
    EXPECT_THAT(head.output, ::testing::StartsWith("2:"));
    ASSERT_EQ(relief({"remove", "dem"}).status, 0);

    const auto whole =
        relief({"audit", "verify", "--since", head.output.substr(0, head.output.find('\n'))});
    EXPECT_EQ(whole.status, 0) << whole.errors;
    EXPECT_THAT(whole.output, HasSubstr("3 entries"));
    EXPECT_EQ(relief({"audit", "verify", "--since", "yesterday"}).status, 2);
    expect_one_line(relief({"audit", "verify", "--since", "9:" + std::string(64, '0')}));
}

TEST_F(TokenVerbs, RefuseWhatIsNoRoleLengthOrLayer) {
    const auto role = relief({"token", "create", "--role", "king"});
    EXPECT_EQ(role.status, 2);
    EXPECT_THAT(role.errors, HasSubstr("viewer, analyst, moderator and admin"));
    EXPECT_EQ(relief({"token", "create", "--role", "anonymous"}).status, 2);
    EXPECT_EQ(relief({"token", "create", "--role", "viewer", "--expires", "soon"}).status, 2);
    EXPECT_EQ(relief({"token", "create", "--role", "viewer", "--layers", "A B"}).status, 2);
    EXPECT_EQ(relief({"token", "create"}).status, 2);
    expect_one_line(relief({"token", "revoke", "0"}));
}

}  // namespace
}  // namespace relief::command
