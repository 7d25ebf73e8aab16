#include "server/http/server.hpp"
#include "tests/http/running_server.hpp"
#include "tests/support/loopback_client.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace relief::http {
namespace {

using std::chrono::milliseconds;
using support::LoopbackClient;

TEST(ServerLimits, ReadsNoMorePipelinedRequestsThanAllowed) {
    auto options = free_port();
    options.pipelined = 2;
    RunningServer server(options);
    LoopbackClient client(server.port());
    for (int i = 0; i < 5; ++i) client.ask("GET /held/" + std::to_string(i));
    ASSERT_TRUE(server.held.wait_for(2));

    for (std::size_t i = 0; i < 5; ++i) {
        ASSERT_TRUE(server.held.wait_for(i + 1));
        server.held.answer(i, text(std::to_string(i), "text/plain"));
        EXPECT_EQ(body_of(client.answer()), std::to_string(i));
    }
}

TEST(ServerLimits, RefusesALargeBodyBeforeItIsRead) {
    auto options = free_port();
    options.body_bytes = 1000;
    const RunningServer server(options);
    LoopbackClient by_length(server.port());
    LoopbackClient in_chunks(server.port());

    by_length.ask("POST /echo", "Content-Length: 1001\r\n");
    in_chunks.ask("POST /echo", "Transfer-Encoding: chunked\r\n");
    in_chunks.send("3e9\r\n");  // 1001

    EXPECT_EQ(status_of(by_length.answer()), 413);
    EXPECT_EQ(status_of(in_chunks.answer()), 413);
    EXPECT_TRUE(in_chunks.is_closed_by_server());
}

TEST(ServerLimits, RefusesALongLineAndLongHeadersAndCloses) {
    const RunningServer server;
    LoopbackClient line(server.port());
    LoopbackClient head(server.port());

    line.send("GET /" + std::string(9000, 'a'));
    head.ask("GET /", "X-A: " + std::string(9000, 'a') + "\r\n");

    EXPECT_EQ(status_of(line.answer()), 414);
    EXPECT_TRUE(line.is_closed_by_server());
    EXPECT_EQ(status_of(head.answer()), 431);
    EXPECT_TRUE(head.is_closed_by_server());
}

TEST(ServerLimits, TakesAHeadOfExactlyTheAllowedSize) {
    const RunningServer server;
    LoopbackClient client(server.port());
    const std::string begin = "GET /echo/x HTTP/1.1\r\nHost: a\r\nX-A: ";

    client.send(begin + std::string(8192 - begin.size() - 4, 'a') + "\r\n\r\n");

    EXPECT_EQ(status_of(client.answer()), 200);
}

TEST(ServerLimits, BoundsTheWholeTimeOfAHeadHoweverItTrickles) {
    auto options = free_port();
    options.header_time = milliseconds(200);
    const RunningServer server(options);
    LoopbackClient client(server.port());
    client.send("GET / HTTP/1.1\r\nX: ");

    bool open = true;
    const auto start = std::chrono::steady_clock::now();
    while (open && std::chrono::steady_clock::now() < start + patience) {
        open = client.send("a");
        std::this_thread::sleep_for(milliseconds(20));
    }

    EXPECT_FALSE(open);
}

TEST(ServerLimits, ClosesIdleConnectionsButNotThoseThatWaitForTheirAnswer) {
    auto options = free_port();
    options.idle_time = milliseconds(200);
    RunningServer server(options);
    LoopbackClient idle(server.port());
    LoopbackClient waiting(server.port());
    waiting.ask("GET /held/a");
    ASSERT_TRUE(server.held.wait_for(1));

    EXPECT_TRUE(idle.is_closed_by_server());
    std::this_thread::sleep_for(milliseconds(400));
    server.held.answer(0, text("still here", "text/plain"));

    EXPECT_EQ(body_of(waiting.answer()), "still here");
}

TEST(ServerLimits, GivesUpOnABodyThatDoesNotCome) {
    auto options = free_port();
    options.body_time = milliseconds(200);
    const RunningServer server(options);
    LoopbackClient client(server.port());
    client.ask("POST /echo", "Content-Length: 5\r\n");

    EXPECT_EQ(status_of(client.answer()), 408);
}

TEST(ServerLimits, TakesABodyOverASlowLine) {
    auto options = free_port();
    options.body_time = milliseconds(1000);
    options.least_body_rate = 1;
    const RunningServer server(options);
    LoopbackClient client(server.port());
    client.ask("POST /echo", "Content-Length: 8\r\n");

    for (int i = 0; i < 8; ++i) {
        std::this_thread::sleep_for(milliseconds(150));
        client.send("a");
    }

    EXPECT_EQ(body_of(client.answer()), "aaaaaaaa") << "after more than that time";
}

TEST(ServerLimits, GivesUpOnAReaderThatDoesNotRead) {
    auto options = free_port();
    options.write_time = milliseconds(200);
    RunningServer server(options);
    LoopbackClient client(server.port());

    client.ask("GET /large");
    const auto records = server.records.wait_for(1);

    ASSERT_EQ(records.size(), 1U);
    EXPECT_TRUE(records[0].client_gone);
    EXPECT_TRUE(server.closes_all_but(0));
}

TEST(ServerLimits, TurnsAwayWhomItHasNoSeatForAndServesThemLater) {
    auto options = free_port();
    options.connections = 2;
    RunningServer server(options);
    {
        LoopbackClient first(server.port());
        LoopbackClient second(server.port());
        for (auto* client : {&first, &second}) {
            client->ask("GET /echo/a");
            EXPECT_EQ(status_of(client->answer()), 200);
        }
        LoopbackClient third(server.port());
        EXPECT_EQ(status_of(third.answer()), 503);
    }
    ASSERT_TRUE(server.closes_all_but(0));
    LoopbackClient later(server.port());
    later.ask("GET /echo/a");

    EXPECT_EQ(status_of(later.answer()), 200);
}

TEST(ServerLimits, LeavesSeatsToOthersThanOneNetwork) {
    auto options = free_port();
    options.connections = 100;
    options.counts_loopback = true;
    const RunningServer server(options);
    std::vector<std::unique_ptr<LoopbackClient>> crowd;
    for (int i = 0; i < 64; ++i) {
        crowd.push_back(std::make_unique<LoopbackClient>(server.port()));
        crowd.back()->ask("GET /echo/a");
        EXPECT_EQ(status_of(crowd.back()->answer()), 200);
    }

    LoopbackClient next(server.port());
    const auto answer = next.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 429);
    EXPECT_NE(answer->body.find("too many connections from one network\"}"), std::string::npos);

