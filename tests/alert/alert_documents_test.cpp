#include "tiler/alert/alert_documents.hpp"

#include "tests/alert/alert_examples.hpp"
#include "tiler/alert/alert_json.hpp"
#include "tiler/report/reading.hpp"
#include "tiler/report/xml_elements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <vector>

namespace relief::alert {
namespace {

using report::XmlElement;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Publisher house{"https://maps.example.org", "https://maps.example.org/alerts"};

XmlElement root_of(const std::string& xml, const char* name) {
    XmlElement root;
    const auto read = report::read_elements(xml,
                                            {[&](std::string_view each) { return each == name; },
                                             [&](report::XmlRecord record) {
                                                 root = std::move(record.element);
                                                 return true;
                                             }});
    EXPECT_TRUE(read) << read.error().what;
    return root;
}

std::vector<std::string> names_in(const XmlElement& element) {
    std::vector<std::string> names;
    for (const auto& child : element.children) {
        if (names.empty() || names.back() != child.name) names.push_back(child.name);
    }
    return names;
}

TEST(CapDocument, HasItsElementsInTheOrderOfTheSchema) {
    const std::vector alerts{full_alert()};
    const auto root = root_of(cap_document(alerts, house), "alert");

    EXPECT_EQ(root.space, "urn:oasis:names:tc:emergency:cap:1.2");
    EXPECT_THAT(names_in(root),
                ElementsAre("identifier", "sender", "sent", "status", "msgType", "scope", "info"));
    EXPECT_THAT(names_in(root.children.back()),
                ElementsAre("language",
                            "category",
                            "event",
                            "responseType",
                            "urgency",
                            "severity",
                            "certainty",
                            "effective",
                            "onset",
                            "expires",
                            "senderName",
                            "headline",
                            "description",
                            "instruction",
                            "web",
                            "parameter",
                            "area"));
    EXPECT_THAT(names_in(root.children.back().children.back()),
                ElementsAre("areaDesc", "polygon", "circle", "geocode"));
}

TEST(CapDocument, WritesTimesWithAnOffsetAndNeverZ) {
    const std::vector alerts{full_alert()};
    const auto root = root_of(cap_document(alerts, house), "alert");
    const std::regex shape(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d)");
    const auto& info = root.children.back();

    for (const auto time : {root.text_of("sent"),
                            info.text_of("effective"),
                            info.text_of("onset"),
                            info.text_of("expires")})
        EXPECT_TRUE(std::regex_match(std::string(time), shape)) << time;
}

TEST(CapDocument, IsReadAsTheAlertsThatItWasMadeOf) {
    const std::vector alerts{full_alert()};
    std::vector<report::Alert> read;
    const auto done =
        report::read_reports(cap_document(alerts, house), {}, [&](report::Found found) {
            if (auto* warning = std::get_if<report::Warning>(&found.what))
                read.push_back(warning->alert);
            return true;
        });

    ASSERT_TRUE(done) << done.error().what;
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].infos, alerts[0].infos);
}

TEST(CapDocument, OfNoAlertIsAMessageWithoutInfos) {
    const auto root = root_of(cap_document({}, house), "alert");

    EXPECT_THAT(names_in(root),
                ElementsAre("identifier", "sender", "sent", "status", "msgType", "scope", "note"));
}

TEST(RssDocument, HasAnItemForEachAlertWithItsPlaces) {
    const std::vector alerts{full_alert("a"), full_alert("b")};
    const auto channel = root_of(rss_document(alerts, house), "channel");

    ASSERT_EQ(channel.all("item").size(), 2U);
    const auto& item = *channel.all("item")[0];
    EXPECT_EQ(item.text_of("title"), "River over its banks");
    EXPECT_EQ(item.text_of("point"), "10.25 35.5");
    EXPECT_EQ(item.text_of("polygon"), "10 35 10 36 11 36 10 35");
    EXPECT_EQ(item.text_of("pubDate"), "Wed, 01 May 2024 08:00:00 GMT");
    EXPECT_EQ(root_of(rss_document({}, house), "channel").all("item").size(), 0U);
}

TEST(GeoJsonDocument, IsLongitudeFirstAndShowsTheEnglishInfo) {
    const std::vector alerts{full_alert()};
    const auto document = nlohmann::json::parse(geojson_document(alerts));

    ASSERT_EQ(document["features"].size(), 1U);
    const auto& feature = document["features"][0];
    EXPECT_EQ(feature["properties"]["event"], "Flood");
    EXPECT_EQ(feature["properties"]["info"].size(), 2U);
    EXPECT_EQ(feature["geometry"]["geometries"][0]["coordinates"][0][0][0], 35);
    EXPECT_EQ(feature["geometry"]["geometries"][1]["coordinates"][1], 10.25);
    EXPECT_EQ(nlohmann::json::parse(geojson_document({}))["features"].size(), 0U);
}

TEST(AlertJson, KeepsEveryPart) {
    const auto alert = full_alert();

    EXPECT_EQ(from_json(to_json(alert).dump()), alert);
    EXPECT_EQ(from_json("{}"), std::nullopt);
    EXPECT_EQ(from_json("nonsense"), std::nullopt);
}

}  // namespace
}  // namespace relief::alert
