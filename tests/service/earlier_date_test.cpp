#include "server/service/earlier_date.hpp"

#include "server/service/tile_service.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace relief::service {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t day = 86'400'000;

/// Observations of 1, 2 and 3 January 1970.
workspace::Layer three_days() {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    const auto one = layer.observations.front();
    layer.observations.assign(3, one);
    for (std::size_t i = 0; i < 3; ++i)
        layer.observations[i].time = Instant{static_cast<std::int64_t>(i) * day};
    return layer;
}

Result<const workspace::Observation*> earlier(const workspace::Layer& layer,
                                              std::size_t shown,
                                              const std::optional<std::string>& against,
                                              const std::string& algorithm = "difference") {
    std::optional<std::string_view> text;
    if (against) text = *against;
    const style::RasterWords words{{{"algorithm", algorithm}}};
    return earlier_observation(layer, {layer.observations[shown], words, text, Instant{}});
}

TEST(EarlierObservation, IsTheOneBeforeWhenNoneIsNamed) {
    const auto layer = three_days();

    EXPECT_EQ(*earlier(layer, 2, {}), &layer.observations[1]);
    EXPECT_EQ(*earlier(layer, 1, ""), layer.observations.data());
}

TEST(EarlierObservation, IsTheOneOfTheTimeNamed) {
    const auto layer = three_days();

    EXPECT_EQ(*earlier(layer, 2, "1970-01-01"), layer.observations.data());
}

TEST(EarlierObservation, IsNoneForAlgorithmsOfOneDate) {
    const auto layer = three_days();

    EXPECT_EQ(*earlier(layer, 2, {}, "hillshade"), nullptr);
    EXPECT_THAT(earlier(layer, 2, "1970-01-01", "hillshade").error().what,
                HasSubstr("\"1970-01-01\""));
}

TEST(EarlierObservation, MustLieBeforeTheOneShown) {
    const auto layer = three_days();

    EXPECT_THAT(earlier(layer, 0, {}).error().what, HasSubstr("1970-01-01"));
    EXPECT_THAT(earlier(layer, 1, "1970-01-03").error().what, HasSubstr("\"1970-01-03\""));
    EXPECT_THAT(earlier(layer, 1, "1980").error().what, HasSubstr("\"1980\""));
    EXPECT_THAT(earlier(layer, 1, "yesterday").error().what, HasSubstr("yesterday"));
}

TEST(EarlierObservation, IsKnownToTheLayersOwnAlgorithmToo) {
    auto layer = three_days();
    layer.style_words = {{"algorithm", "dnbr"}};

    const auto found =
        earlier_observation(layer, {layer.observations[2], {}, std::nullopt, Instant{}});

    EXPECT_EQ(*found, &layer.observations[1]);
}

TEST(EarlierObservation, IsPartOfTheTilesName) {
    const auto layer = std::make_shared<workspace::Layer>(three_days());
    layer->observations[0].version = {"first"};
    layer->observations[1].version = {"second"};
    TileOrder order{layer,
                    &layer->observations[2],
                    *TileId::make({.zoom = 1, .column = 0, .row = 0}),
                    256,
                    encode::ImageFormat::png,
                    {},
                    Audience::anonymous(),
                    {}};
    order.against = layer->observations.data();
    const auto name = key_of(order).text();
    order.against = &layer->observations[1];

    EXPECT_NE(key_of(order).text(), name);
}

TEST(MergedWords, AnAskedAlgorithmSilencesTheSavedLook) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.style_words = {{"bands", "3,2,1"},
                         {"rescale", "0,9"},
                         {"colormap", "viridis"},
                         {"algorithm", "slope"},
                         {"algorithm_params", "{}"},
                         {"nodata", "0"}};

    const auto words = merged_words(layer, {{{"algorithm", "hillshade"}}}).words;

    EXPECT_EQ(words,
              (std::vector<std::pair<std::string, std::string>>{{"algorithm", "hillshade"},
                                                                {"nodata", "0"}}));
}

}  // namespace
}  // namespace relief::service
