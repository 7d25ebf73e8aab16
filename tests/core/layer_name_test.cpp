#include "tiler/core/layer_name.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

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
    EXPECT_EQ(LayerName::from_file_stem("2024")->text(), "2024");
    EXPECT_EQ(LayerName::from_file_stem("Höhe")->text(), "h-he") << "one - for a character";
    EXPECT_EQ(LayerName::from_file_stem(std::string(70, 'a'))->text(), std::string(64, 'a'));
    EXPECT_EQ(LayerName::from_file_stem("Tiles").error().fault, Fault::conflict);
}

TEST(LayerName, OfAStemWithoutItsLettersStandsForItAndNoOther) {
    const std::vector<std::string> stems{
        "فيضان", "فيضان_2024", "حريق_2024", "ရေကြီးမှု", "洪水", "наводнение", "---", "\xff\xfe"};
    std::set<std::string> names;
    for (const auto& stem : stems) {
        const auto name = LayerName::from_file_stem(stem);
        ASSERT_TRUE(name) << stem;
        EXPECT_TRUE(LayerName::make(name->text())) << name->text();
        EXPECT_EQ(name->text().size(), 14U) << name->text();
        EXPECT_TRUE(name->text().starts_with("layer-"));
        EXPECT_EQ(*name, *LayerName::from_file_stem(stem));
        names.insert(name->text());
    }
    EXPECT_EQ(names.size(), stems.size());
}

}  // namespace
}  // namespace relief
