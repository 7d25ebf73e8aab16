#include "server/http/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> segments_of(std::string_view target) {
    const auto parsed = parse_target(target);
    return parsed ? parsed->segments : std::vector<std::string>{"refused: " + parsed.error().what};
}

std::vector<NameValue> query_of(std::string_view target) {
    const auto parsed = parse_target(target);
    return parsed ? parsed->query.items : std::vector<NameValue>{{"refused", parsed.error().what}};
}

TEST(ParseTarget, GivesTheRootNoSegments) {
    EXPECT_THAT(segments_of("/"), IsEmpty());
}

TEST(ParseTarget, KeepsAnEmptySegmentAtTheEndAndBetweenSlashes) {
    EXPECT_THAT(segments_of("/ogc/"), ElementsAre("ogc", ""));
    EXPECT_THAT(segments_of("//etc/passwd"), ElementsAre("", "etc", "passwd"));
}

TEST(ParseTarget, SplitsBeforeItDecodes) {
    EXPECT_THAT(segments_of("/fonts/Noto%20Sans%2FBold/0-255.pbf"),
                ElementsAre("fonts", "Noto Sans/Bold", "0-255.pbf"));
}

TEST(ParseTarget, DecodesOnlyOnce) {
    EXPECT_THAT(segments_of("/a%252fb"), ElementsAre("a%2fb"));
}

TEST(ParseTarget, TakesPlusAsSpaceInTheQueryOnly) {
    EXPECT_THAT(segments_of("/a+b"), ElementsAre("a+b"));
    EXPECT_THAT(query_of("/?q=a+b%2Bc"), ElementsAre(Pair("q", "a b+c")));
}

TEST(ParseTarget, KeepsRepeatedEmptyAndNamelessParametersInOrder) {
    EXPECT_THAT(
        query_of("/?a=1&&a=2&b&=c&d=e=f"),
        ElementsAre(
            Pair("a", "1"), Pair("a", "2"), Pair("b", ""), Pair("", "c"), Pair("d", "e=f")));
}

TEST(ParseTarget, TakesTheFirstValueOfAName) {
    const auto parsed = parse_target("/?a=1&a=2");

    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->query.find("a"), "1");
    EXPECT_EQ(parsed->query.find("A"), std::nullopt);
}

TEST(ParseTarget, ReadsTheAbsoluteForm) {
    EXPECT_THAT(segments_of("http://maps.example.org:80/layers/a"), ElementsAre("layers", "a"));
    EXPECT_THAT(segments_of("https://maps.example.org"), IsEmpty());
    EXPECT_THAT(query_of("http://maps.example.org?a=1"), ElementsAre(Pair("a", "1")));
}

TEST(ParseTarget, DoesNotTakeAnAddressInTheQueryForTheAbsoluteForm) {
    EXPECT_THAT(segments_of("/wms?SLD=http://example.org/x"), ElementsAre("wms"));
}

TEST(ParseTarget, RefusesMalformedPercentSigns) {
    for (const auto* target : {"/%", "/%2", "/%zz", "/%u2215", "/a?b=%", "/a?%4=b"}) {
        EXPECT_THAT(parse_target(target).error().what, HasSubstr("percent sign")) << target;
    }
}

TEST(ParseTarget, RefusesControlCharactersHoweverTheyAreWritten) {
    for (const auto* target : {"/%00",
                               "/x%00.png",
                               "/a%0d%0aX-Injected:%20yes",
                               "/a?b=%0A",
                               "/%7f",
                               "/%c2%85",
                               "/a\tb"}) {
        EXPECT_THAT(parse_target(target).error().what, HasSubstr("control characters")) << target;
    }
}

// Unicode 15 table 3-7: overlong forms, surrogates, beyond U+10FFFF, lone and missing tails.
TEST(ParseTarget, RefusesInvalidUtf8) {
    for (const auto* target : {"/%c0%ae%c0%ae",
                               "/..%c0%af",
                               "/%e0%80%ae",
                               "/%ed%a0%80",
                               "/%f4%90%80%80",
                               "/%ff%fe",
                               "/%80",
                               "/%e2%82",
                               "/?a=%f0%80%80%80"}) {
        EXPECT_THAT(parse_target(target).error().what, HasSubstr("UTF-8")) << target;
    }
}

TEST(ParseTarget, TakesCharactersOfEveryLength) {
    EXPECT_THAT(segments_of("/%41%c3%a9%e2%82%ac%f0%9f%97%ba"), ElementsAre("Aé€🗺"));
}

TEST(ParseTarget, RefusesDotSegmentsAlsoWhenHiddenInASegment) {
    for (const auto* target : {"/..",
                               "/a/../b",
                               "/./a",
                               "/%2e%2e/etc/passwd",
                               "/..%2f..%2fetc%2fpasswd",
                               "/..%5c..%5cetc",
                               "/a%2f..",
                               "/..\\etc"}) {
        EXPECT_THAT(parse_target(target).error().what, HasSubstr("dot segments")) << target;
    }
}

TEST(ParseTarget, LetsDotsBeWhereTheyDoNotClimb) {
    EXPECT_THAT(segments_of("/.../..a/a..b/.env"), ElementsAre("...", "..a", "a..b", ".env"));
}

TEST(ParseTarget, BoundsSegmentsAndParameters) {
    std::string path;
    for (int i = 0; i < 32; ++i) path += "/a";
    std::string query = "/?";
    for (int i = 0; i < 64; ++i) query += "a&";

    EXPECT_TRUE(parse_target(path));
    EXPECT_THAT(parse_target(path + "/a").error().what, HasSubstr("32 segments"));
    EXPECT_TRUE(parse_target(query));
    EXPECT_THAT(parse_target(query + "a").error().what, HasSubstr("64 query"));
}

TEST(ParseTarget, RefusesWhatIsNoPath) {
    for (const auto* target : {"", "layers", "?a=b", "*", "example.org:80"}) {
        EXPECT_FALSE(parse_target(target)) << target;
    }
}

TEST(ParseTarget, NamesTheParameterWhoseValueIsWrong) {
    EXPECT_THAT(parse_target("/?bands=%zz").error().what, HasSubstr("bands"));
}

TEST(ParseTarget, ShortensAndCleansWhatItQuotes) {
    const auto what = parse_target("/%zz\x01" + std::string(5000, 'a')).error().what;

    EXPECT_LT(what.size(), 200U);
    EXPECT_EQ(what.find('\x01'), std::string::npos);
}

// RFC 3986 2.3
TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a/b ?&+é\n"), "a%2Fb%20%3F%26%2B%C3%A9%0A");
}

TEST(ForLog, CutsTokensOutHoweverTheirNameIsWritten) {
    for (const auto* target : {"/a?token=secret",
                               "/a?%74oken=secret",
                               "/a?TOKEN=secret",
                               "/a?access_token=secret",
                               "/auth/oidc/return?code=secret"}) {
        EXPECT_THAT(for_log(target), Not(HasSubstr("secret"))) << target;
    }
    EXPECT_EQ(for_log("/a?x=1&token=secret&y=2"), "/a?x=1&token=…&y=2");
}

TEST(ForLog, WritesControlAndForeignCharactersAsPercentSigns) {
    EXPECT_EQ(for_log("/a\r\nb\xC3\xA9?c=\x7F"), "/a%0D%0Ab%C3%A9?c=%7F");
}

}  // namespace
}  // namespace relief::http
