// Every shape has its own order of axes; a place at 35 E, 10 N must be there in all of them.

#include "tests/report/read_all.hpp"

#include <array>

namespace relief::report {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Place near_there{35, 10};

struct Shape {
    const char* name;
    const char* text;
};

constexpr std::array<Shape, 17> shapes{{
    {"csv", "title,latitude,longitude\na,10,35\n"},
    {"csv the other way", "longitude;latitude;title\n35;10;a\n"},
    {"hxl", "Breite,Laenge\n#geo+lat,#geo+lon\n10,35\n"},
    {"ushahidi csv",
     "Post ID,Survey,Post Status,Title,Place.lat,Place.lon\n1,s,published,a,10,35\n"},
    {"kobo csv", "where;_where_latitude;_where_longitude;_uuid\n10 35 0 5;10;35;u1\n"},
    {"odk csv",
     "SubmissionDate,place-Latitude,place-Longitude,KEY,SubmitterName\n2024-01-01,10,35,u,n\n"},
    {"acled", "event_id_cnty,event_date,latitude,longitude\nX1,2024-01-01,10,35\n"},
    {"geojson",
     R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[35,10]},"properties":{}}]})"},
    {"geojson with a height",
     R"({"type":"Feature","geometry":{"type":"Point","coordinates":[35,10,400]},"properties":{}})"},
    {"ushahidi 3 geojson",
     R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[35,10]}]},"properties":{"id":1}}]})"},
    {"ushahidi 5",
     R"({"results":[{"id":7,"post_content":[{"fields":[{"type":"point","label":"Where","value":{"lon":35,"lat":10}}]}]}]})"},
    {"kobo json", R"({"results":[{"_uuid":"u","_geolocation":[10,35]}]})"},
    {"kobo json of texts", R"([{"_uuid":"u","_geolocation":["10.0","35.0"]}])"},
    {"kobo geopoint", R"([{"_uuid":"u","_geolocation":[null,null],"q/where":"10.0 35.0 0 4"}])"},
    {"odk odata",
     R"({"value":[{"__id":"u","q":{"where":{"type":"Point","coordinates":[35,10,1]}},"__system":{}}]})"},
    {"georss",
     R"(<rss xmlns:g="http://www.georss.org/georss"><item><guid>1</guid><g:point>10 35</g:point></item></rss>)"},
    {"geo",
     R"(<rss xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"><item><geo:Point><geo:lat>10</geo:lat><geo:long>35</geo:long></geo:Point></item></rss>)"},
}};

TEST(Axes, AreTakenInTheOrderOfEachShape) {
    for (const auto& [name, text] : shapes) {
        const auto all = read_all(text);

        ASSERT_THAT(all.drafts, SizeIs(1))
            << name << ' ' << all.failure << (all.rejects.empty() ? "" : all.rejects[0].second);
        EXPECT_EQ(all.drafts[0].place, near_there) << name;
    }
}

TEST(Axes, OfCapAreLatitudeFirst) {
    const std::string head =
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>i</identifier>"
        "<sender>s</sender><sent>2024-01-01T00:00:00+00:00</sent><status>Actual</status>"
        "<msgType>Alert</msgType><scope>Public</scope><info><event>Flood</event><area>"
        "<areaDesc>d</areaDesc>";
    const std::string tail = "</area></info></alert>";

    const auto circle = read_all(head + "<circle>10,35 5</circle>" + tail);
    const auto polygon = read_all(head + "<polygon>9,34 9,36 11,36 11,34 9,34</polygon>" + tail);

    ASSERT_THAT(circle.drafts, SizeIs(1)) << circle.failure;
    EXPECT_EQ(circle.drafts[0].place, near_there);
    ASSERT_THAT(polygon.drafts, SizeIs(1)) << polygon.failure;
    EXPECT_EQ(polygon.drafts[0].place, near_there);
}

TEST(Axes, ThatMustBeSwappedAreRefusedWithThatAdvice) {
    const auto all = read_all("title,lat,lon\nswapped,118.5,-7.2\n");

    ASSERT_THAT(all.rejects, SizeIs(1));
    EXPECT_EQ(all.rejects[0].first, 2U);
    EXPECT_THAT(all.rejects[0].second, HasSubstr("swapped?"));
}

struct Written {
    const char* latitude = "";
    const char* longitude = "";
    Place place{};
};

TEST(Degrees, AreReadAsPeopleWriteThem) {
    const std::array<Written, 9> written{{{"18.5", "-72.3", {-72.3, 18.5}},
                                          {"18,5", "-72,3", {-72.3, 18.5}},
                                          {"18.5N", "72.3W", {-72.3, 18.5}},
                                          {"S 18.5", "E72.3", {72.3, -18.5}},
                                          {"18°30'0\"N", "72°18'W", {-72.3, 18.5}},
                                          {"18.5",
                                           "\xE2\x88\x92"
                                           "72.3",
                                           {-72.3, 18.5}},
                                          {"١٨.٥", "٧٢.٣", {72.3, 18.5}},
                                          {"۱۸٫۵", "۷۲٫۳", {72.3, 18.5}},
                                          {" +18.5 ", " -72.3 ", {-72.3, 18.5}}}};
    for (const auto& [latitude, longitude, place] : written) {
        const auto all = read_all(std::string("lat\tlon\n") + latitude + '\t' + longitude + '\n');
        ASSERT_THAT(all.drafts, SizeIs(1))
            << latitude << ' ' << all.failure << (all.rejects.empty() ? "" : all.rejects[0].second);
        EXPECT_NEAR(all.drafts[0].place.longitude, place.longitude, 1e-9) << longitude;
        EXPECT_NEAR(all.drafts[0].place.latitude, place.latitude, 1e-9) << latitude;
    }
}

TEST(Degrees, ThatAreNoPlaceAreRefused) {
    for (const auto* const pair : {"nan\tnan",
                                   "inf\t-inf",
                                   "\t",
                                   "1e308\t1e309",
                                   "0\t0",
                                   "abc\tdef",
                                   "2049000\t784000",
                                   "95.0\t35.4",
                                   "18.5\t",
                                   "18.5E\t72.3N",
                                   "18 30\t72",
                                   "1,234,5\t3"}) {
        const auto all = read_all(std::string("lat\tlon\n") + pair + "\n1\t2\n");
        EXPECT_THAT(all.drafts, SizeIs(1)) << pair;
        EXPECT_THAT(all.rejects, SizeIs(std::string_view(pair) == "\t" ? 0 : 1)) << pair;
    }
}

}  // namespace
}  // namespace relief::report