    crowd.clear();
    EXPECT_TRUE(support::LoopbackClient(server.port()).is_open());
    const auto end = std::chrono::steady_clock::now() + patience;
    int status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < end) {
        LoopbackClient later(server.port());
        later.ask("GET /echo/a");
        status = status_of(later.answer());
    }
    EXPECT_EQ(status, 200) << "they have left";
}

TEST(ServerLimits, CountsNoConnectionsOfThisMachine) {
    auto options = free_port();
    options.connections = 100;
    const RunningServer server(options);
    std::vector<std::unique_ptr<LoopbackClient>> crowd;
    for (int i = 0; i < 80; ++i) {
        crowd.push_back(std::make_unique<LoopbackClient>(server.port()));
        crowd.back()->ask("GET /echo/a");
        ASSERT_EQ(status_of(crowd.back()->answer()), 200);
    }
}

/// Whose large body is invited; the rest of it does not come.
class Uploader {
public:
    explicit Uploader(const RunningServer& server, std::size_t bytes = 2'000'000)
        : client_(server.port()) {
        client_.ask("POST /upload",
                    "Expect: 100-continue\r\nContent-Length: " + std::to_string(bytes) + "\r\n");
        status = client_.read_to("\r\n\r\n").substr(9, 3);
    }
    std::string status;

private:
    LoopbackClient client_;
};

TEST(ServerLimits, TakesFewLargeBodiesOfOneNetworkAtATime) {
    auto options = free_port();
    options.counts_loopback = true;
    const RunningServer server(options);
    const Uploader first(server);
    const Uploader second(server);
    const Uploader third(server);
    const Uploader small(server, 10'000);

    EXPECT_EQ(first.status, "100");
    EXPECT_EQ(second.status, "100");
    EXPECT_EQ(third.status, "503");
    EXPECT_EQ(small.status, "100");
}

TEST(ServerLimits, TakesFewLargeBodiesAtATimeOfAll) {
    const RunningServer server;
    std::vector<std::unique_ptr<Uploader>> crowd;
    for (int i = 0; i < 8; ++i) {
        crowd.push_back(std::make_unique<Uploader>(server));
        EXPECT_EQ(crowd.back()->status, "100");
    }

    EXPECT_EQ(Uploader(server).status, "503");
}

TEST(ServerLimits, BoundsTheBytesOfAllBodiesTogether) {
    auto options = free_port();
    options.counts_loopback = true;
    const RunningServer server(options);
    std::vector<std::unique_ptr<Uploader>> crowd;
    for (int i = 0; i < 16; ++i) {
        crowd.push_back(std::make_unique<Uploader>(server, 1'048'576));
        EXPECT_EQ(crowd.back()->status, "100");
    }

    EXPECT_EQ(Uploader(server, 1'048'576).status, "503");
    EXPECT_EQ(Uploader(server, 10'000).status, "100") << "a small one is always read";
}

}  // namespace
}  // namespace relief::http
