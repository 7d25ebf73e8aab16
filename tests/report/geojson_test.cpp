#include "tests/report/read_all.hpp"
#include "tiler/report/json_scan.hpp"

#include <gmock/gmock.h>

namespace relief::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string feature(const std::string& properties,
                    const std::string& geometry = R"({"type":"Point","coordinates":[35,10]})") {
    return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + properties + "}";
}

TEST(GeoJson, GivesADraftForEachPoint) {
    const auto all = read_all(collection(feature(
        R"({"title":"Bridge down","category":"road","severity":"high","time":"2024-05-01T10:00:00Z","depth":{"cm":77},"phone":"CANARY"})")));

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(draft.title, "Bridge down");
    EXPECT_EQ(draft.category, "road");
    EXPECT_EQ(draft.severity, Severity::severe);
    EXPECT_EQ(draft.properties, R"({"depth":{"cm":77}})");
    EXPECT_EQ(draft.contact, "h(canary)");
}

TEST(GeoJson, RefusesEachFeatureByItself) {
    const auto all = read_all(collection(
        feature("{}", R"({"type":"Point","coordinates":["a","b"]})") + "," +
        feature("{}", R"({"type":"Polygon","coordinates":[]})") + "," + feature("{}", "null") +
        "," + feature("{}", R"({"type":"Point","coordinates":[10,95]})") + ",7," +
        feature(R"({"title":"good"})")));

    EXPECT_THAT(titles_of(all), ElementsAre("good"));
    EXPECT_THAT(all.rejects,
                ElementsAre(Pair(1U, HasSubstr("longitude first")),
                            Pair(2U, HasSubstr("a Polygon")),
                            Pair(3U, HasSubstr("no place")),
                            Pair(4U, HasSubstr("swapped?")),
                            Pair(5U, HasSubstr("no JSON object"))));
}

TEST(GeoJson, HidesNoPersonInsideOfAnotherProperty) {
    const auto all = read_all(
        collection(feature(R"({"more":{"phone":"CANARY","ok":1,"list":[{"email":"CANARY"}]}})")));

    ASSERT_THAT(all.drafts, SizeIs(1));
    EXPECT_THAT(all.drafts[0].properties, Not(HasSubstr("CANARY")));
    EXPECT_THAT(all.drafts[0].properties, HasSubstr(R"("ok":1)"));
}

TEST(GeoJson, ThatEndsInTheMiddleKeepsWhatIsWhole) {
    const std::string whole = collection(feature(R"({"title":"a"})") + "," + feature("{}"));
    const auto all = read_all(whole.substr(0, whole.size() - 20));

    EXPECT_THAT(titles_of(all), ElementsAre("a"));
    EXPECT_THAT(all.rejects, ElementsAre(Pair(2U, HasSubstr("broken"))));
}

TEST(GeoJson, MayComeOneFeatureAfterAnother) {
    const auto all =
        read_all(feature(R"({"title":"a"})") + "\n\x1E" + feature(R"({"title":"b"})") + "\n");

    EXPECT_THAT(titles_of(all), ElementsAre("a", "b"));
}

TEST(GeoJson, OfUcdpIsKnownByItsProperties) {
    const auto all = read_all(collection(feature(
        R"({"id":7,"type_of_violence":2,"dyad_name":"A - B","where_prec":5,"date_start":"2009-02-20T00:00:00","date_end":"2009-02-20T00:00:00"})")));

    ASSERT_THAT(all.drafts, SizeIs(1));
    EXPECT_EQ(all.reading.format, Format::ucdp);
    EXPECT_EQ(all.drafts[0].precision, Precision::region);
    EXPECT_EQ(all.drafts[0].origin_id, "7");
}

TEST(JsonElements, AreBoundedInSizeAndDepth) {
    const std::string large = R"([{"a":")" + std::string(ReadingBounds::record, 'x') + R"("},1])";
    JsonElements sized(large);
    EXPECT_EQ(sized.next(), JsonElements::Step::too_large);
    EXPECT_EQ(sized.next(), JsonElements::Step::good);
    EXPECT_EQ(sized.next(), JsonElements::Step::end);

    const std::string deep = std::string(100, '[') + std::string(100, ']');
    JsonElements nested(deep);
    EXPECT_EQ(nested.next(), JsonElements::Step::too_large);
}

TEST(JsonElements, MayHoldBracketsInTexts) {
    JsonElements elements(R"([{"a":"]}\"]"},"[",2])");

    EXPECT_EQ(elements.next(), JsonElements::Step::good);
    EXPECT_EQ(elements.element(), R"({"a":"]}\"]"})");
    EXPECT_EQ(elements.next(), JsonElements::Step::good);
    EXPECT_EQ(elements.next(), JsonElements::Step::good);
    EXPECT_EQ(elements.next(), JsonElements::Step::end);
}

TEST(GeoJson, ShowsTheOrderOfDaysBehindAnyNumberOfSlashes) {
    const std::string slashes(100'000, '/');
    const std::string text =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":)"
        R"({"type":"Point","coordinates":[35,10]},"properties":{"note":")" +
        slashes + R"(","link":"http://a/b","time":"23/07/2010"}},{"type":"Feature","geometry":)" +
        R"({"type":"Point","coordinates":[36,10]},"properties":{"time":"05/07/2010"}}]})";

    const auto all = read_all(text);

    ASSERT_EQ(all.drafts.size(), 2U) << all.failure;
    EXPECT_EQ(to_text(all.drafts[1].time.value()), "2010-07-05");
}

}  // namespace
}  // namespace relief::report
