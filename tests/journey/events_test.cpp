// What changes is heard while it happens, by those who may see it.

#include "tests/journey/event_stream.hpp"
#include "tests/journey/shown_journey.hpp"
#include "tiler/shown/shown_store.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Events : public AccessJourney {};

TEST_F(Events, AreAStreamThatNobodyKeeps) {
    const EventStream stream(serve());

    EXPECT_EQ(stream.head.status, 200);
    EXPECT_EQ(stream.head.header("content-type"), "text/event-stream");
    EXPECT_EQ(stream.head.header("cache-control"), "no-store");
    EXPECT_EQ(stream.head.header("content-length"), "");
    EXPECT_THAT(stream.greeting, HasSubstr("retry: 3000\n"));
}

TEST_F(Events, TellOfALayerThatIsAddedAndOfItsTiles) {
    const auto& server = serve();
    EventStream stream(server);

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
    EventStream of_anyone(server);
    EventStream of_admin(server, bearer(admin));
    EXPECT_EQ(of_admin.head.header("cache-control"), "private, no-store");

    add({write("camps.tif", heights()), "--sensitivity", "high"});
    EXPECT_THAT(of_admin.next("event: layer"), HasSubstr("camps"));
    EXPECT_EQ(EventStream(server).greeting, of_anyone.greeting)
        << "nor does an id tell that it came";
    add({write("open.tif", heights())});

    EXPECT_THAT(of_anyone.next("event: "), HasSubstr("open")) << "is the first that all hear";
}

TEST_F(Events, GoOnWhereAConnectionBroke) {
    const auto& server = serve();
    std::string last;
    {
        EventStream stream(server);
        add({write("one.tif", heights())});
        last = EventStream::id_of(stream.next("event: tiles"));
    }
    add({write("two.tif", heights())});
    ASSERT_TRUE(eventually([&] { return server.shows("two"); }));

    // The greeting ends with the first event that was missed.
    EXPECT_THAT(EventStream(server, "Last-Event-ID: " + last + "\r\n").greeting, HasSubstr("two"));
    EXPECT_THAT(EventStream(server, "Last-Event-ID: another\r\n").greeting,
                HasSubstr("event: reset"));
}

TEST_F(Events, EndWithTheTokenThatOpenedThem) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    EventStream stream(server, bearer(admin));
    EventStream of_anyone(server);

    relief({"token", "revoke", admin["id"]});

    EXPECT_TRUE(stream.is_ended_by_server());
    EXPECT_EQ(server.get("/events", bearer(admin)).status, 401);
    add({write("open.tif", heights())});
    EXPECT_THAT(of_anyone.next("event: layer"), HasSubstr("open"));
}

TEST_F(Events, AreCountedAndEndWithTheServer) {
    auto& server = serve();
    EventStream stream(server);
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

class EventsOfReports : public ShownJourney {
protected:
    /// What is told to who heard the id last, to the words.
    static std::string told_after(const std::string& id,
                                  const RunningRelief& server,
                                  const std::string& words) {
        return EventStream(server, "Last-Event-ID: " + id + "\r\n").all_to(words);
    }
    /// Whether the server has taken it to what everyone may see.
    bool is_taken(const std::string& id) const {
        const auto tables = shown::ShownStore::open_existing(workspace());
        const auto found = tables ? tables->find(id) : tables.error();
        return found && *found;
    }
    static constexpr const char* longitude = "36.817";
};

TEST_F(EventsOfReports, AreNotToldAgainOfOneThatIsNotShownAnyMore) {
    const auto& server = serve();
    EventStream stream(server);
    const auto before = EventStream::id_of(stream.greeting);
    const auto id = store(flood_at(town, "water"));
    EXPECT_THAT(stream.next("event: report\n"), HasSubstr(longitude)) << "while it is shown";
    EXPECT_THAT(told_after(before, server, "event: tiles"), HasSubstr(longitude));

    EXPECT_TRUE(exact().erase(id));
    ASSERT_TRUE(eventually([&] { return server.get(tile_at(town, 14)).status == 204; }));
    const auto again = told_after(before, server, "event: tiles");

    EXPECT_THAT(again, HasSubstr("event: report"));
    EXPECT_THAT(again, Not(HasSubstr(longitude)));
    EXPECT_THAT(again, Not(HasSubstr(id)));
}

TEST_F(EventsOfReports, AreSilentWhileTheLayerIsSuspended) {
    const auto& server = serve();
    EventStream stream(server);
    const auto before = EventStream::id_of(stream.greeting);
    const auto first = store(flood_at(town, "water"));
    ASSERT_TRUE(shows(server, "water"));
    relief({"suspend", "reports"});
    ASSERT_TRUE(eventually([&] { return server.get("/layers/reports").status == 404; }));

    const auto second = store(flood_at({36.8175, -1.2865}, "more"));
    ASSERT_TRUE(eventually([&] { return is_taken(second); }));
    add({write("open.tif", heights())});

    EXPECT_THAT(stream.all_to("open"), Not(HasSubstr(second)));
    const auto again = told_after(before, server, "open");
    EXPECT_THAT(again, HasSubstr("open"));
    EXPECT_THAT(again, Not(HasSubstr("event: report")));
    EXPECT_THAT(again, Not(HasSubstr(longitude)));
    EXPECT_THAT(again, Not(HasSubstr(first)));
}

}  // namespace
}  // namespace relief::journey
