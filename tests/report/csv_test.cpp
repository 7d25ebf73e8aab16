#include "tests/report/read_all.hpp"
#include "tiler/report/csv_rows.hpp"

#include <gmock/gmock.h>

namespace relief::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr const char* ushahidi_header =
    "Post ID,Survey,Post Status,Created (UTC),Post Date (UTC),Contact ID,Contact,Title,"
    "Description,Categories,Location.lat,Location.lon\n";

std::vector<std::vector<std::string>> rows_of(std::string_view text, char separator = ',') {
    std::vector<std::vector<std::string>> all;
    CsvRows rows(text, separator);
    for (auto row = rows.next(); row != CsvRows::Row::end; row = rows.next()) {
        all.emplace_back();
        for (const auto cell : rows.cells()) all.back().emplace_back(cell);
    }
    return all;
}

TEST(CsvRows, KeepLineFeedsAndDoubledQuotesInsideOfQuotes) {
    EXPECT_THAT(rows_of("a,\"b\nc, \"\"d\"\"\",e\r\n1,2,\n"),
                ElementsAre(ElementsAre("a", "b\nc, \"d\"", "e"), ElementsAre("1", "2", "")));
}

TEST(CsvRows, EndWithAnyLineEndAndAtTheEndOfTheText) {
    EXPECT_THAT(
        rows_of("a,b\rc,d\n\re"),
        ElementsAre(
            ElementsAre("a", "b"), ElementsAre("c", "d"), ElementsAre(""), ElementsAre("e")));
}

TEST(CsvRows, OfAQuoteThatIsNeverClosedCostOneLine) {
    CsvRows rows("a\n\"open,b\nc\n", ',');

    EXPECT_EQ(rows.next(), CsvRows::Row::good);
    EXPECT_EQ(rows.next(), CsvRows::Row::unclosed);
    EXPECT_EQ(rows.next(), CsvRows::Row::good);
    EXPECT_THAT(rows.cells(), ElementsAre("c"));
    EXPECT_EQ(rows.number(), 3U);
}

TEST(CsvRows, SeparatorIsTheOneThatDividesTheFirstLine) {
    EXPECT_EQ(separator_shown_by("id,time;x,lat,lon\n"), ',');
    EXPECT_EQ(separator_shown_by("id;time;lat;lon\n1;1,2;3,4;5\n"), ';');
    EXPECT_EQ(separator_shown_by("id\tlat\tlon\n"), '\t');
    EXPECT_EQ(separator_shown_by("sep=|\nid|lat\n"), '|');
    EXPECT_EQ(separator_shown_by("\"a;b;c\",lat,lon\n"), ',');
}

TEST(Csv, OfUshahidiBecomesDraftsByItsHeader) {
    const auto all = read_all(std::string(ushahidi_header) +
                              "42,Incident,published,2024-01-01 10:00:00,2024-01-01 09:00:00,9,"
                              "+961 555 0199,طريق مغلق,\"line one\nline, \"\"two\"\"\","
                              "\"Road blocked, Shelter\",33.5,35.4\n");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(all.reading.format, Format::ushahidi);
    EXPECT_EQ(draft.title, "طريق مغلق");
    EXPECT_EQ(draft.description, "line one\nline, \"two\"");
    EXPECT_EQ(draft.category, "Road blocked");
    EXPECT_THAT(draft.properties, HasSubstr(R"("Categories":"Road blocked, Shelter")"));
    EXPECT_EQ(draft.origin, "ushahidi");
    EXPECT_EQ(draft.origin_id, "42");
    EXPECT_EQ(to_text(draft.time.value()), "2024-01-01T09:00:00Z");
    EXPECT_EQ(draft.status, std::nullopt);
}

TEST(Csv, NeverKeepsWhoAReportIsFrom) {
    const auto all = read_all(
        "lat,lon,Contact,author_email,Your phone number,_submitted_by,deviceid,who/full_name,note\n"
        "1,2,CANARY1,CANARY2,CANARY3,CANARY4,CANARY5,CANARY6,kept\n");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    const Draft& draft = all.drafts[0];
    EXPECT_EQ(draft.contact, "h(canary1)");
    EXPECT_EQ(draft.properties, R"({"note":"kept"})");
    EXPECT_THAT(draft.title + draft.description + draft.category, IsEmpty());
}

TEST(Csv, CountsAContactOfOneCollectionApartFromThatOfAnother) {
    const std::string text = "lat,lon,Contact ID\n1,2,9\n";
    ReadingWish first;
    first.file_origin = "first";
    ReadingWish second;
    second.file_origin = "second";

    EXPECT_EQ(read_all(text, first).drafts.at(0).contact, "h(first 9)");
    EXPECT_EQ(read_all(text, second).drafts.at(0).contact, "h(second 9)");
}

