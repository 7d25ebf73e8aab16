#include "tiler/atlas/address.hpp"

#include <gtest/gtest.h>

namespace relief::atlas {
namespace {

std::string layer_of(std::string_view text) {
    const auto address = parse_address(text);
    if (!address || !std::holds_alternative<LayerAddress>(*address)) return {};
    return std::get<LayerAddress>(*address).layer;
}

TEST(ParseAddress, KnowsLayersOfTheHouseInBothForms) {
    EXPECT_EQ(layer_of("relief://land"), "land");
    EXPECT_EQ(layer_of("/tiles/land/{z}/{x}/{y}.mvt"), "land");
    EXPECT_EQ(layer_of("/tiles/land/tilejson.json"), "land");
}

TEST(ParseAddress, ReadsWhatIsAskedOfALayer) {
    const auto address = parse_address("relief://dem?algorithm=hillshade&rescale=0%2C10&x=a+b&&v");

    ASSERT_TRUE(address);
    EXPECT_EQ(
        std::get<LayerAddress>(*address).words,
        (LayerWords{{"algorithm", "hillshade"}, {"rescale", "0,10"}, {"x", "a b"}, {"v", ""}}));
}

TEST(ParseAddress, KnowsSeveralLayersTogether) {
    EXPECT_EQ(layer_of("/tiles/land,roads/{z}/{x}/{y}.mvt"), "land,roads");
    EXPECT_EQ(parts_of("land,roads"), (std::vector<std::string_view>{"land", "roads"}));
    EXPECT_EQ(parts_of("land"), std::vector<std::string_view>{"land"});
}

TEST(ParseAddress, DecodesThePathOfAFile) {
    const auto address = parse_address("file:///maps/a%20b%23c/{z}.mvt");

    ASSERT_TRUE(address);
    EXPECT_EQ(std::get<FileAddress>(*address).path, "/maps/a b#c/{z}.mvt");
}

TEST(ParseAddress, RefusesEverythingElse) {
    for (const char* const text : {"https://tiles.example/{z}",
                                   "file://host/share",
                                   "maps/land.mvt",
                                   "relief://",
                                   "file:///a%00b",
                                   ""})
        EXPECT_FALSE(parse_address(text)) << text;
}

TEST(FilledIn, CountsRowsFromTheSouthWhereTmsDoes) {
    const auto tile = *TileId::make({.zoom = 3, .column = 5, .row = 1});

    EXPECT_EQ(filled_in("{z}-{x}-{y}", {tile}), "3-5-1");
    EXPECT_EQ(filled_in("{z}-{x}-{y}", {tile, true}), "3-5-6");
    // Bing Maps Tile System: a digit a zoom, 1 for right and 2 for lower.
    EXPECT_EQ(filled_in("{quadkey}", {tile}), "103");
    EXPECT_EQ(filled_in("{x}{ratio}.png", {tile, false, 2}), "5@2x.png");
}

}  // namespace
}  // namespace relief::atlas
