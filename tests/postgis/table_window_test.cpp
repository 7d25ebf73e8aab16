// Questions to a real PostgreSQL with PostGIS, started by the test.

#include "tiler/postgis/table_window.hpp"

#include "tests/postgis/window_fixture.hpp"
#include "tiler/postgis/connection_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <future>
#include <memory>
#include <numeric>
#include <set>
#include <thread>

namespace relief::postgis {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* made_tables = R"(
CREATE TABLE crowd (id bigint PRIMARY KEY, name text, at date, geom geometry(Point, 3857));
INSERT INTO crowd SELECT i, 'p' || i, date '2024-01-01' + i % 5,
    ST_SetSRID(ST_MakePoint((i % 400) * 1000.0, (i / 400) * 1000.0), 3857)
    FROM generate_series(0, 119999) i;
CREATE INDEX ON crowd USING gist (geom);
CREATE TABLE plain (geom geometry(Geometry, 4326), n numeric, j jsonb, far timestamptz, raw bytea);
INSERT INTO plain VALUES
    (ST_GeomFromText('POINT(10 10)', 4326), 'NaN', '{"a": 1}', 'infinity', '\x00'),
    (ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(20 20, 21 21, 22 20, 21 19, 20 20))', 4326),
     2.5, NULL, '2024-01-01 10:00+02', NULL),
    (NULL, 1, NULL, NULL, NULL);
CREATE TABLE two (a geometry(Point, 4326), b geometry(Point, 4326));
CREATE TABLE placeless (geom geometry(Point));
INSERT INTO placeless VALUES (ST_MakePoint(1, 1));
CREATE VIEW slow AS SELECT id, geom FROM crowd WHERE pg_sleep(0.001) IS NOT NULL;
CREATE VIEW part AS SELECT id, geom FROM crowd WHERE id < 10;
)";

class TableWindow : public WindowTest {
protected:
    static void SetUpTestSuite() { start(made_tables); }
};

TEST_F(TableWindow, IsDescribedFromTheCatalogue) {
    const auto crowd = described("crowd");

    ASSERT_TRUE(crowd) << crowd.error().what << crowd.error().detail;
    EXPECT_EQ(crowd->description.features, 120000U);
    EXPECT_EQ(crowd->description.crs, "EPSG:3857");
    EXPECT_EQ(crowd->description.times->attribute, "at");
    EXPECT_EQ(to_text(crowd->description.times->newest), "2024-01-05");
    EXPECT_EQ(crowd->description.times->moments.size(), 5U);
    EXPECT_THAT(crowd->description.findings, IsEmpty());
    EXPECT_NEAR(crowd->description.bounds.east, 399000 / 111319.49, 0.01);
    EXPECT_TRUE(crowd->facts.indexed);

    const auto plain = described("plain");
    ASSERT_TRUE(plain) << plain.error().what << plain.error().detail;
    EXPECT_EQ(plain->description.features, 2U);
    EXPECT_EQ(plain->description.kinds, (std::vector{GeometryKind::point, GeometryKind::area}));
    EXPECT_EQ(plain->description.attributes.size(), 3U);
    EXPECT_THAT(plain->description.findings.back(), HasSubstr("key=COLUMN"));
}

TEST_F(TableWindow, RefusesWhatItCannotShowAndSaysWhy) {
    EXPECT_THAT(described("absent").error().what, HasSubstr("there is no table"));
    EXPECT_THAT(described("two").error().what, HasSubstr("choose one with &geometry=: a, b"));
    EXPECT_TRUE(described("two&geometry=b"));
    EXPECT_THAT(described("two&geometry=c").error().what, HasSubstr("there are: a, b"));
    EXPECT_THAT(described("placeless").error().what, HasSubstr("no coordinate system"));
    EXPECT_THAT(described("crowd&key=nothing").error().what, HasSubstr("no column \"nothing\""));
    EXPECT_THAT(described("crowd", "name").error().what, HasSubstr("of a time type are: at"));
}

