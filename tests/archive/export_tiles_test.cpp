// Tiles of an area drawn by several threads and stored in order.

#include "tests/archive/example_package.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace relief::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Remembers what it was told.
class MemoryStore final : public TileStore {
public:
    const Ledger& ledger() const noexcept override { return ledger_; }
    bool only_unnamed() const noexcept override { return false; }
    Result<void> put(const TileId& tile, const Bytes& bytes) override {
        if (tiles.size() == most) return Error{Fault::too_large, "full"};
        tiles.emplace_back(name_of(tile.zoom(), tile.column(), tile.row()),
                           std::string(bytes.begin(), bytes.end()));
        return {};
    }
    Result<void> keep(std::uint64_t next) override {
        ledger_.next = next;
        return {};
    }
    Result<void> finish() override { return {}; }

    std::vector<std::pair<std::string, std::string>> tiles;
    std::size_t most = 1'000'000;

private:
    Ledger ledger_;
};

TEST(ExportTiles, StoresEveryTileThatShowsSomethingOnceAndInOrder) {
    MemoryStore store;

    const auto end =
        export_tiles({.area = example_area(), .draw = example_tile, .threads = 3}, store);

    ASSERT_TRUE(end);
    EXPECT_EQ(*end, ExportEnd::whole);
    EXPECT_EQ(store.ledger().next, example_area().size());
    const Tiles expected = tiles_expected(example_area());
    EXPECT_EQ(store.tiles.size(), expected.size());
    EXPECT_TRUE(Tiles(store.tiles.begin(), store.tiles.end()) == expected);
    MemoryStore by_one;
    ASSERT_TRUE(export_tiles({.area = example_area(), .draw = example_tile, .threads = 1}, by_one));
    EXPECT_TRUE(store.tiles == by_one.tiles);
}

TEST(ExportTiles, DrawsWithSeveralThreads) {
    MemoryStore store;
    std::atomic<int> inside{0};
    std::atomic<bool> met{false};
    const auto draw = [&](const TileId& tile) {
        ++inside;
        for (int i = 0; i < 2000 && !met; ++i) {
            if (inside > 1) met = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        --inside;
        return example_tile(tile);
    };

    ASSERT_TRUE(export_tiles({.area = example_area(), .draw = draw, .threads = 2}, store));

    EXPECT_TRUE(met);
}

TEST(ExportTiles, NamesTheTileThatCannotBeDrawnAndKeepsWhatIsDone) {
    MemoryStore store;
    const std::uint64_t bad = 100;
    const auto draw = [&](const TileId& tile) -> Result<DrawnTile> {
        if (tile == example_area().tile(bad)) return source_broken("a block is damaged", "block 7");
        return example_tile(tile);
    };

    const auto end = export_tiles({.area = example_area(), .draw = draw, .threads = 2}, store);

    ASSERT_FALSE(end);
    const TileId tile = example_area().tile(bad);
    EXPECT_THAT(
        end.error().what,
        StartsWith("tile " + name_of(tile.zoom(), tile.column(), tile.row()) + ": a block"));
    EXPECT_EQ(end.error().detail, "block 7");
    EXPECT_GT(store.ledger().next, 0U);
    EXPECT_LE(store.ledger().next, bad);
}

TEST(ExportTiles, AnExceptionOfALibraryIsAFailureOfTheTile) {
    MemoryStore store;
    const auto draw = [](const TileId&) -> Result<DrawnTile> { throw std::runtime_error("bad"); };

    const auto end = export_tiles({.area = example_area(), .draw = draw, .threads = 2}, store);

    ASSERT_FALSE(end);
    EXPECT_THAT(end.error().detail, HasSubstr("bad"));
}

TEST(ExportTiles, AStoreThatIsFullEndsIt) {
    MemoryStore store;
    store.most = 50;

    const auto end =
        export_tiles({.area = example_area(), .draw = example_tile, .threads = 2}, store);

    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::too_large);
}

TEST(ExportTiles, StopsWhenAskedAndKeepsWhatIsDone) {
    MemoryStore store;
    const auto half = [](double share) { return share < 0.5; };

    const auto end = export_tiles(
        {.area = example_area(), .draw = example_tile, .threads = 2, .progress = half}, store);

    ASSERT_TRUE(end);
    EXPECT_EQ(*end, ExportEnd::stopped);
    EXPECT_GE(store.ledger().next, example_area().size() / 2);
    EXPECT_LT(store.ledger().next, example_area().size());
}

TEST(ExportTiles, ToldProgressOnlyGrowsFromNothingToAll) {
    MemoryStore store;
    std::vector<double> told;
    const auto note = [&](double share) {
        told.push_back(share);
        return true;
    };

    ASSERT_TRUE(export_tiles(
        {.area = example_area(), .draw = example_tile, .threads = 2, .progress = note}, store));

    EXPECT_EQ(told.front(), 0);
    EXPECT_EQ(told.back(), 1);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
}

TEST(ExportTiles, GoesOnWhereTheLedgerStands) {
    MemoryStore store;
    ASSERT_TRUE(store.keep(example_area().size() - 3));
    std::atomic<int> drawn{0};
    const auto draw = [&](const TileId& tile) {
        ++drawn;
        return example_tile(tile);
    };

    ASSERT_TRUE(export_tiles({.area = example_area(), .draw = draw, .threads = 4}, store));

    EXPECT_EQ(drawn, 3);
}

TEST(ExportTiles, OfNothingIsWholeAtOnce) {
    MemoryStore store;
    const TileArea nothing({0, 0, 1, 1}, {20, 20, 21, 21}, {0, 9});

    const auto end = export_tiles({.area = nothing, .draw = example_tile, .threads = 2}, store);

    ASSERT_TRUE(end);
    EXPECT_EQ(*end, ExportEnd::whole);
}

}  // namespace
}  // namespace relief::archive
