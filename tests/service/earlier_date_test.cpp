#include "server/service/earlier_date.hpp"

#include "server/service/tile_service.hpp"
#include "tests/workspace/example_scenes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
    const auto view = earlier_view(layer, {{&layer.observations[shown]}, words, text, Instant{}});
    if (!view) return view.error();
    return view->observation;
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

TEST(EarlierObservation, OfAYearIsNotBeforeAMonthInIt) {
    auto layer = three_days();
    layer.observations[0].time = *parse_observed("1984");
    layer.observations[1].time = *parse_observed("1985");
    layer.observations[2].time = *parse_observed("1985-03");

    EXPECT_EQ(*earlier(layer, 2, {}), layer.observations.data());
    EXPECT_EQ(*earlier(layer, 1, {}), layer.observations.data());
    EXPECT_THAT(earlier(layer, 2, "1985").error().what, HasSubstr("of 1985-03;"));
    layer.observations[0].time = *parse_observed("1985-02/1985-04");
    EXPECT_FALSE(earlier(layer, 2, {}));
}

TEST(EarlierObservation, IsKnownToTheLayersOwnAlgorithmToo) {
    auto layer = three_days();
    layer.style_words = {{"algorithm", "dnbr"}};

    const auto found = earlier_view(layer, {{&layer.observations[2]}, {}, std::nullopt, Instant{}});

    EXPECT_EQ(found->observation, &layer.observations[1]);
}

/// A mosaic of three scenes, of 1, 2 and 3 January 1970.
workspace::Layer mosaic_of_three_days() {
    auto layer = *workspace::example_layer("swath", Sensitivity::low);
    std::vector<workspace::Scene> scenes;
    for (int i = 0; i < 3; ++i) {
        scenes.push_back(workspace::example_scene(i));
        scenes.back().time = Instant{i * day};
    }
    layer.observations[0].mosaic = std::make_shared<const workspace::Mosaic>(
        workspace::MosaicParts{std::move(scenes), SceneOrder::newest, "/w/layers", {}, 1});
    return layer;
}

struct Asked {
    std::string time;
    std::string against;
};

/// The moments of what `time` is compared with, or the refusal.
std::string compared_with(const Asked& asked) {
    const auto layer = mosaic_of_three_days();
    const auto choice = *workspace::parse_time_choice(asked.time, "");
    const auto shown = workspace::choose_view(layer, choice, Pick::median, Instant{});
    const style::RasterWords words{{{"algorithm", "difference"}}};
    const auto view = earlier_view(layer, {shown, words, asked.against, Instant{}});
    if (!view) return view.error().what;
    EXPECT_EQ(view->scenes.pick, Pick::median) << "picked as what is shown";
    return to_text(*workspace::moments_of(*view));
}

TEST(EarlierObservation, OfAMosaicIsTheScenesOfAnEarlierTime) {
    EXPECT_EQ(compared_with({"1970-01-03", "1970-01-01"}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(compared_with({"1970-01-03", "1970-01-01/1970-01-02"}),
              "1970-01-01T00:00:00Z/1970-01-02T00:00:00Z");
    EXPECT_EQ(compared_with({"", "1970-01-01"}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(compared_with({"1970-01-02", ""}), "1970-01-01T00:00:00Z") << "all that lies before";
}

TEST(EarlierObservation, OfAMosaicMustEndBeforeWhatIsShown) {
    EXPECT_THAT(compared_with({"1970-01-01", "1970-01-02"}), HasSubstr("\"1970-01-02\""));
    EXPECT_THAT(compared_with({"1970-01-03", "1980"}), HasSubstr("\"1980\""));
    EXPECT_THAT(compared_with({"", ""}), HasSubstr("time=2024-06 and against=2024-01"));
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
    order.against = {layer->observations.data()};
    const auto name = key_of(order).text();
    order.against = {&layer->observations[1]};

    EXPECT_NE(key_of(order).text(), name);
}

TEST(EarlierObservation, OfAMosaicIsPartOfTheTilesName) {
    const auto layer = std::make_shared<workspace::Layer>(mosaic_of_three_days());
    const auto* const mosaic = layer->observations.data();
    TileOrder order{layer,
                    mosaic,
                    *TileId::make({.zoom = 1, .column = 0, .row = 0}),
                    256,
                    encode::ImageFormat::png,
                    {},
                    Audience::anonymous(),
                    {}};
    order.against = {mosaic, {Pick::first, InstantRange{{0}, {0}}}};
    const auto name = key_of(order).text();
    order.against.scenes.span = InstantRange{{0}, {day}};

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
