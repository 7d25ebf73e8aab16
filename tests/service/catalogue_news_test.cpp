#include "server/service/catalogue_news.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace relief::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using NewsDocument = nlohmann::json;
using workspace::Catalogue;
using workspace::Layer;

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a layer, then what it holds
Layer layer_of(const std::string& name, const std::string& content = "one") {
    workspace::Observation observation;
    observation.version = {content};
    observation.content = workspace::example_raster();
    Layer layer{workspace::layer_name(name), name, Sensitivity::low, {}, {}, {}};
    layer.observations.push_back(std::move(observation));
    return layer;
}

Layer at_level(Layer layer, Sensitivity level) {
    layer.sensitivity = level;
    return layer;
}

Layer in_box(Layer layer, const LonLatBox& box) {
    layer.observations.front().raster().bounds = box;
    return layer;
}

Catalogue catalogue(const std::vector<Layer>& layers) {
    std::vector<std::shared_ptr<const Layer>> all;
    all.reserve(layers.size());
    for (const Layer& layer : layers) all.push_back(std::make_shared<const Layer>(layer));
    return {std::move(all), {}};
}

/// "layer flood added", "tiles flood", "reset".
std::vector<std::string> heard(const std::vector<Happening>& news, const Audience& audience) {
    std::vector<std::string> all;
    for (const Happening& one : news) {
        const auto document = one.document_for(audience);
        if (!document) continue;
        const auto json = NewsDocument::parse(*document);
        std::string words(name_of(happening_names, one.kind));
        if (json.contains("layer")) words += ' ' + json["layer"].get<std::string>();
        if (json.contains("change")) words += ' ' + json["change"].get<std::string>();
        all.push_back(words);
    }
    return all;
}

NewsDocument tiles_of(const std::vector<Happening>& news, const Audience& audience) {
    for (const Happening& one : news)
        if (one.kind == Happening::Kind::tiles && one.document_for(audience))
            return NewsDocument::parse(*one.document_for(audience));
    return {};
}

const auto everyone = Audience::anonymous();
const auto holder = Audience::of(Role::viewer, std::vector<std::string>{"camps"});

TEST(NewsOf, TellsWhatCameChangedAndWent) {
    const auto before = catalogue({layer_of("dem"), layer_of("flood"), layer_of("roads")});
    const auto after = catalogue({layer_of("dem"), layer_of("flood", "two"), layer_of("wells")});

    EXPECT_THAT(heard(news_of(before, after), everyone),
                ElementsAre("layer flood changed",
                            "tiles flood",
                            "layer roads removed",
                            "layer wells added",
                            "tiles wells"));
    EXPECT_THAT(heard(news_of(after, after), everyone), IsEmpty());
}

TEST(NewsOf, TellsOfWordsAloneWithoutTiles) {
    Layer renamed = layer_of("dem");
    renamed.title = "Heights";

    EXPECT_THAT(heard(news_of(catalogue({layer_of("dem")}), catalogue({renamed})), everyone),
                ElementsAre("layer dem changed"));
}

TEST(NewsOf, OfAGuardedLayerAreForThoseWhoMaySeeIt) {
    const auto camps = at_level(layer_of("camps"), Sensitivity::high);
    const auto news = news_of(catalogue({}), catalogue({camps}));

    EXPECT_THAT(heard(news, everyone), IsEmpty());
    EXPECT_THAT(heard(news, Audience::of(Role::viewer, std::vector<std::string>{"wells"})),
                IsEmpty());
    EXPECT_THAT(heard(news, holder), ElementsAre("layer camps added", "tiles camps"));
}

TEST(NewsOf, AChangeOfLevelIsARemovalForWhomTheLayerIsGone) {
    const auto low = catalogue({layer_of("camps")});
    const auto high = catalogue({at_level(layer_of("camps"), Sensitivity::high)});

    EXPECT_THAT(heard(news_of(low, high), everyone), ElementsAre("layer camps removed"));
    EXPECT_THAT(heard(news_of(low, high), holder), ElementsAre("layer camps changed"));
    EXPECT_THAT(heard(news_of(high, low), everyone),
                ElementsAre("layer camps added", "tiles camps"));
}

TEST(NewsOf, NeverTellWhereALayerWasToThoseWhoCouldNotSeeItThen) {
    const auto hidden =
        catalogue({in_box(at_level(layer_of("camps"), Sensitivity::high), {10, 10, 11, 11})});
    const auto shown = catalogue({in_box(layer_of("camps", "two"), {20, 20, 21, 21})});
    const auto news = news_of(hidden, shown);

    EXPECT_EQ(tiles_of(news, everyone)["bounds"], NewsDocument({20, 20, 21, 21}));
    EXPECT_EQ(tiles_of(news, holder)["bounds"], NewsDocument({10, 10, 21, 21}));
}

TEST(NewsOf, NamesTheTilesDownToZoom10) {
    const auto news = news_of(catalogue({}), catalogue({layer_of("dem")}));

    const auto tiles = tiles_of(news, everyone)["tiles"];

    ASSERT_EQ(tiles.size(), 11U);
    EXPECT_EQ(tiles[0], NewsDocument({{"z", 0}, {"x", {0, 0}}, {"y", {0, 0}}}));
    // 33 to 33.12 E, 41.9 to 42 N by the formula of OpenStreetMap's wiki, "Slippy map tilenames".
    EXPECT_EQ(tiles[10], NewsDocument({{"z", 10}, {"x", {605, 606}}, {"y", {380, 380}}}));
}

TEST(NewsOf, NamesTheTilesOnBothSidesOfTheAntimeridian) {
    const auto fiji = in_box(layer_of("fiji"), {177, -19, -179, -16});

    const auto tiles = tiles_of(news_of(catalogue({}), catalogue({fiji})), everyone)["tiles"];

    ASSERT_EQ(tiles.size(), 22U);
    EXPECT_EQ(tiles[4]["x"], NewsDocument({3, 3}));
    EXPECT_EQ(tiles[5]["x"], NewsDocument({0, 0}));
}

TEST(NewsOf, OfVeryManyLayersAreOneReset) {
    std::vector<Layer> many{at_level(layer_of("camps"), Sensitivity::high)};
    for (int i = 0; i < 100; ++i) many.push_back(layer_of("layer-" + std::to_string(i)));
    const auto hidden = std::vector<Layer>{many.front()};

    EXPECT_THAT(heard(news_of(catalogue(hidden), catalogue(many)), everyone), ElementsAre("reset"));

    for (Layer& layer : many) layer.sensitivity = Sensitivity::high;
    EXPECT_THAT(heard(news_of(catalogue({}), catalogue(many)), everyone), IsEmpty());
}

}  // namespace
}  // namespace relief::service
