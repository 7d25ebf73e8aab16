#include "tiler/core/layer_name.hpp"

#include <gtest/gtest.h>

namespace relief {
namespace {

TEST(LayerName, TakesWhatAddressesMayHold) {
    EXPECT_TRUE(LayerName::make("s2_2024-05-01"));
    EXPECT_TRUE(LayerName::make(std::string(64, 'a')));
}

TEST(LayerName, RefusesOtherCharactersAndLengths) {
    for (const char* text : {"", "-a", "_a", "A", "a b", "../etc", "a/b", "ä"}) {
        EXPECT_EQ(LayerName::make(text).error().fault, Fault::bad_request) << text;
    }
    EXPECT_FALSE(LayerName::make(std::string(65, 'a')));
}

TEST(LayerName, RefusesTheServersOwnAddresses) {
    EXPECT_EQ(LayerName::make("tiles").error().fault, Fault::conflict);
}

TEST(LayerName, IsMadeFromAFileStem) {
    EXPECT_EQ(LayerName::from_file_stem("LC08 B4.v2")->text(), "lc08-b4-v2");
    EXPECT_EQ(LayerName::from_file_stem("__Flood")->text(), "flood");
    EXPECT_FALSE(LayerName::from_file_stem("---"));
}

}  // namespace
}  // namespace relief
