#include "tests/report/read_all.hpp"

#include <string>

namespace relief::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

std::string gdacs(const std::string& inside) {
    return "<rss xmlns:gdacs='http://www.gdacs.org' xmlns:georss='http://www.georss.org/georss'>"
           "<channel><item><title>Orange flood alert in Exampleland</title>"
           "<pubDate>Fri, 25 Mar 2016 23:59:59 GMT</pubDate>"
           "<gdacs:fromdate>Sat, 12 Mar 2016 00:00:00 GMT</gdacs:fromdate>"
           "<gdacs:todate>Fri, 25 Mar 2016 23:59:59 GMT</gdacs:todate>"
           "<georss:point>33.054 71.779</georss:point><gdacs:eventtype>FL</gdacs:eventtype>"
           "<gdacs:alertlevel>Orange</gdacs:alertlevel><gdacs:eventid>4339</gdacs:eventid>"
           "<gdacs:country>Exampleland</gdacs:country>" +
           inside + "</item></channel></rss>";
}

ReadingWish in_2016() {
    ReadingWish wish;
    wish.now = parse_instant("2016-03-20")->first;
    return wish;
}

TEST(Gdacs, BecomesAnAlertNamedByItsEvent) {
    const auto all = read_all(gdacs(""), in_2016());

    ASSERT_THAT(all.alerts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.alerts[0].name.identifier, "FL4339");
    EXPECT_EQ(all.alerts[0].infos[0].event, "Flood");
    EXPECT_EQ(all.alerts[0].infos[0].severity, "Severe");
    EXPECT_EQ(all.alerts[0].infos[0].areas[0].description, "Exampleland");
    ASSERT_THAT(all.drafts, SizeIs(1));
    EXPECT_EQ(all.drafts[0].place, (Place{71.779, 33.054}));
    EXPECT_EQ(to_text(all.drafts[0].time->first), "2016-03-12T00:00:00Z");
    EXPECT_EQ(all.drafts[0].origin, "gdacs");
}

TEST(Gdacs, IsOverAfterItsEndUnlessItIsCurrent) {
    ReadingWish later = in_2016();
    later.now = parse_instant("2016-05-01")->first;

    EXPECT_THAT(read_all(gdacs(""), later).drafts, IsEmpty());
    EXPECT_THAT(read_all(gdacs("<gdacs:iscurrent>true</gdacs:iscurrent>"), later).drafts,
                SizeIs(1));
}

TEST(GeoRss, GivesReportsOfItemsWithoutGdacsWords) {
    const auto all = read_all(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:georss='http://www.georss.org/georss'>"
        "<entry><id>e1</id><title>Road cut</title><summary>by water</summary>"
        "<updated>2024-05-01T10:00:00Z</updated><author><name>CANARY</name></author>"
        "<georss:point>10 35</georss:point></entry><entry><id>e2</id></entry></feed>");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.drafts[0].title, "Road cut");
    EXPECT_EQ(all.drafts[0].description, "by water");
    EXPECT_EQ(all.drafts[0].origin_id, "e1");
    EXPECT_EQ(all.drafts[0].properties, "{}");
    EXPECT_THAT(all.rejects, ElementsAre(Pair(2U, HasSubstr("no place"))));
}

}  // namespace
}  // namespace relief::report
