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

TEST(ServerStop, FinishesWhatIsUnderWayAndClosesTheRest) {
    RunningServer server;
    LoopbackClient idle(server.port());
    LoopbackClient busy(server.port());
    busy.ask("GET /held/a");
    ASSERT_TRUE(server.held.wait_for(1));

    server.server().stop(std::chrono::seconds(10));
    EXPECT_TRUE(idle.is_closed_by_server());
    server.held.answer(0, text("whole", "text/plain"));

    const auto answer = busy.answer();
    EXPECT_EQ(body_of(answer), "whole");
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(busy.is_closed_by_server());
    server.stop(milliseconds(0));
}

TEST(ServerStop, WaitsNoLongerThanItsGrace) {
    RunningServer server;
    LoopbackClient half_sent(server.port());
    half_sent.send("GET /echo/a HTTP/1.1\r\n");
    LoopbackClient busy(server.port());
    busy.ask("GET /held/a");
    ASSERT_TRUE(server.held.wait_for(1));

    server.stop(milliseconds(200));

    EXPECT_TRUE(busy.is_closed_by_server());
    server.held.answer(0, text("too late", "text/plain"));
    EXPECT_TRUE(server.records.wait_for(1).at(0).client_gone);
}

TEST(ServerListen, NamesAPortThatIsTaken) {
    const RunningServer first;
    auto options = free_port();
    options.port = first.port();

    const auto second = Server::listen(options);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::conflict);
    EXPECT_THAT(second.error().what, HasSubstr(std::to_string(options.port)));
}

TEST(ServerListen, RefusesAHostOrProxyThatIsNone) {
    auto options = free_port();
    options.host = "no host at all";
    EXPECT_EQ(Server::listen(options).error().fault, Fault::bad_request);
    options = free_port();
    options.proxies = {"not-an-address"};
    EXPECT_THAT(Server::listen(options).error().what, HasSubstr("not-an-address"));
}

}  // namespace
}  // namespace relief::http
