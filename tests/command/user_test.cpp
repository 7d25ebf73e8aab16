#include "tests/command/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::command {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using UserJson = nlohmann::json;

class UserVerbs : public CommandLine {
protected:
    /// The program with a line of standard input.
    Said typing(const std::string& line, std::vector<std::string> words) const {
        words.insert(words.begin(),
                     {"/bin/sh", "-c", R"(printf '%s\n' "$LINE" | "$0" "$@")", RELIEF_PROGRAM});
        testing::Program program(std::move(words),
                                 {"LINE=" + line, "RELIEF_WORKSPACE=" + workspace().string()});
        const int status = program.wait();
        return {status, program.output(), program.errors()};
    }
};

TEST_F(UserVerbs, MakeListAndRemoveOne) {
    const auto made =
        typing("correct horse battery",
               {"user", "add", "amina", "--role", "viewer", "--layers", "camps,wells", "--json"});
    ASSERT_EQ(made.status, 0) << made.errors;
    EXPECT_EQ(UserJson::parse(made.output)["name"], "amina");

    EXPECT_THAT(relief({"user", "list"}).output, HasSubstr("amina, viewer of camps wells"));
    const auto listed = UserJson::parse(relief({"user", "list", "--json"}).output);
    EXPECT_EQ(listed[0]["layers"], UserJson({"camps", "wells"}));
    EXPECT_FALSE(listed[0].contains("hash"));
    expect_one_line(typing("correct horse battery", {"user", "add", "amina", "--role", "admin"}));

    EXPECT_EQ(relief({"user", "remove", "amina"}).status, 0);
    EXPECT_EQ(UserJson::parse(relief({"user", "list", "--json"}).output), UserJson::array());
    expect_one_line(relief({"user", "remove", "amina"}));
}

TEST_F(UserVerbs, TakeNoPasswordThatIsShortOrMissing) {
    const auto brief = typing("too short", {"user", "add", "amina", "--role", "viewer"});
    expect_one_line(brief);
    EXPECT_THAT(brief.errors, HasSubstr("12"));
    EXPECT_THAT(brief.errors, Not(HasSubstr("too short")));
    expect_one_line(typing("correct horse battery", {"user", "passwd", "nobody"}));
}

TEST_F(UserVerbs, RefuseWhatIsNoNameOrRole) {
    EXPECT_EQ(typing("correct horse battery", {"user", "add", "Amina", "--role", "viewer"}).status,
              2);
    const auto role = typing("correct horse battery", {"user", "add", "amina", "--role", "king"});
    EXPECT_EQ(role.status, 2);
    EXPECT_THAT(role.errors, HasSubstr("moderator"));
    EXPECT_EQ(relief({"user", "add", "amina"}).status, 2);
}

}  // namespace
}  // namespace relief::command
