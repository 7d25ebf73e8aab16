#include "tiler/workspace/catalogue.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Audience anyone = Audience::anonymous();

std::vector<std::string> names(const std::vector<std::shared_ptr<const Layer>>& layers) {
    std::vector<std::string> result;
    result.reserve(layers.size());
    for (const auto& layer : layers) result.push_back(layer->name.text());
    return result;
}

TEST(Catalogue, IsEmptyWithoutLayers) {
    const Catalogue catalogue;

    EXPECT_EQ(catalogue.find("flood", anyone), nullptr);
    EXPECT_THAT(catalogue.layers(anyone), IsEmpty());
    EXPECT_EQ(Catalogue({}, {}).version(anyone), catalogue.version(anyone));
}

TEST(Catalogue, SortsLayersByNameAndFindsThem) {
    const Catalogue catalogue({example_layer("flood", Sensitivity::low),
                               example_layer("dem", Sensitivity::low),
                               example_layer("a_b", Sensitivity::low),
                               example_layer("a-b", Sensitivity::low)},
                              {});

    EXPECT_THAT(names(catalogue.layers(anyone)), ElementsAre("a-b", "a_b", "dem", "flood"));
    EXPECT_EQ(catalogue.find("dem", anyone)->name.text(), "dem");
    EXPECT_EQ(catalogue.find("de", anyone), nullptr);
    EXPECT_EQ(catalogue.find("", anyone), nullptr);
}

TEST(Catalogue, HidesLayersAboveLowFromAnonymous) {
    const Catalogue catalogue(
        {example_layer("camps", Sensitivity::high), example_layer("dem", Sensitivity::low)}, {});

    EXPECT_EQ(catalogue.find("camps", anyone), nullptr);
    EXPECT_THAT(names(catalogue.layers(anyone)), ElementsAre("dem"));
}

TEST(Catalogue, KeepsTheFirstOfTwoLayersWithOneName) {
    const auto first = example_layer("dem", Sensitivity::low);
    const auto second = example_layer("dem", Sensitivity::low);

    const Catalogue catalogue({first, second}, {});

    EXPECT_EQ(catalogue.find("dem", anyone), first);
    ASSERT_EQ(catalogue.problems().size(), 1U);
    EXPECT_EQ(catalogue.problems()[0].subject, "dem");
}

TEST(Catalogue, DoesNotTellAnonymousThatAHiddenLayerHasTheSameName) {
    const Catalogue catalogue(
        {example_layer("camps", Sensitivity::low), example_layer("camps", Sensitivity::severe)},
        {});

    EXPECT_EQ(catalogue.problems().size(), 1U);
    EXPECT_THAT(catalogue.problems(anyone), IsEmpty());
}

TEST(Catalogue, ChangesItsVersionWithAnythingInside) {
    const auto version_after = [](const std::function<void(Layer&)>& change) {
        Layer layer = *example_layer("dem", Sensitivity::low);
        change(layer);
        return Catalogue({std::make_shared<Layer>(layer)}, {}).version().text;
    };
    const std::string plain = version_after([](Layer&) {});

    EXPECT_EQ(version_after([](Layer&) {}), plain);
    EXPECT_NE(version_after([](Layer& l) { l.title = "x"; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.sensitivity = Sensitivity::high; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.provenance.licence = "CC0"; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.provenance.preliminary = true; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.style_words = {{"colormap", "viridis"}}; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.observations[0].version = {"v2"}; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.observations[0].time = Instant{0}; }), plain);
    EXPECT_NE(version_after([](Layer& l) { l.observations.push_back(l.observations[0]); }), plain);
}

TEST(Catalogue, KeepsTheVersionForAnonymousWhenAHiddenLayerChanges) {
    const auto visible = example_layer("dem", Sensitivity::low);
    const Catalogue without({visible}, {});
    const Catalogue with({visible, example_layer("camps", Sensitivity::high)}, {});

    EXPECT_EQ(with.version(anyone), without.version(anyone));
    EXPECT_NE(with.version(), without.version());
}

}  // namespace
}  // namespace relief::workspace
