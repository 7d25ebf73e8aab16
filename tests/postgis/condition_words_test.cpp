// What SQL is asked of a table against what the evaluator says of the same rows.

#include "tiler/postgis/condition_words.hpp"

#include "tests/postgis/filter_maker.hpp"
#include "tests/postgis/window_fixture.hpp"
#include "tiler/query/filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace relief::postgis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Each column takes its values from a list by a number of its own: all pairs are met somewhere.
/// Nulls, what is no number, numbers at the edge of what is exact, texts that collations take for
/// the same, patterns' signs, moments between milliseconds and beyond what can be asked for.
constexpr const char* odd_rows = R"(
CREATE COLLATION same_letters (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION of_germany (provider = icu, locale = 'de-DE');
CREATE TYPE state AS ENUM ('open', 'closed', 'a%b');
CREATE TABLE odd (id int PRIMARY KEY, small int2, big int8, share float8, exact numeric, thin float4,
    name text, folded text COLLATE same_letters, german varchar(40) COLLATE of_germany,
    padded char(8), kept boolean, day date, at timestamptz, local timestamp, tags text[], doc jsonb,
    phase state, geom geometry(Point, 4326));
INSERT INTO odd SELECT i,
    (ARRAY[NULL, -3, 0, 1, 2, 5, 7, 32767])[1 + i % 8],
    (ARRAY[NULL, -9007199254740993, 9007199254740992, 9007199254740993, 0, 1, 5])[1 + i % 7],
    (ARRAY[NULL, 'NaN', 'Infinity', '-Infinity', '-0', 0.1, 1, 2.5, 5, 1e300]::float8[])
        [1 + i / 3 % 10],
    (ARRAY[NULL, 'NaN', '0.1', '0.10000000000000000000000001', '1', '2.5', '5', '1e400', '1e-400',
           '-1e-400']::numeric[])[1 + i / 5 % 10],
    (ARRAY[NULL, 'NaN', 0.1, 1, 2.5, 5]::float4[])[1 + i / 2 % 6],
    (ARRAY[NULL, '', 'a', 'A', 'b', 'ä', 'a%b', 'a_b', 'axb', 'a\b', 'é', 'e', 'Å', 'ab.000Z', 'it''s',
           '中文', '😀x'])[1 + i % 17],
    (ARRAY[NULL, 'a', 'A', 'ä', 'Ä', 'b', 'B'])[1 + i / 7 % 7],
    (ARRAY[NULL, 'a', 'ä', 'b', 'B', 'z', 'Z'])[1 + i / 11 % 7],
    (ARRAY[NULL, 'a', 'a  ', 'b', ''])[1 + i / 2 % 5],
    (ARRAY[NULL, true, false])[1 + i / 3 % 3],
    (ARRAY[NULL, '2024-04-30', '2024-05-01', '2024-05-02', 'infinity', '-infinity', '12000-01-01',
           '0044-03-15 BC']::date[])[1 + i / 2 % 8],
    (ARRAY[NULL, '2024-04-30 23:59:59.9999Z', '2024-05-01 00:00Z', '2024-05-01 12:00:00.0005Z',
           '2024-05-01 12:00:00.001Z', '2024-05-02 00:00Z', 'infinity',
           '20000-01-01 00:00Z']::timestamptz[])[1 + i / 5 % 8],
    (ARRAY[NULL, '2024-05-01 12:00:00.123456', '2024-05-01 12:00', '2024-05-01 23:59:59.9995',
           '-infinity', '0044-03-15 10:00 BC']::timestamp[])[1 + i % 6],
    (ARRAY[NULL, '{a,b}', '{}'])[1 + i % 3]::text[],
    (ARRAY[NULL, '{"a": 1}', '"a"']::jsonb[])[1 + i / 4 % 3],
    (ARRAY[NULL, 'open', 'closed', 'a%b']::state[])[1 + i / 3 % 4],
    ST_SetSRID(ST_MakePoint(i % 20, i / 20), 4326)
    FROM generate_series(0, 699) i;
CREATE INDEX ON odd (big);
CREATE INDEX ON odd (name);
)";

class AskedRow final : public query::Row {
public:
    explicit AskedRow(const vector::SourceFeature& feature) : feature_(feature) {}
    std::optional<AttributeValue> value(std::size_t attribute) const override {
        return feature_.values[attribute];
    }
    GeometryKind kind() const override { return GeometryKind::point; }
    std::uint64_t id() const override { return feature_.id; }

private:
    const vector::SourceFeature& feature_;
};

class ConditionWordsTest : public WindowTest {
protected:
    static void SetUpTestSuite() { start(odd_rows); }

    void SetUp() override {
        WindowTest::SetUp();
        auto facts = read_facts(*connection_, {address("odd"), "at"}, soon());
        ASSERT_TRUE(facts) << facts.error().what;
        facts_ = std::move(*facts);
        rows_ = read(facts_, all_of(facts_));
    }

