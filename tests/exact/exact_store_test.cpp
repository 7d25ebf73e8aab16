#include "tests/exact/exact_fixture.hpp"
#include "tests/support/program.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace relief::exact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ExactStoreTest, GivesBackWhatWasSaidToTheLastDigit) {
    Arrival arrival = report_of_title("Bridge down");
    arrival.draft.precision = report::Precision::near;
    arrival.draft.description = "طريق\nsecond line";
    arrival.draft.category = "road";
    arrival.draft.severity = report::Severity::extreme;
    arrival.draft.time = InstantRange(Instant{5}, Instant{7});
    arrival.draft.sensitivity = Sensitivity::severe;
    arrival.draft.properties = R"({"check":"1"})";
    arrival.draft.contact = "c0ffee";
    arrival.draft.licence = "CC BY 4.0";
    arrival.draft.attribution = "somebody";
    arrival.photos = {"bb", "aa"};

    const auto report = found(receive(arrival).id);

    EXPECT_EQ(report.said.place, arrival.draft.place);
    EXPECT_EQ(report.said.precision, arrival.draft.precision);
    EXPECT_EQ(report.said.description, arrival.draft.description);
    EXPECT_EQ(report.said.category, "road");
    EXPECT_EQ(report.said.severity, report::Severity::extreme);
    EXPECT_EQ(report.said.time, arrival.draft.time);
    EXPECT_EQ(report.said.sensitivity, Sensitivity::severe);
    EXPECT_EQ(report.said.properties, arrival.draft.properties);
    EXPECT_EQ(report.said.contact, "c0ffee");
    EXPECT_EQ(report.said.licence, "CC BY 4.0");
    EXPECT_EQ(report.said.attribution, "somebody");
    EXPECT_EQ(report.level, Sensitivity::severe);
    EXPECT_EQ(report.status, report::Status::fresh);
    EXPECT_EQ(report.received, noon);
    EXPECT_THAT(report.photos, ElementsAre("bb", "aa")) << "in the order in which they came";
    EXPECT_EQ(report.id.size(), 26U);
}

TEST_F(ExactStoreTest, IsReadableByItsOwnerOnly) {
    receive(report_of_title("a"));

    for (const char* name : {"exact.db", "exact.db-wal", "exact.db-shm"})
        EXPECT_EQ(
            std::filesystem::status(folder() / name).permissions() & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << name;
}

TEST_F(ExactStoreTest, RefusesADatabaseOfAnotherProgram) {
    relief::testing::TemporaryFolder other;
    {
        auto made = workspace::Connection::open(other.path() / "exact.db",
                                                workspace::Connection::Mode::write);
        ASSERT_TRUE(made->run("CREATE TABLE t (x); PRAGMA application_id = 7"));
    }

    const auto store = ExactStore::open(other.path());

    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().what, ::testing::HasSubstr("exact.db belongs to another program"));
}

TEST_F(ExactStoreTest, IsNotMadeByAskingForOneThatExists) {
    relief::testing::TemporaryFolder empty;

    EXPECT_EQ(ExactStore::open_existing(empty.path()).error().fault, Fault::not_found);
    EXPECT_THAT(std::filesystem::directory_iterator(empty.path()),
                std::filesystem::directory_iterator());
    EXPECT_TRUE(ExactStore::open_existing(folder()));
}

TEST_F(ExactStoreTest, PagesFromTheNewestOnThroughOnesErasedSince) {
    std::string third;
    for (const char* title : {"a", "b", "c", "d", "e"}) {
        const auto id = receive(report_of_title(title)).id;
        if (title == std::string("c")) third = id;
    }

    EXPECT_THAT(titles({.limit = 3}), ElementsAre("e", "d", "c"));
    EXPECT_THAT(titles({.after = third, .limit = 3}), ElementsAre("b", "a"));
    ASSERT_TRUE(store().erase(third));
    EXPECT_THAT(titles({.after = third, .limit = 1}), ElementsAre("b"));
    EXPECT_THAT(titles({.after = "nobody"}), ElementsAre(::testing::HasSubstr("nobody")));
}

TEST_F(ExactStoreTest, FindsByBoxAlsoOverTheAntimeridian) {
    for (const double longitude : {179.5, -179.5, 10.0}) {
        Arrival arrival = report_of_title(std::to_string(static_cast<int>(longitude)));
        arrival.draft.place = {longitude, 5};
        receive(arrival);
    }

    EXPECT_THAT(titles({.filter = {.box = LonLatBox{179, 0, -179, 10}}}),
                ElementsAre("-179", "179"));
    EXPECT_THAT(titles({.filter = {.box = LonLatBox{9, 0, 11, 10}}}), ElementsAre("10"));
    EXPECT_THAT(titles({.filter = {.box = LonLatBox{9, 6, 11, 10}}}), IsEmpty());
}

