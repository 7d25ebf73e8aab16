// What a configuration states of single layers.

#include "tests/workspace/configuration_reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

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
    EXPECT_THAT(complaint("layers: {Flood!: {}}"), HasSubstr("not allowed"));
    EXPECT_THAT(complaint("layers: {flood: 5}"), HasSubstr("takes a mapping"));
}

}  // namespace
}  // namespace relief::workspace
