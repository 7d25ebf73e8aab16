#include "server/route/style_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::route {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string host = "https://maps.example";

Json browser_sources(const std::string& sources, const std::string& more = "") {
    auto style = service::read_served_style(
        "map", R"({"version":8,"sources":{)" + sources + "},\"layers\":[]" + more + "}");
    EXPECT_TRUE(style) << style.error().what;
    service::VisibleStyle visible;
    visible.text = style->text;
    visible.document = style->document;
    visible.style = std::make_shared<const service::ServedStyle>(*style);
    return Json::parse(browser_style(visible, host));
}

TEST(BrowserStyle, GivesVectorLayersOfTheHouseByTheirTileJson) {
    const auto json = browser_sources(R"("a":{"type":"vector","url":"relief://roads"},
        "b":{"type":"vector","tiles":["relief://roads"]},
        "c":{"type":"vector","tiles":["/tiles/roads/{z}/{x}/{y}.mvt"]})");

    EXPECT_EQ(json["sources"]["a"]["url"], host + "/tiles/roads/tilejson.json");
    EXPECT_EQ(json["sources"]["b"]["tiles"][0], host + "/tiles/roads/{z}/{x}/{y}.mvt");
    EXPECT_EQ(json["sources"]["c"]["tiles"][0], host + "/tiles/roads/{z}/{x}/{y}.mvt");
    EXPECT_FALSE(json["sources"]["a"].contains("tiles"));
}

TEST(BrowserStyle, GivesRastersTilesAsWideAsTheirSourceSays) {
    const auto json =
        browser_sources(R"("wide":{"type":"raster","url":"relief://dem?algorithm=hillshade"},
        "plain":{"type":"raster","url":"relief://dem","tileSize":256},
        "heights":{"type":"raster-dem","url":"relief://dem","encoding":"terrarium"})");
    const auto tile = [&](const char* source) {
        return json["sources"][source]["tiles"][0].get<std::string>();
    };

    EXPECT_EQ(tile("wide"), host + "/tiles/dem/{z}/{x}/{y}@2x.png?algorithm=hillshade");
    EXPECT_EQ(tile("plain"), host + "/tiles/dem/{z}/{x}/{y}.png");
    EXPECT_EQ(tile("heights"), host + "/tiles/dem/{z}/{x}/{y}@2x.png?algorithm=terrarium");
    EXPECT_FALSE(json["sources"]["wide"].contains("url"));
}

TEST(BrowserStyle, LeavesOtherHostsAloneAndBringsGlyphs) {
    const auto json = browser_sources(
        R"("far":{"type":"raster","tiles":["https://tiles.example/{z}/{x}/{y}.png"]},
           "near":{"type":"geojson","data":"/collections/x/items"},
           "other":{"type":"geojson","data":"//elsewhere.example/x"})",
        R"(,"sprite":"/styles/map/sprite")");

    EXPECT_EQ(json["sources"]["far"]["tiles"][0], "https://tiles.example/{z}/{x}/{y}.png");
    EXPECT_EQ(json["sources"]["near"]["data"], host + "/collections/x/items");
    EXPECT_EQ(json["sources"]["other"]["data"], "//elsewhere.example/x");
    EXPECT_EQ(json["sprite"], host + "/styles/map/sprite");
    EXPECT_EQ(json["glyphs"], host + "/fonts/{fontstack}/{range}.pbf");
}

TEST(StylesDocument, TellsWhereEachIsDrawn) {
    auto style = service::read_served_style(
        "map",
        R"({"version":8,"name":"Roads","metadata":{"relief:about":"Where one can drive","relief:layer":"roads"},"center":[44.5,-19.25],"zoom":6,"sources":{},"layers":[]})");
    service::VisibleStyle visible;
    visible.document = style->document;
    visible.style = std::make_shared<const service::ServedStyle>(*style);
    visible.version = "abc";

    const auto list = Json::parse(
        styles_document({std::make_shared<const service::VisibleStyle>(visible)}, host));

    const auto& one = list["styles"][0];
    EXPECT_EQ(one["id"], "map");
    EXPECT_EQ(one["title"], "Roads");
    EXPECT_EQ(one["about"], "Where one can drive");
    EXPECT_EQ(one["subject"], "roads");
    EXPECT_EQ(one["attribution"], "");
    EXPECT_EQ(one["tiles"], host + "/styles/map/{z}/{x}/{y}.png?v=abc");
    EXPECT_EQ(one["thumbnail"], host + "/styles/map/static/44.5,-19.25,5/256x256.png?v=abc");
    EXPECT_EQ(one["links"][0]["href"], host + "/styles/map.json");
}

}  // namespace
}  // namespace relief::route