TEST_F(ExactStoreTest, FindsByTimeCategoryAndStatus) {
    Arrival timed = report_of_title("timed");
    timed.draft.time = InstantRange(Instant{1000}, Instant{2000});
    timed.draft.category = "fire";
    receive(timed);
    Arrival untimed = report_of_title("untimed");
    untimed.draft.category = "flood";
    untimed.draft.status = report::Status::verified;
    receive(untimed);

    EXPECT_THAT(titles({.filter = {.until = Instant{1000}}}), ElementsAre("timed"));
    EXPECT_THAT(titles({.filter = {.until = Instant{999}}}), IsEmpty());
    EXPECT_THAT(titles({.filter = {.since = Instant{2000}}}), ElementsAre("untimed", "timed"));
    EXPECT_THAT(titles({.filter = {.since = Instant{2001}}}), ElementsAre("untimed"))
        << "when it was received, where no time was said";
    EXPECT_THAT(titles({.filter = {.categories = {"fire", "quake"}}}), ElementsAre("timed"));
    EXPECT_THAT(titles({.filter = {.statuses = {report::Status::verified}}}),
                ElementsAre("untimed"));
}

TEST_F(ExactStoreTest, FindsOthersThatCameAroundTheSameTime) {
    receive(report_of_title("before"));
    const auto middle = found(receive(report_of_title("middle")).id);
    receive(report_of_title("after"));
    Arrival far = report_of_title("far");
    far.draft.place = {90, 0};
    receive(far);

    const auto around = store().around(middle, {.box = LonLatBox{36, -2, 37, 0}}, 10);

    ASSERT_TRUE(around);
    ASSERT_EQ(around->size(), 2U);
    EXPECT_EQ((*around)[0].said.title, "before");
    EXPECT_EQ((*around)[1].said.title, "after");
    EXPECT_EQ(store().around(middle, {}, 1)->size(), 1U);
}

TEST_F(ExactStoreTest, TellsThatAnotherConnectionWrote) {
    auto other = ExactStore::open_existing(folder());
    ASSERT_TRUE(other);
    const auto before = store().data_version();

    const Arrival arrival = report_of_title("a");
    ASSERT_TRUE(other->receive(std::span(&arrival, 1), {}, noon));

    EXPECT_NE(*store().data_version(), *before);
}

TEST_F(ExactStoreTest, ListsEachReportInTheOutboxWhereItsLastChangeStands) {
    const auto first = receive(report_of_title("first")).id;
    const auto second = receive(report_of_title("second")).id;
    const auto third = receive(report_of_title("third")).id;
    const auto seen = store().outbox(0, 100);
    ASSERT_EQ(seen->size(), 3U);
    const auto last = seen->back().sequence;

    ASSERT_TRUE(store().change(first, {.status = report::Status::verified}, moderator, later));
    ASSERT_TRUE(store().erase(second));
    ASSERT_TRUE(store().change(third, {.note = "seen"}, moderator, later));

    const auto news = store().outbox(last, 100);
    ASSERT_EQ(news->size(), 2U) << "a note is no news";
    EXPECT_EQ((*news)[0].report->id, first);
    EXPECT_EQ((*news)[0].report->status, report::Status::verified);
    EXPECT_EQ((*news)[1].number, (*seen)[1].number);
    EXPECT_FALSE((*news)[1].report);
    const auto all = store().outbox(0, 100);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].report->id, third);
    EXPECT_EQ(store().outbox(0, 1)->size(), 1U);
}

/// Writes reports and says their ids on the pipe, each after its receipt, until it is killed.
[[noreturn]] void write_until_killed(const std::filesystem::path& folder, int pipe) {
    auto store = ExactStore::open(folder);
    for (int i = 0; store; ++i) {
        Arrival arrival;
        arrival.draft.title = "t" + std::to_string(i);
        const auto receipts = store->receive(std::span(&arrival, 1), {}, Instant{1});
        if (!receipts) break;
        const std::string& id = receipts->front().id;
        if (::write(pipe, id.data(), id.size()) < 0) break;
    }
    ::_exit(1);
}

TEST_F(ExactStoreTest, KeepsEveryReportThatWasReceiptedWhenItsWriterIsKilled) {
    constexpr std::size_t id_size = 26;
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(folder(), pipe[1]);
    ::close(pipe[1]);
    std::string ids;
    std::array<char, 4096> bytes{};
    const auto receive_some = [&] {
        const auto size = ::read(pipe[0], bytes.data(), bytes.size());
        if (size > 0) ids.append(bytes.data(), static_cast<std::size_t>(size));
        return size > 0;
    };

    while (ids.size() < 50 * id_size && receive_some()) continue;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (receive_some()) continue;
    ::close(pipe[0]);

    ASSERT_GE(ids.size(), 50 * id_size);
    auto again = ExactStore::open(folder());
    ASSERT_TRUE(again);
    for (std::size_t at = 0; at + id_size <= ids.size(); at += id_size)
        EXPECT_TRUE(*again->find(ids.substr(at, id_size))) << at / id_size;
    EXPECT_GE(again->outbox(0, 100'000)->size(), ids.size() / id_size);
}

}  // namespace
}  // namespace relief::exact
