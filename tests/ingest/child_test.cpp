#include "tiler/ingest/child.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>
#include <unistd.h>
#include <utility>

namespace relief::ingest {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds long_enough{30000};

Child shell(const std::string& script) {
    auto child = Child::start("/bin/sh", {"-c", script});
    EXPECT_TRUE(child);
    return std::move(*child);
}

TEST(Child, AnswersLineByLine) {
    Child child = shell("while read -r word; do echo \"<$word>\"; done");
    std::string line;

    ASSERT_TRUE(child.write_line("one"));
    ASSERT_EQ(child.read_line(line, long_enough), Child::Read::line);
    EXPECT_EQ(line, "<one>");
    ASSERT_TRUE(child.write_line("two words"));
    ASSERT_EQ(child.read_line(line, long_enough), Child::Read::line);
    EXPECT_EQ(line, "<two words>");

    child.close_input();
    EXPECT_EQ(child.read_line(line, long_enough), Child::Read::end);
    EXPECT_EQ(child.wait(), "");
}

TEST(Child, LinesThatComeTogetherAreGivenOneByOne) {
    Child child = shell(R"(printf 'a\n\nb\n')");
    std::string line;

    for (const char* expected : {"a", "", "b"}) {
        ASSERT_EQ(child.read_line(line, long_enough), Child::Read::line);
        EXPECT_EQ(line, expected);
    }
    EXPECT_EQ(child.read_line(line, long_enough), Child::Read::end);
}

TEST(Child, ThatIsSilentIsATimeoutAndNoEnd) {
    Child child = shell("read -r word; echo late");
    std::string line;

    EXPECT_EQ(child.read_line(line, milliseconds(20)), Child::Read::timeout);
    child.write_line("go");
    EXPECT_EQ(child.read_line(line, long_enough), Child::Read::line);
    EXPECT_EQ(line, "late");
}

TEST(Child, ALineWithoutEndEndsTheConversation) {
    Child child = shell("yes | tr -d '\\n'");  // for ever: 4 MB is the limit
    std::string line;

    EXPECT_EQ(child.read_line(line, long_enough), Child::Read::end);
}

TEST(Child, TellsHowItEnded) {
    EXPECT_EQ(shell("exit 0").wait(), "");
    EXPECT_EQ(shell("exit 3").wait(), "it ended with status 3");
    EXPECT_NE(shell("kill -SEGV $$").wait().find("crash"), std::string::npos);
    EXPECT_NE(shell("kill -XCPU $$").wait().find("processor time"), std::string::npos);
    EXPECT_NE(shell("kill -KILL $$").wait().find("memory"), std::string::npos);
}

TEST(Child, WritingToOneThatHasEndedIsRefusedAndEndsNobody) {
    Child child = shell("exit 0");
    EXPECT_EQ(child.wait(), "");

    EXPECT_FALSE(child.write_line("is anybody there?"));
}

TEST(Child, ThatIsNotWaitedForIsKilledWithItsOwner) {
    std::string line;
    {
        Child child = shell("echo $$; exec sleep 600");
        ASSERT_EQ(child.read_line(line, long_enough), Child::Read::line);
    }

    EXPECT_NE(::kill(std::stoi(line), 0), 0) << "it still runs";
}

TEST(Child, AProgramThatIsNotThereIsAnError) {
    const auto child = Child::start("/nowhere/relief", {});

    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().fault, Fault::source_broken);
}

TEST(OwnProgram, IsThisOne) {
    EXPECT_TRUE(own_program().ends_with("ingest_test"));
}

}  // namespace
}  // namespace relief::ingest