TEST(Csv, TakesTagsBeforeHeaders) {
    const auto all = read_all(
        "Where,When,What,Kontakt,Extra,Latitude\n"
        "#geo +lat , #DATE+occurred,#event +type,#contact+phone,#x_secret,#geo+lon\n"
        "10,2024-05-01,flood,CANARY,CANARY,35\n");

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.reading.format, Format::hxl);
    EXPECT_EQ(all.drafts[0].place, (Place{35, 10}));
    EXPECT_EQ(all.drafts[0].category, "flood");
    EXPECT_EQ(all.drafts[0].contact, "h(canary)");
    EXPECT_EQ(all.drafts[0].properties, "{}");
}

TEST(Csv, OfUshahidiMayHaveARowOfTagsThatIsEmpty) {
    const auto all = read_all(std::string(ushahidi_header) +
                              ",,,,,,,,,,,\n42,s,published,,,,,t,d,c,33.5,35.4\n");

    EXPECT_THAT(titles_of(all), ElementsAre("t"));
    EXPECT_THAT(all.rejects, IsEmpty());
}

TEST(Csv, NamesRowAndReasonOfWhatItRefuses) {
    const auto all = read_all("id,lat,lon\n1,18.5\n2,18.5,-72.3,a,b\n\n,,\n3,95,7\n4,18.5,-72.3\n");

    EXPECT_THAT(all.drafts, SizeIs(1));
    EXPECT_THAT(all.rejects,
                ElementsAre(Pair(2U, HasSubstr("no longitude")),
                            Pair(3U, HasSubstr("5 cells and the header 3")),
                            Pair(6U, HasSubstr("latitude \"95\""))));
}

TEST(Csv, WithoutColumnsForAPlaceSaysWhatItHas) {
    const auto all = read_all("1,2010-01-13,title\n1,2010-01-13,title\n");

    EXPECT_THAT(all.failure,
                AllOf(HasSubstr("\"2010-01-13\""), HasSubstr("latitude and longitude")));
}

TEST(Csv, TakesTheFirstPlaceOfSeveralThatIsFilled) {
    const auto all = read_all("Home.lat,Home.lon,Place.lat,Place.lon\n,,10,35\n1,2,10,35\n");

    ASSERT_THAT(all.drafts, SizeIs(2)) << all.failure;
    EXPECT_EQ(all.drafts[0].place, (Place{35, 10}));
    EXPECT_EQ(all.drafts[1].place, (Place{2, 1}));
}

TEST(Csv, GivesEqualRowsWithoutANameEachItsOwnEveryTime) {
    const std::string text = "title,lat,lon\na,1,2\na,1,2\nb,1,2\n";
    const auto once = read_all(text);
    const auto again = read_all(text);

    ASSERT_THAT(once.drafts, SizeIs(3));
    EXPECT_NE(once.drafts[0].origin_id, once.drafts[1].origin_id);
    EXPECT_NE(once.drafts[0].origin_id, once.drafts[2].origin_id);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(once.drafts[i].origin_id, again.drafts[i].origin_id);
}

TEST(Csv, OfAcledKnowsItsPrecisionLicenceAndWeeks) {
    const auto all = read_all(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,location,latitude,"
        "longitude,geo_precision,notes,fatalities\n"
        "SYR1,15 March 2022,2,Battles,Armed clash,Idlib,35.9,36.6,3,Text,4\n"
        "SYR2,2022-03-15,1,Riots,Mob violence,Idlib,35.9,36.6,1,Text,0\n");

    ASSERT_THAT(all.drafts, SizeIs(2)) << all.failure;
    const Draft& region = all.drafts[0];
    EXPECT_EQ(region.precision, Precision::region);
    EXPECT_EQ(all.drafts[1].precision, Precision::exact);
    EXPECT_EQ(region.title, "Armed clash, Idlib");
    EXPECT_EQ(region.origin_id, "SYR1");
    EXPECT_THAT(region.attribution, HasSubstr("ACLED"));
    EXPECT_EQ(to_text(region.time.value()), "2022-03-12/2022-03-18");
    EXPECT_EQ(to_text(all.drafts[1].time.value()), "2022-03-15");
    EXPECT_EQ(region.properties, R"({"fatalities":4})");
}

TEST(Csv, OfUcdpDrawsWhatIsKnownToARegionAsOne) {
    const auto all = read_all(
        "id,type_of_violence,dyad_name,where_prec,where_coordinates,latitude,longitude,geom_wkt,"
        "date_start,date_end,best\n"
        "7,1,A - B,6,Somewhere,5.4,26.5,POINT (26.5 5.4),2009-02-20,2009-02-22,3\n"
        "8,3,C,2,There,5.4,26.5,POINT (26.5 5.4),2009-02-20,2009-02-20,1\n");

    ASSERT_THAT(all.drafts, SizeIs(2)) << all.failure;
    EXPECT_EQ(all.drafts[0].precision, Precision::region);
    EXPECT_EQ(all.drafts[1].precision, Precision::near);
    EXPECT_EQ(all.drafts[0].category, "state-based conflict");
    EXPECT_EQ(all.drafts[1].category, "one-sided violence");
    EXPECT_EQ(to_text(all.drafts[0].time.value()), "2009-02-20/2009-02-22");
    EXPECT_EQ(all.drafts[0].licence, "CC BY 4.0");
    EXPECT_EQ(all.drafts[0].properties, R"({"best":3})");
    EXPECT_EQ(all.drafts[0].status, Status::verified);
}

