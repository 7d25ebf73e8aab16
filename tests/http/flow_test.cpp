#include "server/http/flow.hpp"

#include "tests/http/running_server.hpp"
#include "tests/support/loopback_client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace relief::http {
namespace {

using support::LoopbackClient;

TEST(Flow, KeepsWhatIsSaidUntilItIsTaken) {
    Flow flow;
    EXPECT_TRUE(flow.say("one "));
    EXPECT_TRUE(flow.say("two"));

    EXPECT_EQ(flow.take().bytes, "one two");
    EXPECT_EQ(flow.take().bytes, "");
    EXPECT_FALSE(flow.take().last);
}

TEST(Flow, WakesOnceForAllThatComesBeforeItIsTaken) {
    Flow flow;
    int woken = 0;
    flow.say("early");
    flow.attach([&] { ++woken; });
    EXPECT_EQ(woken, 1) << "for what was there already";

    flow.say("more");
    EXPECT_EQ(woken, 1);
    flow.take();
    flow.say("again");
    EXPECT_EQ(woken, 2);
}

TEST(Flow, GivesWhatWaitsBeforeItEnds) {
    Flow flow;
    flow.say("last words");
    flow.end();

    EXPECT_FALSE(flow.say("too late"));
    const auto portion = flow.take();
    EXPECT_EQ(portion.bytes, "last words");
    EXPECT_TRUE(portion.last);
}

TEST(Flow, IsCutWhenMoreWaitsThanItsReaderMayLeave) {
    Flow flow(8);
    EXPECT_TRUE(flow.say("12345678"));
    EXPECT_FALSE(flow.is_cut());

    EXPECT_FALSE(flow.say("9"));

    EXPECT_TRUE(flow.is_cut());
    EXPECT_FALSE(flow.is_open());
    EXPECT_EQ(flow.take().bytes, "") << "nothing is kept for it";
}

TEST(Flow, WakesWhoIsStuckWithWhatItTookLastWhenItIsCut) {
    Flow flow(8);
    int woken = 0;
    flow.attach([&] { ++woken; });
    flow.say("12345678");
    ASSERT_EQ(woken, 1);

    flow.say("9");
    flow.say("after the end");

    EXPECT_EQ(woken, 2);
}

TEST(ServerFlow, SendsEachPieceWhenItIsSaidAndEndsWithTheConnection) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /flow");
    const auto flow = server.flows.at(0);

    const auto head = client.answer();
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-length"), "");
    EXPECT_EQ(head->header("connection"), "close");
    flow->say("one\n");
    EXPECT_EQ(client.read_to("\n"), "one\n");
    flow->say("two\n");
    EXPECT_EQ(client.read_to("\n"), "two\n");
    flow->say("three\n");
    flow->end();

    EXPECT_EQ(client.read_to("no such words"), "three\n");
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(server.records.wait_for(1).at(0).body_bytes, 14U);
}

TEST(ServerFlow, ToHeadHasNoBody) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("HEAD /flow");

    const auto head = client.answer(true);

    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("content-type"), "text/plain");
    EXPECT_EQ(head->header("content-length"), "") << "nobody knows it";
    EXPECT_FALSE(server.flows.at(0)->is_open());
    client.ask("GET /echo/next");
    EXPECT_EQ(body_of(client.answer()), "next");
}

TEST(ServerFlow, EndsWhenItsReaderGoes) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /flow");
    const auto flow = server.flows.at(0);
    ASSERT_TRUE(client.answer());

    client.close();

    EXPECT_TRUE(server.closes_all_but(0));
    EXPECT_FALSE(flow->say("to nobody"));
}

TEST(ServerFlow, ReadsNoFurtherRequest) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /flow");
    client.ask("GET /echo/after");
    const auto flow = server.flows.at(0);
    ASSERT_TRUE(client.answer());
    flow->say("piece\n");
    EXPECT_EQ(client.read_to("\n"), "piece\n");

    flow->end();

    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(ServerFlow, LeavesAReaderThatIsTooSlow) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /flow");
    const auto flow = server.flows.at(0);
    const std::string piece(16384, 'x');

    // The kernel takes some megabytes, given the time; then what waits here is bounded.
    std::size_t said = 0;
    while (flow->say(piece)) {
        said += piece.size();
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }

    EXPECT_LT(said, std::size_t{64} << 20U);
    EXPECT_TRUE(server.closes_all_but(0)) << "though it did not go by itself";
    EXPECT_TRUE(server.records.wait_for(1).at(0).client_gone);
}

TEST(ServerFlow, EndsWithItsServerAfterWhatWasSaid) {
    RunningServer server;
    LoopbackClient client(server.port());
    client.ask("GET /flow");
    const auto flow = server.flows.at(0);
    ASSERT_TRUE(client.answer());
    flow->say("last words\n");

    server.stop(std::chrono::seconds(10));

    EXPECT_EQ(client.read_to("no such words"), "last words\n");
    EXPECT_FALSE(flow->is_open());
}

}  // namespace
}  // namespace relief::http
