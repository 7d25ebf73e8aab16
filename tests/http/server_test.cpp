#include "server/http/server.hpp"

#include "tests/http/running_server.hpp"
#include "tests/support/loopback_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::http {
namespace {

using std::chrono::milliseconds;
using support::LoopbackClient;
using testing::HasSubstr;

TEST(Server, AnswersManyRequestsOverOneConnection) {
    const RunningServer server;
    LoopbackClient client(server.port());

    for (const std::string word : {"one", "two", "three"}) {
        client.ask("GET /echo/" + word);
        EXPECT_EQ(body_of(client.answer()), word);
    }
}

TEST(Server, AnswersPipelinedRequestsInTheirOrderHoweverTheyGetDone) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /held/a");
    client.ask("GET /held/b");
    client.ask("GET /echo/c");
    ASSERT_TRUE(server.held.wait_for(2));

    server.held.answer(1, text("second", "text/plain"));
    server.held.answer(0, text("first", "text/plain"));

    EXPECT_EQ(body_of(client.answer()), "first");
    EXPECT_EQ(body_of(client.answer()), "second");
    EXPECT_EQ(body_of(client.answer()), "c");
}

TEST(Server, ReadsBodiesByLengthAndInChunks) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("POST /echo", "Content-Length: 5\r\n");
    client.send("hello");
    EXPECT_EQ(body_of(client.answer()), "hello");
    client.ask("POST /echo", "Transfer-Encoding: chunked\r\n");
    client.send("3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX-Trailer: 1\r\n\r\n");
    EXPECT_EQ(body_of(client.answer()), "hello");
    client.ask("GET /echo/next");
    EXPECT_EQ(body_of(client.answer()), "next");
}

TEST(Server, SaysContinueOnlyBeforeABodyThatItWillRead) {
    const RunningServer server;
    LoopbackClient client(server.port());
    client.ask("POST /echo", "Content-Length: 5\r\nExpect: 100-continue\r\n");
    EXPECT_EQ(status_of(client.answer()), 100);
    client.send("hello");
    EXPECT_EQ(body_of(client.answer()), "hello");

    LoopbackClient greedy(server.port());
    greedy.ask("POST /echo", "Content-Length: 99999999999\r\nExpect: 100-continue\r\n");
    EXPECT_EQ(status_of(greedy.answer()), 413);
    EXPECT_TRUE(greedy.is_closed_by_server());
}

TEST(Server, SendsALargeBodyWhole) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("GET /large");

    EXPECT_EQ(body_of(client.answer()), std::string(8U << 20U, 'x'));
}

TEST(Server, TellsAHandlerWhenItsClientHasGone) {
    RunningServer server;
    for (const auto* fields : {"", "Connection: close\r\n"}) {
        const std::size_t before = *fields == '\0' ? 0 : 1;
        LoopbackClient client(server.port());
        client.ask("GET /held/a", fields);
        ASSERT_TRUE(server.held.wait_for(before + 1));
        const auto request = server.held.request(before);
        EXPECT_FALSE(request->deadline.passed());

        client.close();

        const auto end = std::chrono::steady_clock::now() + milliseconds(5000);
        while (!request->deadline.passed() && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(milliseconds(5));
        }
        EXPECT_TRUE(request->deadline.passed()) << fields;
        server.held.answer(before, text("too late", "text/plain"));
        EXPECT_EQ(server.records.wait_for(before + 1).size(), before + 1);
    }
}

TEST(Server, AnswersAClientThatHasClosedItsSendingSide) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("GET /echo/a");
    client.close_sending();

    EXPECT_EQ(body_of(client.answer()), "a");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, ClosesAfterAnAnswerWhenAskedToAndInHttp10) {
    const RunningServer server;
    LoopbackClient asks(server.port());
    LoopbackClient old(server.port());
    LoopbackClient old_but_stays(server.port());

    asks.ask("GET /echo/a", "Connection: close\r\n");
    asks.ask("GET /echo/b");
    old.send("GET /echo/a HTTP/1.0\r\n\r\n");
    old_but_stays.send("GET /echo/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

    EXPECT_EQ(asks.answer()->header("connection"), "close");
    EXPECT_TRUE(asks.is_closed_by_server());
    EXPECT_EQ(body_of(old.answer()), "a");
    EXPECT_TRUE(old.is_closed_by_server());
    EXPECT_EQ(old_but_stays.answer()->header("connection"), "keep-alive");
    old_but_stays.send("GET /echo/b HTTP/1.0\r\n\r\n");
    EXPECT_EQ(body_of(old_but_stays.answer()), "b");
}

TEST(Server, RefusesWhatIsNoRequestAndReadsNothingAfterIt) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.send(
        "GET /echo/a HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\nGET /echo/b HTTP/1.1\r\nHost: "
        "a\r\n\r\n");

    EXPECT_EQ(body_of(client.answer()), "a");
    EXPECT_EQ(status_of(client.answer()), 400);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, KeepsTheConnectionAfterAMalformedTarget) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("GET /echo/%zz");
    client.ask("GET /echo/b");

    EXPECT_EQ(status_of(client.answer()), 400);
    EXPECT_EQ(body_of(client.answer()), "b");
}