TEST(Csv, TakesADayTheWayTheFileShowsIt) {
    const auto days = read_all("id,time,lat,lon\n1,05/07/2010,1,2\n2,23/07/2010,1,2\n");
    const auto months = read_all("id,time,lat,lon\n1,05/07/2010,1,2\n2,07/23/2010,1,2\n");
    const auto unclear = read_all("id,time,lat,lon\n1,05/07/2010,1,2\n");

    EXPECT_EQ(to_text(days.drafts.at(0).time.value()), "2010-07-05");
    EXPECT_EQ(to_text(months.drafts.at(0).time.value()), "2010-05-07");
    EXPECT_EQ(unclear.drafts.at(0).time, std::nullopt);
    EXPECT_EQ(unclear.reading.unclear_times, 1U);
    EXPECT_EQ(unclear.drafts.at(0).properties, R"({"time":"05/07/2010"})");
}

TEST(Csv, CutsWhatIsLongerThanAReportAndSaysSo) {
    const auto all = read_all("title,description,lat,lon\n" + std::string(600, 'a') + ',' +
                              std::string(30'000, 'b') + ",1,2\nshort,x,1,2\n");

    ASSERT_THAT(all.drafts, SizeIs(2));
    EXPECT_THAT(all.drafts[0].title, SizeIs(Bounds::title));
    EXPECT_THAT(all.drafts[0].description, SizeIs(Bounds::description));
    EXPECT_EQ(all.reading.shortened, 1U);
}

TEST(Csv, OfThousandsOfEqualColumnsNamesEachOnce) {
    std::string header = "lat,lon,note 2";
    std::string row = "1,2,mine";
    for (int i = 0; i < 16'000; ++i) {
        header += ",note";
        row += i == 0 || i == 1 || i == 15'999 ? ",here" : ",";
    }

    const auto all = read_all(header + '\n' + row + '\n');

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.drafts[0].properties,
              R"({"note 2":"mine","note":"here","note 3":"here","note 16001":"here"})");
}

TEST(Csv, OfThousandsOfPlacesTakesTheFirstThatIsFilled) {
    std::string header = "title";
    std::string row = "a";
    for (int i = 0; i < 8'000; ++i) {
        header += ",lat,lon";
        row += i < 4'000 ? ",," : ",1,2";
    }

    const auto all = read_all(header + '\n' + row + '\n');

    ASSERT_THAT(all.drafts, SizeIs(1)) << all.failure;
    EXPECT_EQ(all.drafts[0].place, (Place{2, 1}));
}

TEST(Csv, OfAPersonIsOneSourceHoweverTheNumberIsTyped) {
    const auto all = read_all(
        "lat,lon,phone,email\n1,2,+254 700-000 001,a@b.org\n1,2,00254700000001,\n"
        "1,2,(254) 700.000.001,\n1,2,,A@b.org\n");

    ASSERT_THAT(all.drafts, SizeIs(4)) << all.failure;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(all.drafts[i].contact, "h(254700000001)");
    EXPECT_EQ(all.drafts[3].contact, "h(a@b.org)");
}

TEST(Csv, RefusesAPlaceThatMayBeReadAsSeveral) {
    const auto all = read_all(
        "lat,lon,title\n18.5,-72.3W,west or east\n18.5,72.3W,west\n-18.5S,72.3,south or north\n");
    const auto points = read_all(
        "where,title\n#geo+coord,#event+name\n\"18,5 -72,3\",several\n\"18,5,-72,3\",several\n"
        "\"18.5, -72.3\",a\n18.5 -72.3 12 4,b\n\"18,-72\",c\n");

    EXPECT_THAT(titles_of(all), ElementsAre("west"));
    EXPECT_THAT(all.rejects, SizeIs(2));
    EXPECT_THAT(titles_of(points), ElementsAre("a", "b", "c")) << points.failure;
}

TEST(Csv, KeepsNoControlCharacters) {
    const auto all =
        read_all(std::string("title,lat,lon\na\x01") + "b\x7F" + "c\xC2\x85" + "d,1,2\n");

    EXPECT_THAT(titles_of(all), ElementsAre("abcd"));
}

TEST(Csv, ThatIsSomethingElseIsRefusedWithAdvice) {
    EXPECT_THAT(read_all("PK\x03\x04rest").failure, HasSubstr("workbook"));
    EXPECT_THAT(read_all("\x1F\x8Brest").failure, HasSubstr("gunzip"));
    EXPECT_THAT(read_all(" \n").failure, HasSubstr("empty"));
}

TEST(Csv, WithAHeaderAloneIsGoodAndEmpty) {
    const auto all = read_all("id,time,title,lat,lon\n");

    EXPECT_THAT(all.failure, IsEmpty());
    EXPECT_THAT(all.drafts, IsEmpty());
    EXPECT_THAT(all.rejects, IsEmpty());
}

}  // namespace
}  // namespace relief::report
