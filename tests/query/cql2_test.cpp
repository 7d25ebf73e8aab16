#include "tests/query/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::query {
namespace {

using testing::Camp;
using ::testing::HasSubstr;
using testing::holds;
using testing::refusal;

/// "Al-Ain", 120 beds, three quarters full, open since May 2024.
const Camp& al_ain() {
    static const Camp camp({{0, std::string("Al-Ain")},
                            {1, std::int64_t{120}},
                            {2, 0.75},
                            {3, true},
                            {4, std::string("2024-05-17T08:00:00Z")},
                            {5, std::int64_t{30}}});
    return camp;
}

/// Nothing is known of it.
const Camp& unknown() {
    static const Camp camp({});
    return camp;
}

TEST(Cql2, Compares) {
    for (const char* text : {"beds = 120",
                             "beds <> 121",
                             "beds > 119.5",
                             "beds >= 120",
                             "beds < 1e3",
                             "share <= .75",
                             "120 = beds",
                             "name = 'Al-Ain'",
                             "name < 'B'",
                             "open = TRUE",
                             "open",
                             "\"beds free\" = 30",
                             "beds > \"beds free\"",
                             "beds=120 and open"})
        EXPECT_TRUE(holds(text, al_ain())) << text << ": " << refusal(text);
    for (const char* text :
         {"beds = 12", "name = 'al-ain'", "NOT open", "beds < -1", "open = false"})
        EXPECT_FALSE(holds(text, al_ain())) << text;
}

TEST(Cql2, BindsAndCloserThanOrAndNotClosest) {
    EXPECT_TRUE(holds("open OR beds = 1 AND beds = 2", al_ain()));
    EXPECT_FALSE(holds("(open OR beds = 1) AND beds = 2", al_ain()));
    EXPECT_FALSE(holds("NOT open OR beds = 2", al_ain()));
    EXPECT_TRUE(holds("NOT (open AND beds = 2)", al_ain()));
    EXPECT_TRUE(holds("NOT NOT open", al_ain()));
}

TEST(Cql2, KnowsLikeBetweenInAndNull) {
    for (const char* text : {"name LIKE 'Al%'",
                             "name NOT LIKE '%x%'",
                             "CASEI(name) LIKE CASEI('AL-%')",
                             "beds BETWEEN 100 AND 120 AND open",
                             "beds NOT BETWEEN 1 AND 2",
                             "name IN ('x', 'Al-Ain')",
                             "beds NOT IN (1, 2, 3)",
                             "name IS NOT NULL"})
        EXPECT_TRUE(holds(text, al_ain())) << text << ": " << refusal(text);
    EXPECT_TRUE(holds("name IS NULL", unknown()));
    EXPECT_FALSE(holds("name IS NULL", al_ain()));
}

TEST(Cql2, WhatIsNotKnownIsNeitherTrueNorFalse) {
    for (const char* text : {"beds = 120",
                             "NOT beds = 120",
                             "beds <> 120",
                             "beds NOT IN (1, 2)",
                             "NOT (beds BETWEEN 1 AND 2)",
                             "open",
                             "NOT open",
                             "beds + 1 > 0"})
        EXPECT_FALSE(holds(text, unknown())) << text;
    EXPECT_TRUE(holds("beds = 120 OR name IS NULL", unknown()));
    EXPECT_TRUE(holds("NOT (beds = 120 AND name IS NOT NULL)", unknown()));
}

TEST(Cql2, Reckons) {
    EXPECT_TRUE(holds("beds - \"beds free\" = 90", al_ain()));
    EXPECT_TRUE(holds("\"beds free\" / beds = 0.25", al_ain()));
    EXPECT_TRUE(holds("2 + 3 * 4 = 14", al_ain()));
    EXPECT_TRUE(holds("(2 + 3) * 4 = 20", al_ain()));
    EXPECT_FALSE(holds("beds / 0 > 0", al_ain()));
    EXPECT_FALSE(holds("NOT (beds / 0 > 0)", al_ain())) << "no number is the answer";
}

TEST(Cql2, ComparesTimesAsTheSpansThatTheyName) {
    EXPECT_TRUE(holds("since >= DATE('2024-05-01')", al_ain()));
    EXPECT_TRUE(holds("since = DATE('2024-05-17')", al_ain()));
    EXPECT_TRUE(holds("since < TIMESTAMP('2024-05-17T09:00:00+00:30')", al_ain()));
    EXPECT_FALSE(holds("since > DATE('2024-05-17')", al_ain()));
    EXPECT_FALSE(holds("name > DATE('2024-05-17')", al_ain())) << "a name is no time";
}

TEST(Cql2, ReadsQuotesInsideTextsAndOtherScripts) {
    const Camp camp({{0, std::string("Ra's عين")}});
    EXPECT_TRUE(holds("name = 'Ra''s عين'", camp)) << refusal("name = 'Ra''s عين'");
    EXPECT_TRUE(holds("name = 'Ra\\'s عين'", camp));
    EXPECT_TRUE(holds("name LIKE 'Ra_s ع_ن'", camp));
}

TEST(Cql2, SaysWhereItGoesWrong) {
    EXPECT_THAT(refusal("beds >>> 3"), HasSubstr("character 7"));
    EXPECT_THAT(refusal("beds > 3 open"), HasSubstr("AND, OR or the end"));
    EXPECT_THAT(refusal("name = 'x"), HasSubstr("not closed"));
    EXPECT_THAT(refusal("bads > 3"), HasSubstr("there are name, beds, share, open"));
    EXPECT_THAT(refusal("beds ; 3"), HasSubstr("\";\" at character 6"));
    EXPECT_THAT(refusal("beds > 3x"), HasSubstr("number"));
    EXPECT_THAT(refusal("S_INTERSECTS(geom, 3)"), HasSubstr("\"geom\""));
    EXPECT_THAT(refusal("LOWER(name) = 'x'"), HasSubstr("CASEI, DATE and TIMESTAMP"));
    EXPECT_THAT(refusal("since > DATE('yesterday')"), HasSubstr("yesterday"));
    EXPECT_THAT(refusal(""), HasSubstr("it ends"));
}

TEST(Cql2, RefusesWhatCouldNeverBe) {
    EXPECT_THAT(refusal("name = 3"), HasSubstr("\"name\", which is a text"));
    EXPECT_THAT(refusal("beds = '3'"), HasSubstr("a text is written 'so'"));
    EXPECT_THAT(refusal("beds"), HasSubstr("true or false"));
    EXPECT_THAT(refusal("beds AND open"), HasSubstr("true or false"));
    EXPECT_THAT(refusal("NOT 'x'"), HasSubstr("true or false"));
    EXPECT_THAT(refusal("beds LIKE '1%'"), HasSubstr("a text is needed"));
    EXPECT_THAT(refusal("name + 1 = 2"), HasSubstr("a number is needed"));
    EXPECT_THAT(refusal("beds IN (1, 'x')"), HasSubstr("a text"));
}

TEST(Cql2, IsBounded) {
    const std::string deep = std::string(500, '(') + "open" + std::string(500, ')');
    EXPECT_THAT(refusal(deep), HasSubstr("32 levels"));
    std::string folded;
    for (int i = 0; i < 500; ++i) folded += "CASEI(";
    folded += "name" + std::string(500, ')');
    EXPECT_THAT(refusal(folded + " = 'x'"), HasSubstr("32 levels"));
    EXPECT_EQ(refusal("CASEI(CASEI(name)) = 'x'"), "");
    EXPECT_THAT(refusal("open" + std::string(5000, ' ')), HasSubstr("4000 characters"));
    std::string sum = "1";
    for (int i = 0; i < 500; ++i) sum += "+1";
    EXPECT_THAT(refusal(sum + " > 2"), HasSubstr("32 signs"));
    std::string many = "open";
    for (int i = 0; i < 300; ++i) many += " AND open";
    EXPECT_TRUE(holds(many, al_ain()));
}

}  // namespace
}  // namespace relief::query