    /// Of all the world.
    static WindowWish all_of(const TableFacts& facts) {
        WindowWish made{{0, 0, vector::world_side, vector::world_side},
                        std::vector<bool>(facts.columns.size(), true)};
        made.deadline = soon();
        return made;
    }
    WindowWish wish_for(const query::Condition& condition) {
        WindowWish wanted = all_of(facts_);
        if (auto said = condition_words(condition, {*connection_, facts_}, wanted.values))
            wanted.conditions.push_back(std::move(said->text));
        return wanted;
    }
    query::Filter filter(const std::string& text) {
        auto parsed = query::Filter::parse(text, attributes_of(facts_));
        EXPECT_TRUE(parsed) << text << ": " << parsed.error().what;
        return *parsed;
    }
    static std::set<std::uint64_t> ids(const std::vector<vector::SourceFeature>& rows,
                                       const query::Filter* filter) {
        std::set<std::uint64_t> found;
        for (const auto& row : rows)
            if (filter == nullptr || filter->holds(AskedRow(row), 5)) found.insert(row.id);
        return found;
    }
    std::optional<ConditionWords> words(const query::Filter& filter) {
        const auto needed = filter.needed();
        return needed.condition == nullptr ? std::nullopt : words_of(*needed.condition);
    }
    std::optional<ConditionWords> words_of(const query::Condition& condition) {
        QuestionWriter writer;
        return condition_words(condition, {*connection_, facts_}, writer);
    }

    /// How much of the filter the database was asked.
    enum class Told : std::uint8_t { nothing, part, all };
    Told expect_same(const std::string& text) {
        const auto asked = filter(text);
        const auto said = words(asked);
        if (!said) return Told::nothing;
        const auto came = read(facts_, wish_for(*asked.needed().condition));
        const auto wanted = ids(rows_, &asked);
        EXPECT_EQ(ids(came, &asked), wanted) << text << "\n" << said->text;
        const bool all = said->whole && asked.needed().whole;
        if (all) {
            EXPECT_EQ(ids(came, nullptr), wanted) << text << "\n" << said->text;
        }
        return all ? Told::all : Told::part;
    }

    TableFacts facts_;
    std::vector<vector::SourceFeature> rows_;
};

TEST_F(ConditionWordsTest, TheDatabaseAnswersAnyFilterAsTheEvaluatorDoes) {
    FilterMaker maker(20241123);
    std::map<Told, int> told;
    for (int i = 0; i < 1500 && !HasFailure(); ++i) ++told[expect_same(maker.filter(i % 4))];

    EXPECT_GT(told[Told::all], 1000) << "most can be said";
    EXPECT_GT(told[Told::part], 0) << "some of it in parts";
    EXPECT_GT(told[Told::nothing], 0);
}

TEST_F(ConditionWordsTest, FiltersOfMapLibreLoseNoRow) {
    for (const char* const text :
         {R"(["==", ["get", "name"], "a"])",
          R"(["==", ["get", "folded"], "a"])",
          R"(["==", "small", 5])",
          R"(["all", [">=", ["get", "share"], 1], ["!", ["get", "kept"]]])",
          R"(["any", ["<", "big", 1], ["==", "kept", true]])",
          R"(["in", "name", "a", "é", 3])",
          R"(["in", ["get", "small"], ["literal", [1, 2, "a"]]])",
          R"(["has", "exact"])",
          R"(["all", ["has", "day"], ["none", ["==", "small", 1]]])"})
        EXPECT_EQ(expect_same(text), Told::part) << text;
    EXPECT_EQ(expect_same(R"(["!=", ["get", "small"], 5])"), Told::nothing);
    EXPECT_EQ(expect_same(R"(["==", "$type", "Point"])"), Told::nothing);
    EXPECT_EQ(expect_same(R"(["any", ["==", ["get", "small"], 1], [">", ["zoom"], 3]])"),
              Told::nothing);
}

TEST_F(ConditionWordsTest, ValuesNeverComeIntoTheText) {
    const auto said = words(filter("name = 'x''; DROP TABLE odd; --' AND small = 41"));

    ASSERT_TRUE(said);
    EXPECT_TRUE(said->whole);
    EXPECT_THAT(said->text, AllOf(HasSubstr("$1"), Not(HasSubstr("DROP")), Not(HasSubstr("41"))));
    EXPECT_EQ(expect_same("name = 'x''; DROP TABLE odd; --'"), Told::all);
}

TEST_F(ConditionWordsTest, WhatWouldBeAnErrorThereIsNotAsked) {
    EXPECT_EQ(expect_same("share * 1e300 > 1"), Told::nothing) << "its overflow is infinity here";
    query::Condition like = *filter("name LIKE 'a'").needed().condition;
    EXPECT_TRUE(words_of(like));
    like.parts[1].literal = std::string("a\\");
    EXPECT_FALSE(words_of(like)) << "an escape of nothing";
    EXPECT_EQ(expect_same(std::string("name = 'a\0b'", 12)), Told::nothing);
    EXPECT_EQ(expect_same("name = '\xED\xA0\x80'"), Told::nothing) << "half a pair";
    EXPECT_EQ(expect_same("name <> '\xC3'"), Told::nothing) << "the beginning of a character";
    EXPECT_EQ(expect_same("small = 5 AND name = '\xFF'"), Told::part);
}

TEST_F(ConditionWordsTest, AnIndexOfTheColumnsOwnFindsTheRows) {
    const auto big = words(filter("big = 5 AND name = 'a'"));

    ASSERT_TRUE(big);
    EXPECT_THAT(big->text, HasSubstr("\"big\" = $1::int8"));
    EXPECT_THAT(big->text, HasSubstr("\"name\" = $2::text AND"));
}

TEST_F(ConditionWordsTest, ManyRowsThatTheDatabaseChoosesAreThinnedAndCounted) {
    const auto few = filter("small >= 1");
    const auto wanted = ids(rows_, &few).size();
    WindowWish asked = wish_for(*few.needed().condition);
    asked.most = 50;

    const auto came = read(facts_, asked).size();

    EXPECT_EQ(came, 50U);
    EXPECT_EQ(left_out_ + came, wanted);
}

}  // namespace
}  // namespace relief::postgis