TEST_F(TableWindow, HoldsTheRowsOfAPlaceAndNoOthers) {
    const auto facts = described("crowd")->facts;

    // Tile 10/512/511 reaches from 0 to 39136 m: forty columns and rows, less what lies beyond the
    // buffer of a 64th.
    const auto features = read(facts, wish(facts, {10, 512, 511}));

    std::set<std::uint64_t> ids;
    for (const auto& feature : features) ids.insert(feature.id);
    EXPECT_EQ(features.size(), 1600U);
    EXPECT_EQ(ids.size(), features.size());
    EXPECT_TRUE(ids.contains(400 * 39 + 39));
    EXPECT_FALSE(ids.contains(41));
    EXPECT_TRUE(read(facts, wish(facts, {10, 0, 0})).empty());
}

TEST_F(TableWindow, OfTooManyRowsKeepsTheSameShareEverywhereAndCountsTheRest) {
    const auto facts = described("crowd")->facts;
    auto whole = wish(facts, {0, 0, 0});
    whole.most = 5000;
    auto part = wish(facts, {6, 32, 31});
    part.most = 5000;

    const auto all = read(facts, whole);
    EXPECT_EQ(all.size(), 5000U);
    EXPECT_EQ(left_out_, 115000U);
    const auto again = read(facts, whole);
    EXPECT_TRUE(std::equal(
        all.begin(), all.end(), again.begin(), [](auto& a, auto& b) { return a.id == b.id; }));
    whole.may_thin = false;
    const auto refused = read_window(*connection_, facts, whole, [](const auto&) {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::too_large);
}

TEST_F(TableWindow, AFilterSeesEveryRowHoweverManyThereAre) {
    const auto facts = described("crowd")->facts;
    auto few = wish(facts, {0, 0, 0});
    few.most = 5000;
    few.wanted = [](const vector::SourceFeature& feature) { return feature.id % 100 == 0; };

    EXPECT_EQ(read(facts, few).size(), 1200U);
    EXPECT_EQ(left_out_, 0U);
}

TEST_F(TableWindow, ValuesAreOfTheirTypes) {
    const auto facts = described("plain")->facts;

    auto features = read(facts, wish(facts, {0, 0, 0}));

    ASSERT_EQ(features.size(), 2U);
    EXPECT_FALSE(features[0].values[0]) << "NaN";
    EXPECT_EQ(features[0].values[1], AttributeValue(std::string(R"({"a": 1})")));
    EXPECT_FALSE(features[0].values[2]) << "infinity";
    EXPECT_EQ(features[1].values[0], AttributeValue(2.5));
    EXPECT_EQ(features[1].values[2], AttributeValue(std::string("2024-01-01T08:00:00Z")));
    ASSERT_EQ(features[1].shapes.size(), 1U);
    EXPECT_GT(features[1].shapes[0].points.size(), 8U) << "a circle is made of straight edges";
}

TEST_F(TableWindow, APeriodIsAskedOfTheDatabase) {
    const auto facts = described("crowd")->facts;
    auto of_a_day = wish(facts, {10, 512, 511});
    const auto day = *parse_instant("2024-01-01");
    of_a_day.period = {day.first, day.last};

    const auto features = read(facts, of_a_day);

    // Up to a day further on either side: two days of five.
    EXPECT_LT(features.size(), 1000U);
    EXPECT_GE(features.size(), 320U);
    const auto nearest = nearest_moments(
        *connection_, facts, {parse_instant("2025")->first, parse_instant("2025")->last}, soon());
    ASSERT_TRUE(nearest);
    EXPECT_EQ(to_text(*std::max_element(nearest->begin(), nearest->end())), "2024-01-05");
}

TEST_F(TableWindow, ADeadlineEndsTheQuestionHereAndThere) {
    auto wanted = wish(described("part&key=id")->facts, {0, 0, 0});
    TableFacts slow = described("part&key=id")->facts;
    slow.relation = "public.slow";
    wanted.deadline = Deadline(Deadline::Clock::now() + milliseconds(300));

    const auto late = read_window(*connection_, slow, wanted, [](const auto&) {});

    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().fault, Fault::out_of_time);
    EXPECT_FALSE(connection_->alive());
    EXPECT_TRUE(relief::testing::eventually([&] {
        return database().run(
                   "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slow%' AND "
                   "state = 'active' AND pid <> pg_backend_pid()") == "0\n";
    }));
}

