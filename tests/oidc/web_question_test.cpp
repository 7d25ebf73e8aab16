#include "server/oidc/web_question.hpp"

#include "tests/support/range_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::oidc {
namespace {

using ::testing::HasSubstr;

class WebQuestionTest : public ::testing::Test {
protected:
    static Deadline in_time() {
        return Deadline(Deadline::Clock::now() + std::chrono::seconds(20));
    }
    Result<std::string> ask_for(const std::string& path) const {
        return ask({server_.url(path), std::nullopt, {}, {}, in_time()});
    }
    testing::RangeServer server_;
};

TEST_F(WebQuestionTest, GivesTheBodyOfAGoodAnswer) {
    server_.put("/keys", "{}");

    EXPECT_EQ(*ask_for("/keys"), "{}");
    EXPECT_EQ(*ask({server_.url("/keys"), {{{"code", "a b"}}}, "u:p", {}, in_time()}), "{}");
    ASSERT_EQ(server_.questions().size(), 2U);
    EXPECT_EQ(server_.questions()[0].method, "GET");
    EXPECT_EQ(server_.questions()[1].method, "POST");
}

TEST_F(WebQuestionTest, TellsRefusalsFromFailures) {
    EXPECT_EQ(ask_for("/nothing").error().fault, Fault::bad_request);
    server_.behave({.status = 500});
    EXPECT_EQ(ask_for("/keys").error().fault, Fault::source_broken);
    server_.stop();
    EXPECT_EQ(ask_for("/keys").error().fault, Fault::source_broken);
}

TEST_F(WebQuestionTest, FollowsNobodyElsewhere) {
    testing::RangeServer other;
    other.put("/keys", "{}");
    server_.behave({.status = 302, .location = other.url("/keys")});

    const auto answer = ask_for("/keys");

    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().what, HasSubstr("another address"));
    EXPECT_TRUE(other.questions().empty());
}

TEST_F(WebQuestionTest, TakesNoMoreThanItHasRoomFor) {
    server_.put("/fits", std::string(std::size_t{256} << 10U, ' '));
    server_.put("/more", std::string((std::size_t{256} << 10U) + 1, ' '));

    EXPECT_TRUE(ask_for("/fits"));
    ASSERT_FALSE(ask_for("/more"));
    EXPECT_THAT(ask_for("/more").error().what, HasSubstr("256 KiB"));
}

TEST_F(WebQuestionTest, WaitsForNobodyLongerThanItMay) {
    server_.put("/keys", "{}");
    server_.behave({.delay = std::chrono::hours(1)});
    const Deadline brief(Deadline::Clock::now() + std::chrono::milliseconds(50));

    EXPECT_FALSE(ask({server_.url("/keys"), std::nullopt, {}, {}, brief}));
    const Deadline gone(Deadline::Clock::now());
    EXPECT_FALSE(ask({server_.url("/keys"), std::nullopt, {}, {}, gone}));
    EXPECT_EQ(server_.questions().size(), 1U) << "the second was not even begun";
}

TEST_F(WebQuestionTest, GoesNowhereInTheOpen) {
    for (const char* address : {"http://example.org/keys",
                                "http://127.0.0.1:80@example.org/keys",
                                "http://localhost.example.org/",
                                "ftp://127.0.0.1/keys",
                                "file:///etc/passwd",
                                "gopher://127.0.0.1:1/",
                                ""}) {
        const auto answer = ask({address, std::nullopt, {}, {}, in_time()});
        ASSERT_FALSE(answer) << address;
        EXPECT_THAT(answer.error().what, HasSubstr("neither https nor of this machine")) << address;
    }
}

TEST(FormEncoded, LeavesNoLetterThatMeansSomething) {
    EXPECT_EQ(form_encoded("aZ9*-._"), "aZ9*-._");
    EXPECT_EQ(form_encoded("a b&c=d+e%:/?#\xc3\xa9\n"),
              "a%20b%26c%3Dd%2Be%25%3A%2F%3F%23%C3%A9%0A");
}

}  // namespace
}  // namespace relief::oidc