TEST(Server, AnswersHeadWithoutABody) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("HEAD /echo/word");
    client.ask("GET /echo/b");

    EXPECT_EQ(client.answer(true)->header("content-length"), "4");
    EXPECT_EQ(body_of(client.answer()), "b");
}

TEST(Server, AnswersPreflightsUnknownAddressesAndWrongMethodsItself) {
    const RunningServer server;
    LoopbackClient client(server.port());

    client.ask("OPTIONS /echo/a");
    const auto preflight = client.answer();
    EXPECT_EQ(status_of(preflight), 204);
    EXPECT_EQ(preflight->header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    client.ask("OPTIONS *");
    EXPECT_EQ(status_of(client.answer()), 204);
    client.ask("GET /nowhere?token=secret");
    const auto missing = client.answer();
    EXPECT_EQ(status_of(missing), 404);
    EXPECT_THAT(missing->body, HasSubstr("/nowhere"));
    EXPECT_THAT(missing->body, Not(HasSubstr("secret")));
    client.ask("DELETE /echo/a");
    const auto wrong = client.answer();
    EXPECT_EQ(status_of(wrong), 405);
    EXPECT_EQ(wrong->header("allow"), "GET, HEAD, OPTIONS");
}

TEST(Server, AnswersForAHandlerThatThrowsOrForgets) {
    RunningServer server;
    LoopbackClient client(server.port());

    client.ask("GET /throws");
    const auto thrown = client.answer();
    EXPECT_EQ(status_of(thrown), 500);
    EXPECT_THAT(thrown->body, Not(HasSubstr("secret")));
    EXPECT_EQ(server.records.wait_for(1).at(0).failure, "secret words");

    client.ask("GET /held/a");
    ASSERT_TRUE(server.held.wait_for(1));
    server.held.forget(0);
    EXPECT_EQ(status_of(client.answer()), 500);
}

TEST(Server, TellsTheObserverWhatWasAnswered) {
    RunningServer server;
    LoopbackClient client(server.port());

    client.ask("GET /echo/word", "X-Request-Id: mine\r\n");
    client.answer();
    client.ask("GET /nowhere");
    client.answer();

    const auto records = server.records.wait_for(2);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].route, "/echo/{word}");
    EXPECT_EQ(records[0].status, 200);
    EXPECT_EQ(records[0].body_bytes, 4U);
    EXPECT_EQ(records[0].request->id, "mine");
    EXPECT_EQ(records[0].request->remote_address, "127.0.0.1");
    EXPECT_FALSE(records[0].client_gone);
    EXPECT_EQ(records[1].route, "");
    EXPECT_EQ(records[1].status, 404);
}

TEST(Server, BelievesForwardedOnlyFromAListedProxy) {
    auto options = free_port();
    const auto ask = [](std::uint16_t port) {
        LoopbackClient client(port);
        client.ask("GET /base", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Host: b.example\r\n");
        return body_of(client.answer());
    };

    EXPECT_EQ(ask(RunningServer(options).port()), "http://127.0.0.1 127.0.0.1");
    options.proxies = {"127.0.0.0/8"};
    EXPECT_EQ(ask(RunningServer(options).port()), "http://b.example 203.0.113.9");
}

TEST(Server, CompressesALargeAnswerAwayFromItsThreads) {
    const RunningServer server;
    LoopbackClient client(server.port());
    client.ask("POST /echo", "Accept-Encoding: gzip\r\nContent-Length: 20000\r\n");
    client.send(std::string(20000, 'a'));

    const auto answer = client.answer();

    EXPECT_EQ(answer->header("content-encoding"), "gzip");
    EXPECT_LT(answer->body.size(), 1000U);
}

}  // namespace
}  // namespace relief::http