TEST_F(TableWindow, WhoeverLeavesLeavesNoQuestionBehind) {
    auto wanted = wish(described("part&key=id")->facts, {0, 0, 0});
    TableFacts slow = described("part&key=id")->facts;
    slow.relation = "public.slow";
    int looks = 0;
    wanted.deadline =
        Deadline(wanted.deadline.end(), std::function<bool()>([&] { return ++looks > 10; }));

    const auto left = read_window(*connection_, slow, wanted, [](const auto&) {});

    ASSERT_FALSE(left);
    EXPECT_EQ(left.error().fault, Fault::out_of_time);
    EXPECT_TRUE(relief::testing::eventually([&] {
        return database().run(
                   "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slow%' AND "
                   "state = 'active' AND pid <> pg_backend_pid()") == "0\n";
    }));
}

// Cancelling a question takes a connection of its own, and would wait for it without end.
TEST_F(TableWindow, WhoeverLeavesDoesNotWaitForTheServer) {
    const Deadline left(soon().end(), std::function<bool()>([] { return true; }));
    database().pause();

    auto answer = std::async(std::launch::async, [&] {
        return connection_->ask(
            {"SELECT pg_sleep(60)"}, left, [](const Row&) -> Result<void> { return {}; });
    });
    const bool returned = answer.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    database().resume();

    EXPECT_TRUE(returned);
    EXPECT_EQ(answer.get().error().fault, Fault::out_of_time);
    EXPECT_FALSE(connection_->alive());
}

TEST_F(TableWindow, NothingCanBeWrittenOverItsConnections) {
    const auto written = connection_->ask({"INSERT INTO public.placeless VALUES (NULL)"},
                                          soon(),
                                          [](const Row&) -> Result<void> { return {}; });

    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().detail, HasSubstr("read-only"));
}

TEST_F(TableWindow, AChangeIsAnotherVersionOfATableAndOfItsViews) {
    const auto version = [&](const char* table) {
        return version_of(*connection_, address(table), soon())->text;
    };
    const std::string before = version("crowd");
    const std::string view_before = version("part");
    ASSERT_EQ(version("crowd"), before);

    database().run("UPDATE crowd SET name = 'q' WHERE id = 3");

    EXPECT_TRUE(relief::testing::eventually([&] { return version("crowd") != before; }));
    EXPECT_NE(version("part"), view_before);
    const std::string plain = version("plain");
    database().run("ALTER TABLE plain ADD COLUMN more int");
    EXPECT_NE(version("plain"), plain);
    database().run("ALTER TABLE plain DROP COLUMN more");
}

TEST_F(TableWindow, APoolReplacesConnectionsThatWereLost) {
    ConnectionPool pool(1);
    const auto database_address = address("crowd").database;
    const auto answers = [&] {
        const auto loan = pool.lend(database_address, soon());
        return loan && (*loan)->ask_one({"SELECT 1"}, soon(), [](const Row&) {});
    };
    ASSERT_TRUE(answers());

    database().run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
        "'relief'");

    EXPECT_TRUE(relief::testing::eventually(answers));
    {
        const auto first = pool.lend(database_address, soon());
        const auto second =
            pool.lend(database_address, Deadline(Deadline::Clock::now() + milliseconds(100)));
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().fault, Fault::out_of_time);
    }
    EXPECT_TRUE(answers());
}

TEST_F(TableWindow, ADatabaseThatIsNotThereIsSaidSo) {
    DatabaseAddress nowhere = address("crowd").database;
    nowhere.port = "1";
    ConnectionPool pool(2);

    const auto first = pool.lend(nowhere, soon());
    const auto second = pool.lend(nowhere, soon());

    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().fault, Fault::source_broken);
    EXPECT_THAT(first.error().what, HasSubstr("cannot be reached"));
    EXPECT_FALSE(second);
}

}  // namespace
}  // namespace relief::postgis
