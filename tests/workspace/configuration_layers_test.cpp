// What a configuration states of single layers.

#include "tests/workspace/configuration_reading.hpp"
#include "tests/workspace/example_layers.hpp"
#include "tiler/workspace/layer_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Configuration, ReadsWhatIsStatedOfLayersBesideTheirDefaultLevel) {
    const auto read = read_text(
        "layers:\n"
        "  sensitivity: moderate\n"
        "  flood: {title: Flood, sensitivity: high, source: Sentinel-1, preliminary: true}\n"
        "  dem: {}\n");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->layers_sensitivity, Sensitivity::moderate);
    ASSERT_EQ(read->layers.size(), 2U);
    EXPECT_EQ(read->layers.at("flood").title, "Flood");
    EXPECT_EQ(read->layers.at("flood").sensitivity, Sensitivity::high);
    EXPECT_EQ(read->layers.at("flood").provenance.source, "Sentinel-1");
    EXPECT_TRUE(read->layers.at("flood").provenance.preliminary);
    EXPECT_FALSE(read->layers.at("dem").sensitivity);
}

TEST(Configuration, ChecksWhatIsStatedOfLayers) {
    EXPECT_EQ(complaint("layers:\n  flood:\n    titel: x\n"),
              "relief.yaml:3: unknown key layers.flood.titel; did you mean title?");
    EXPECT_THAT(complaint("layers: {flood: {sensitivity: hihg}}"), HasSubstr("allowed: low"));
    EXPECT_THAT(complaint("layers: {flood: {preliminary: maybe}}"), HasSubstr("true, false"));
    EXPECT_THAT(
        complaint("layers: {flood: {acquired: yesterday}}"),
        AllOf(HasSubstr("layers.flood.acquired is \"yesterday\""), HasSubstr("2024-05-01")));
    EXPECT_EQ(complaint("layers: {flood: {acquired: 2024-05-01/2024-05-03}}"), "");
    EXPECT_THAT(complaint("layers: {Flood!: {}}"), HasSubstr("not allowed"));
    EXPECT_THAT(complaint("layers: {flood: 5}"), HasSubstr("takes a mapping"));
}

TEST(LayerSettings, WinOverWhatALayerBroughtAlong) {
    const auto read =
        read_text("layers: {dem: {title: Secret, sensitivity: high, source: Survey}}");
    ASSERT_TRUE(read);
    auto layer = *example_layer("dem", Sensitivity::low);
    auto other = *example_layer("other", Sensitivity::low);
    layer.provenance.licence = "CC0";

    apply_settings(*read, layer);
    apply_settings(*read, other);

    EXPECT_EQ(layer.title, "Secret");
    EXPECT_EQ(layer.sensitivity, Sensitivity::high);
    EXPECT_EQ(layer.provenance.source, "Survey");
    EXPECT_EQ(layer.provenance.licence, "CC0") << "nothing is said of it";
    EXPECT_EQ(other.sensitivity, Sensitivity::low);
}

}  // namespace
}  // namespace relief::workspace
