// Numbers and directories of PMTiles, and files of so many tiles that they need leaves.

#include "tests/archive/example_package.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tiler/archive/pmtiles_directory.hpp"
#include "tiler/archive/pmtiles_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::archive {
namespace {

std::uint64_t number(std::uint32_t zoom, std::uint32_t column, std::uint32_t row) {
    return pmtiles_number(*TileId::make({.zoom = zoom, .column = column, .row = row}));
}

TEST(PmtilesNumber, IsThatOfTheSpecificationsTable) {
    // Source: PMTiles specification 3.4, "Tile ID".
    EXPECT_EQ(number(0, 0, 0), 0U);
    EXPECT_EQ(number(1, 0, 0), 1U);
    EXPECT_EQ(number(1, 0, 1), 2U);
    EXPECT_EQ(number(1, 1, 1), 3U);
    EXPECT_EQ(number(1, 1, 0), 4U);
    EXPECT_EQ(number(2, 0, 0), 5U);
    EXPECT_EQ(number(12, 3423, 1763), 19078479U);
}

TEST(Pmtiles, OfManyTilesHaveLeavesAndEveryTile) {
    const testing::TemporaryFolder folder;
    const TileArea area({-30, -30, 30, 30}, {-30, -30, 30, 30}, {10, 10});
    const auto store = open_package({folder.path() / "a.pmtiles"}, example_description());
    ASSERT_TRUE(store);
    Tiles expected;
    for (std::uint64_t i = 0; i < area.size(); ++i) {
        const TileId tile = area.tile(i);
        const std::string text =
            std::to_string(i % 20011) + std::string((i % 20011) * 2654435761U % 4093 / 10, 'x');
        ASSERT_TRUE((*store)->put(tile, Bytes(text.begin(), text.end())));
        expected[name_of(tile.zoom(), tile.column(), tile.row())] = text;
    }
    ASSERT_TRUE((*store)->keep(area.size()));

    ASSERT_TRUE((*store)->finish());

    const PmtilesFile file(folder.path() / "a.pmtiles");
    EXPECT_TRUE(file.tiles() == expected);
    EXPECT_GT(file.number_at(48), 0U) << "leaves";
    EXPECT_LE(file.number_at(8) + file.number_at(16), 16384U) << "the root is in the first 16 kB";
    EXPECT_EQ(file.number_at(72), expected.size());
    EXPECT_EQ(nlohmann::json::parse(file.metadata())["name"], "Flood");
    EXPECT_EQ(order_in_pmtiles(folder.path() / "a.pmtiles"), "0123");
}

TEST(Pmtiles, ThatAreBrokenAreNoneOfOurs) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "a.pmtiles";
    for (const std::size_t length : {0U, 20U, 127U, 400U}) {
        std::ofstream(file) << std::string("PMTiles\x03").append(length, '\x7f');
        EXPECT_FALSE(order_in_pmtiles(file));
    }
}

}  // namespace
}  // namespace relief::archive
