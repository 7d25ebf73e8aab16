// How much memory and time a window of a table takes, and what breaks it.

#include "tests/postgis/window_fixture.hpp"

#include <gmock/gmock.h>

#include <string>

namespace relief::postgis {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

/// A view of so many points, and 70 columns that are null.
std::string wide_view(const std::string& name, int rows) {
    std::string text = "CREATE VIEW " + name +
                       " AS SELECT ST_SetSRID(ST_MakePoint(i % 170, i % 80), "
                       "4326)::geometry(Point, 4326) AS geom";
    for (int i = 0; i < 70; ++i) text += ", NULL::int AS c" + std::to_string(i);
    return text + " FROM generate_series(1, " + std::to_string(rows) + ") i;";
}

class WindowBounds : public WindowTest {
protected:
    static void SetUpTestSuite() {
        const std::string odd =
            "CREATE TABLE odd (id int, geom geometry(Point, 4326)); INSERT INTO odd VALUES "
            "(1, ST_SetSRID(ST_MakePoint(33, 12), 4326)), "
            "(2, ST_SetSRID(ST_MakePoint(33, 120), 4326)), "
            "(3, ST_SetSRID(ST_MakePoint(34, 12), 4326));";
        start((wide_view("wide", 50'000) + wide_view("wider", 320'000) + odd).c_str());
    }

    TableFacts facts_of(const std::string& table) {
        const auto facts = read_facts(*connection_, {address(table), {}}, soon());
        EXPECT_TRUE(facts) << facts.error().what << facts.error().detail;
        return facts ? *facts : TableFacts();
    }
    /// How many rows were told.
    struct Told {
        std::size_t rows = 0;
        Result<std::uint64_t> end;
    };
    Told tell(const TableFacts& facts, const WindowWish& wish) {
        std::size_t rows = 0;
        auto end =
            read_window(*connection_, facts, wish, [&](const vector::SourceFeature&) { ++rows; });
        return {rows, std::move(end)};
    }
};

TEST_F(WindowBounds, ColumnsThatAreNullTakeNoRoom) {
    const TableFacts facts = facts_of("wide");

    const auto told = tell(facts, wish(facts, {0, 0, 0}));

    ASSERT_TRUE(told.end) << told.end.error().what;
    EXPECT_EQ(*told.end, 0U);
    EXPECT_EQ(told.rows, 50'000U);
}

// 320,000 rows of 21 bytes each come over the wire; with their places in an index of 70 columns
// they are some 150 MB.
TEST_F(WindowBounds, MemoryIsCountedAsItIsTaken) {
    const TableFacts facts = facts_of("wider");
    auto counted = wish(facts, {0, 0, 0});
    counted.may_thin = false;
    counted.most = most_counted_rows;

    const auto told = tell(facts, counted);

    ASSERT_FALSE(told.end);
    EXPECT_EQ(told.end.error().fault, Fault::too_large);
    EXPECT_THAT(told.end.error().what, HasSubstr("128 MiB"));
    EXPECT_GT(told.rows, 0U) << "what cannot be thinned is told as it comes";
}

TEST_F(WindowBounds, AFilterIsNotAskedLongAfterTheEnd) {
    const TableFacts facts = facts_of("wide");
    auto late = wish(facts, {0, 0, 0});
    int asked = 0;
    late.deadline =
        Deadline(late.deadline.end(), std::function<bool()>([&] { return asked >= 3; }));
    late.wanted = [&](const vector::SourceFeature&) { return ++asked < 0; };

    const auto told = tell(facts, late);

    ASSERT_FALSE(told.end);
    EXPECT_EQ(told.end.error().fault, Fault::out_of_time);
    EXPECT_LT(asked, 20);
}

TEST_F(WindowBounds, ARowThatLiesNowhereIsLeftOutAndCounted) {
    const auto found = described("odd&key=id");
    ASSERT_TRUE(found) << found.error().what;
    auto counted = wish(found->facts, {0, 0, 0});
    counted.may_thin = false;
    auto thinned = wish(found->facts, {0, 0, 0});
    thinned.most = 2;

    for (const auto& asked : {wish(found->facts, {0, 0, 0}), counted}) {
        const auto told = tell(found->facts, asked);
        ASSERT_TRUE(told.end) << told.end.error().what;
        EXPECT_EQ(told.rows, 2U);
        EXPECT_EQ(*told.end, 1U);
    }
    const auto few = tell(found->facts, thinned);
    ASSERT_TRUE(few.end);
    EXPECT_EQ(few.rows + *few.end, 3U);
    EXPECT_THAT(found->description.findings, Contains(HasSubstr("at no place of the world")));
}

}  // namespace
}  // namespace relief::postgis
