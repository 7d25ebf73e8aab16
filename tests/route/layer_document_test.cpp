#include "server/route/layer_document.hpp"

#include "server/route/parameters.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace relief::route {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

workspace::Layer layer_at(const LonLatBox& bounds) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.observations[0].raster().bounds = bounds;
    return layer;
}

Json document_of(const workspace::Layer& layer, LayerDetail detail = LayerDetail::summary) {
    return Json::parse(layer_document(layer, "https://maps.example.org", detail));
}

TEST(LayerDocument, HasTheMembersThatClientsRelyOn) {
    const auto document = document_of(*workspace::example_layer("dem", Sensitivity::low));

    // interface.md 2, "JSON members that clients rely on".
    for (const char* member : {"id",
                               "title",
                               "kind",
                               "bounds",
                               "minzoom",
                               "maxzoom",
                               "sensitivity",
                               "version",
                               "tiles",
                               "links"})
        EXPECT_TRUE(document.contains(member)) << member;
    EXPECT_EQ(document["id"], "dem");
    EXPECT_EQ(document["kind"], "raster");
    EXPECT_EQ(document["sensitivity"], "low");
    EXPECT_EQ(document["bounds"], Json({33, 41.9, 33.12, 42}));
    EXPECT_EQ(document["minzoom"], 5);
    EXPECT_EQ(document["maxzoom"], 14);
}

TEST(LayerDocument, LinksBeginWithTheBaseAndCarryTheVersion) {
    const auto layer = workspace::example_layer("dem", Sensitivity::low);
    const auto document = document_of(*layer);

    const std::string tiles = document["tiles"][0];
    EXPECT_THAT(tiles, StartsWith("https://maps.example.org/tiles/dem/{z}/{x}/{y}.png"));
    EXPECT_THAT(tiles, EndsWith("v=" + layer_version(*layer)));
    for (const auto& link : document["links"])
        EXPECT_THAT(link["href"].get<std::string>(), StartsWith("https://maps.example.org/"));
}

TEST(LayerDocument, SaysWhatIsNotStated) {
    const auto document = document_of(*workspace::example_layer("dem", Sensitivity::low));

    EXPECT_EQ(document["provenance"]["source"], "not stated");
    EXPECT_EQ(document["provenance"]["preliminary"], false);
}

TEST(LayerDocument, NeverNamesAFile) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.observations[0].file = "/srv/secret/layers/dem.tif";

    EXPECT_THAT(layer_document(layer, "", LayerDetail::full), Not(HasSubstr("secret")));
}

TEST(LayerDocument, InFullTellsBandsAndANoDataOfNaN) {
    const auto document =
        document_of(*workspace::example_layer("dem", Sensitivity::low), LayerDetail::full);

    ASSERT_EQ(document["bands"].size(), 2U);
    EXPECT_EQ(document["bands"][0]["band"], 1);
    EXPECT_EQ(document["bands"][0]["unit"], "m");
    EXPECT_EQ(document["bands"][0]["nodata"], "NaN") << "JSON has no number for it";
    EXPECT_EQ(document["bands"][0]["statistics"]["max"], 812.5);
    EXPECT_FALSE(document["bands"][1].contains("statistics"));
}

TEST(LayerDocument, OfSeveralTimesCoversThemAll) {
    auto layer = layer_at({10, 20, 11, 21});
    layer.observations.push_back(layer.observations[0]);
    layer.observations[0].time = Instant{0};
    layer.observations[1].time = Instant{86'400'000};
    layer.observations[1].raster().bounds = {12, 19, 13, 20};
    layer.observations[1].raster().maximum_zoom = 16;

    const auto document = document_of(layer);

    EXPECT_EQ(document["bounds"], Json({10, 19, 13, 21}));
    EXPECT_EQ(document["maxzoom"], 16);
    EXPECT_THAT(document["times"], ElementsAre("1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z"));
}

