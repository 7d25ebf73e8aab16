// What changes is heard while it happens, by those who may see it.

#include "tests/journey/access_journey.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Events : public AccessJourney {
protected:
    /// A connection that has begun to listen.
    class Stream {
    public:
        explicit Stream(const RunningRelief& server, const std::string& headers = {})
            : client_(server.port()) {
            client_.ask("GET /events", "Accept: text/event-stream\r\n" + headers);
            head = client_.answer().value_or(Answer{});
            greeting = client_.read_to("\n\n");
        }
        /// The next event whose lines hold the words; "" when the stream ends before.
        std::string next(const std::string& words) {
            std::string event;
            do {
                event = client_.read_to("\n\n");
            } while (!event.empty() && event.find(words) == std::string::npos);
            return event;
        }
        bool is_ended_by_server() { return client_.is_closed_by_server(); }
        static std::string id_of(const std::string& event) {
            const auto at = event.find("id: ") + 4;
            return event.substr(at, event.find('\n', at) - at);
        }

        Answer head;
        std::string greeting;

    private:
        support::LoopbackClient client_;
    };
};

TEST_F(Events, AreAStreamThatNobodyKeeps) {
    const Stream stream(serve());

    EXPECT_EQ(stream.head.status, 200);
    EXPECT_EQ(stream.head.header("content-type"), "text/event-stream");
    EXPECT_EQ(stream.head.header("cache-control"), "no-store");
    EXPECT_EQ(stream.head.header("content-length"), "");
    EXPECT_THAT(stream.greeting, HasSubstr("retry: 3000\n"));
}

TEST_F(Events, TellOfALayerThatIsAddedAndOfItsTiles) {
    const auto& server = serve();
    Stream stream(server);

    add({write("flood.tif", heights())});

    EXPECT_THAT(stream.next("event: layer"), HasSubstr(R"({"layer":"flood","change":"added")"));
    EXPECT_THAT(stream.next("event: tiles"), HasSubstr(R"({"layer":"flood","version":")"));
    EXPECT_TRUE(server.shows("flood")) << "who hears of it finds it";
    relief({"suspend", "flood"});
    EXPECT_THAT(stream.next("event: layer"), HasSubstr(R"({"layer":"flood","change":"removed"})"));
}

TEST_F(Events, TellOfAGuardedLayerOnlyThoseWhoMaySeeIt) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    Stream of_anyone(server);
    Stream of_admin(server, bearer(admin));
    EXPECT_EQ(of_admin.head.header("cache-control"), "private, no-store");

    add({write("camps.tif", heights()), "--sensitivity", "high"});
    EXPECT_THAT(of_admin.next("event: layer"), HasSubstr("camps"));
    EXPECT_EQ(Stream(server).greeting, of_anyone.greeting) << "nor does an id tell that it came";
    add({write("open.tif", heights())});

    EXPECT_THAT(of_anyone.next("event: "), HasSubstr("open")) << "is the first that all hear";
}

TEST_F(Events, GoOnWhereAConnectionBroke) {
    const auto& server = serve();
    std::string last;
    {
        Stream stream(server);
        add({write("one.tif", heights())});
        last = Stream::id_of(stream.next("event: tiles"));
    }
    add({write("two.tif", heights())});
    ASSERT_TRUE(eventually([&] { return server.shows("two"); }));

    // The greeting ends with the first event that was missed.
    EXPECT_THAT(Stream(server, "Last-Event-ID: " + last + "\r\n").greeting, HasSubstr("two"));
    EXPECT_THAT(Stream(server, "Last-Event-ID: another\r\n").greeting, HasSubstr("event: reset"));
}

TEST_F(Events, EndWithTheTokenThatOpenedThem) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    Stream stream(server, bearer(admin));
    Stream of_anyone(server);

    relief({"token", "revoke", admin["id"]});

    EXPECT_TRUE(stream.is_ended_by_server());
    EXPECT_EQ(server.get("/events", bearer(admin)).status, 401);
    add({write("open.tif", heights())});
    EXPECT_THAT(of_anyone.next("event: layer"), HasSubstr("open"));
}

TEST_F(Events, AreCountedAndEndWithTheServer) {
    auto& server = serve();
    Stream stream(server);
    EXPECT_THAT(server.get("/metrics").body, HasSubstr("relief_event_streams 1"));

    server.program().signal(SIGTERM);

    EXPECT_TRUE(stream.is_ended_by_server());
    EXPECT_EQ(server.program().wait(), 0);
}

TEST_F(Events, AnswerHeadAtOnceAndKeepTheConnection) {
    const auto& server = serve();
    support::LoopbackClient client(server.port());
    client.ask("HEAD /events");

    const auto head = client.answer(true);

    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("content-type"), "text/event-stream");
    client.ask("GET /healthz");
    EXPECT_EQ(status_of(client.answer()), 200);
}

}  // namespace
}  // namespace relief::journey