TEST(LayerDocument, SaysTimesAsPreciselyAsTheyWereSaid) {
    auto layer = layer_at({10, 20, 11, 21});
    layer.observations.push_back(layer.observations[0]);
    layer.observations[0].time = *parse_observed("1985");
    layer.observations[1].time = *parse_observed("1986-03-01/1986-03-04");

    const auto document = document_of(layer);

    EXPECT_THAT(document["times"], ElementsAre("1985", "1986-03-01/1986-03-04"));
    EXPECT_THAT(document["time_extent"], ElementsAre("1985-01-01", "1986-03-04"));
}

TEST(LayerDocument, OfALayerWithoutTimesHasNoTimeExtent) {
    const auto document = document_of(layer_at({10, 20, 11, 21}));

    EXPECT_THAT(document["times"], ::testing::IsEmpty());
    EXPECT_TRUE(document["time_extent"].is_null());
}

TEST(LayerDocument, KeepsBytesThatAreNoTextFromBreakingIt) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.title = "cut \xC3";

    EXPECT_TRUE(Json::accept(layer_document(layer, "", LayerDetail::summary)));
}

TEST(LayersDocument, HidesWhatTheAudienceMayNotSee) {
    const workspace::Catalogue catalogue({workspace::example_layer("open", Sensitivity::low),
                                          workspace::example_layer("hidden", Sensitivity::high)},
                                         {{"hidden.tif", "it is damaged", Sensitivity::high},
                                          {"broken.tif", "it is damaged", Sensitivity::low}});

    const auto text = layers_document(catalogue,
                                      Audience::anonymous(),
                                      "",
                                      {{"hidden", "a scene is damaged", Sensitivity::high}});
    const auto document = Json::parse(text);

    EXPECT_EQ(document["layers"].size(), 1U);
    EXPECT_EQ(document["problems"],
              Json({{{"subject", "broken.tif"}, {"reason", "it is damaged"}}}));
    EXPECT_THAT(text, Not(HasSubstr("hidden")));
}

TEST(LayersDocument, OfAnEmptyCatalogueIsAnEmptyList) {
    EXPECT_EQ(layers_document({}, Audience::anonymous(), ""), R"({"layers":[],"problems":[]})");
}

TEST(StatisticsDocument, HasTheMembersThatClientsRelyOn) {
    const auto document = Json::parse(statistics_document(workspace::example_raster(), {1, 2}));

    const auto& band = document["bands"][0];
    EXPECT_EQ(band["band"], 1);
    EXPECT_EQ(band["min"], -3.25);
    EXPECT_EQ(band["mean"], 100.1);
    EXPECT_EQ(band["stddev"], 12.75);
    EXPECT_EQ(band["valid_percent"], 99.5);
    EXPECT_DOUBLE_EQ(band["percentiles"]["98"].get<double>(), 9.8);
    EXPECT_EQ(band["histogram"]["counts"], Json({1, 0, 5}));
    EXPECT_EQ(band["histogram"]["edges"].size(), 4U) << "one more than counts";
    EXPECT_EQ(band["histogram"]["edges"][3], 812.5);
    EXPECT_EQ(document["bands"][1], Json({{"band", 2}})) << "nothing is known of it";
}

TEST(TileJson, OfDataOverTheAntimeridianSpansTheWorldAndIsCentredOnTheData) {
    const auto document = Json::parse(tilejson_document(layer_at({178, -19, -179, -16}), "", ""));

    EXPECT_EQ(document["bounds"], Json({-180, -19, 180, -16}));
    EXPECT_EQ(document["center"][0], 179.5);
}

TEST(TileJson, CarriesTheQueryAndTheAttribution) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.provenance.source = "Survey";
    layer.provenance.licence = "CC0";

    const auto document = Json::parse(tilejson_document(layer, "http://h", "colormap=viridis"));

    EXPECT_EQ(document["tilejson"], "3.0.0");
    EXPECT_EQ(document["scheme"], "xyz");
    EXPECT_EQ(document["attribution"], "Survey, CC0");
    EXPECT_THAT(document["tiles"][0].get<std::string>(),
                StartsWith("http://h/tiles/dem/{z}/{x}/{y}.png?colormap=viridis&v="));
}

}  // namespace
}  // namespace relief::route
