// Packages on disk: how tiles are stored, what stands in the way, what a name asks for.

#include "tests/archive/example_package.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tiler/archive/file_moves.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace relief::archive {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Bytes bytes(const std::string& text) {
    return {text.begin(), text.end()};
}

TileId tile(TileId::Numbers numbers) {
    return *TileId::make(numbers);
}

class Package : public ::testing::TestWithParam<const char*> {
protected:
    fs::path path() const { return folder_.path() / GetParam(); }
    fs::path part() const { return path().string() + ".part"; }
    bool is_file() const { return path().has_extension(); }

    Result<std::unique_ptr<TileStore>> open(Existing existing = Existing::refuse,
                                            const std::string& order = "0123") const {
        return open_package({path(), existing}, example_description(order));
    }
    std::unique_ptr<TileStore> begin() const {
        auto store = open();
        return store ? std::move(*store) : nullptr;
    }
    Tiles tiles() const {
        if (path().extension() == ".pmtiles") return PmtilesFile(path()).tiles();
        return is_file() ? tiles_of_mbtiles(path()) : tiles_of_folder(path());
    }
    void write_one(const std::string& content) const {
        auto store = open(Existing::overwrite);
        ASSERT_TRUE(store);
        ASSERT_TRUE((*store)->put(tile({3, 1, 2}), bytes(content)));
        ASSERT_TRUE((*store)->keep(1));
        ASSERT_TRUE((*store)->finish());
    }

    testing::TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Kinds,
                         Package,
                         ::testing::Values("area.mbtiles", "area.pmtiles", "area"),
                         [](const auto& kind) {
                             const std::string name(kind.param);
                             if (name == "area") return "Folder";
                             return name == "area.mbtiles" ? "Mbtiles" : "Pmtiles";
                         });

TEST_P(Package, HoldsTheTilesThatWerePut) {
    const auto store = begin();
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->put(tile({3, 1, 2}), bytes("one")));
    ASSERT_TRUE(store->put(tile({4, 15, 0}), bytes("two")));
    ASSERT_TRUE(store->keep(2));
    ASSERT_TRUE(store->finish());

    EXPECT_EQ(tiles(), (Tiles{{"3/1/2", "one"}, {"4/15/0", "two"}}));
}

TEST_P(Package, AppearsUnderItsNameOnlyWhenItIsWhole) {
    const auto store = begin();
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->put(tile({3, 1, 2}), bytes("one")));
    ASSERT_TRUE(store->keep(1));
    EXPECT_FALSE(fs::exists(path()));
    EXPECT_TRUE(fs::exists(part()));

    ASSERT_TRUE(store->finish());

    EXPECT_TRUE(fs::exists(path()));
    // Nothing is left beside it: no work in progress, no journal.
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(Package, StoresEqualTilesOnce) {
    const auto store = begin();
    ASSERT_TRUE(store);
    for (std::uint32_t column = 0; column < 5; ++column)
        ASSERT_TRUE(store->put(tile({3, column, 2}), bytes("sea")));
    ASSERT_TRUE(store->put(tile({3, 7, 2}), bytes("land")));
    ASSERT_TRUE(store->keep(6));
    ASSERT_TRUE(store->finish());

    EXPECT_EQ(store->ledger(), (Ledger{.next = 6, .tiles = 6, .distinct = 2, .bytes = 7}));
    EXPECT_EQ(tiles().size(), 6U);
    if (!is_file()) {
        EXPECT_EQ(fs::hard_link_count(path() / "3/4/2.png"), 5U);
    }
}

TEST_P(Package, GoesOnWhereItWasKept) {
    {
        const auto store = begin();
        ASSERT_TRUE(store);
        ASSERT_TRUE(store->put(tile({3, 1, 2}), bytes("one")));
        ASSERT_TRUE(store->keep(1));
        ASSERT_TRUE(store->put(tile({3, 2, 2}), bytes("lost")));
    }

    auto store = open(Existing::resume);

    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->ledger(), (Ledger{.next = 1, .tiles = 1, .distinct = 1, .bytes = 3}));
    ASSERT_TRUE((*store)->put(tile({3, 2, 2}), bytes("two")));
    ASSERT_TRUE((*store)->keep(2));
    ASSERT_TRUE((*store)->finish());
    EXPECT_EQ(tiles(), (Tiles{{"3/1/2", "one"}, {"3/2/2", "two"}}));
}

TEST_P(Package, APutAfterAKillNeverWritesIntoASharedFile) {
    {
        const auto store = begin();
        ASSERT_TRUE(store);
        ASSERT_TRUE(store->put(tile({3, 1, 2}), bytes("sea")));
        ASSERT_TRUE(store->keep(1));
        ASSERT_TRUE(store->put(tile({3, 2, 2}), bytes("sea")));
    }

    auto store = open(Existing::resume);
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->put(tile({3, 2, 2}), bytes("new")));
    ASSERT_TRUE((*store)->keep(2));
    ASSERT_TRUE((*store)->finish());

    EXPECT_EQ(tiles(), (Tiles{{"3/1/2", "sea"}, {"3/2/2", "new"}}));
}

TEST_P(Package, UnfinishedIsNotTouchedWithoutAWord) {
    ASSERT_TRUE(begin());

    const auto again = open();

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().fault, Fault::conflict);
    EXPECT_THAT(again.error().what, HasSubstr("--resume"));
}

TEST_P(Package, UnfinishedOfAnotherOrderIsNotGoneOnWith) {
    ASSERT_TRUE(begin());

    const auto other = open(Existing::resume, "another");

    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fault, Fault::conflict);
    EXPECT_TRUE(open(Existing::resume));
}

TEST_P(Package, EndedJustBeforeItGotItsNameGetsItOnResume) {
    write_one("one");
    if (path().extension() == ".pmtiles") {
        // Its tables are whole, and the file is not made of them yet.
        fs::remove(path());
        auto tables = open_package({folder_.path() / "tables.mbtiles"}, example_description());
        ASSERT_TRUE(tables);
        ASSERT_TRUE((*tables)->put(tile({3, 1, 2}), bytes("one")));
        ASSERT_TRUE((*tables)->finish());
        fs::rename(folder_.path() / "tables.mbtiles", part());
    } else {
        fs::rename(path(), part());
    }
    if (!is_file()) {
        // As a kill leaves it that comes before the folder's book is deleted.
        auto book = workspace::Connection::open(
            part() / "unfinished-export.db", workspace::Connection::Mode::write, "the book");
        ASSERT_TRUE(book);
        ASSERT_TRUE(book->run("CREATE TABLE seen(digest TEXT PRIMARY KEY, file TEXT NOT NULL)"));
    }
    EXPECT_EQ(open(Existing::resume, "another").error().fault, Fault::conflict);

    const auto again = open(Existing::resume);

    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(*again, nullptr);
    EXPECT_EQ(tiles(), (Tiles{{"3/1/2", "one"}}));
    EXPECT_FALSE(fs::exists(part()));
}

TEST_P(Package, UnfinishedCanBeBegunAnew) {
    {
        const auto store = begin();
        ASSERT_TRUE(store);
        ASSERT_TRUE(store->put(tile({3, 1, 2}), bytes("one")));
        ASSERT_TRUE(store->keep(1));
    }

    const auto store = open(Existing::overwrite, "another");

    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->ledger(), Ledger{});
}

TEST_P(Package, IsWrittenByOneExportAtATime) {
    const auto first = begin();
    ASSERT_TRUE(first);

    EXPECT_EQ(open(Existing::resume).error().fault, Fault::too_busy);
    EXPECT_EQ(open(Existing::overwrite).error().fault, Fault::too_busy);
    EXPECT_TRUE(fs::exists(part()));
}

TEST_P(Package, WholeIsKnownAgain) {
    write_one("one");

    const auto again = open(Existing::resume);

    ASSERT_TRUE(again);
    EXPECT_EQ(*again, nullptr);
}

TEST_P(Package, WholeIsReplacedOnlyOnDemand) {
    write_one("one");
    EXPECT_EQ(open(Existing::refuse).error().fault, Fault::conflict);
    EXPECT_EQ(open(Existing::resume, "another").error().fault, Fault::conflict);

    write_one("two");

    EXPECT_EQ(tiles(), (Tiles{{"3/1/2", "two"}}));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(Package, NeedsAFolderToLieIn) {
    const auto store = open_package({folder_.path() / "absent" / GetParam(), Existing::refuse},
                                    example_description());

    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().fault, Fault::not_found);
}

TEST(FolderPackage, NeverReplacesAFolderThatIsNone) {
    const testing::TemporaryFolder folder;
    fs::create_directory(folder.path() / "photos");
    std::ofstream(folder.path() / "photos" / "a.jpg") << "a";

    const auto store =
        open_package({folder.path() / "photos", Existing::overwrite}, example_description());

    ASSERT_FALSE(store);
    EXPECT_TRUE(fs::exists(folder.path() / "photos" / "a.jpg"));
}

TEST(FolderPackage, TakesTheNameOfAnEmptyFolder) {
    const testing::TemporaryFolder folder;
    fs::create_directory(folder.path() / "area");

    const auto store =
        open_package({folder.path() / "area/", Existing::refuse}, example_description());

    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->keep(0));
    ASSERT_TRUE((*store)->finish());
    EXPECT_TRUE(fs::exists(folder.path() / "area" / "tilejson.json"));
}

TEST(MbtilesPackage, IsASqliteFileOfTheKindThatTheSpecificationNames) {
    const testing::TemporaryFolder folder;
    const auto store =
        open_package({folder.path() / "a.mbtiles", Existing::refuse}, example_description());
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->finish());

    const std::string head = bytes_of(folder.path() / "a.mbtiles").substr(0, 72);

    EXPECT_THAT(head, ::testing::StartsWith("SQLite format 3"));
    EXPECT_EQ(head.substr(68, 4), "MPBX") << "application id, MBTiles 1.3";
}

TEST(PackageKind, FollowsTheName) {
    EXPECT_EQ(*package_kind("a.mbtiles"), PackageKind::mbtiles);
    EXPECT_EQ(*package_kind("a.MBTILES"), PackageKind::mbtiles);
    EXPECT_EQ(*package_kind("a.PMTiles"), PackageKind::pmtiles);
    EXPECT_EQ(*package_kind("a"), PackageKind::folder);
    EXPECT_EQ(*package_kind("maps.d/v1.2"), PackageKind::folder);
    EXPECT_EQ(*package_kind("a.zip/"), PackageKind::folder);
}

TEST(PackageKind, NamesWhatIsOfferedInPlaceOfOtherKinds) {
    for (const char* name : {"a.gpkg", "a.tif", "a.ZIP", ""}) {
        const auto kind = package_kind(name);
        ASSERT_FALSE(kind) << name;
        EXPECT_THAT(kind.error().what, HasSubstr(".mbtiles"));
        EXPECT_THAT(kind.error().what, HasSubstr("folder"));
    }
}

TEST(WriteFailure, TellsAFullDiskFromOtherTrouble) {
    EXPECT_EQ(write_failure(ENOSPC, "a tile cannot be written").fault, Fault::too_large);
    EXPECT_THAT(write_failure(EDQUOT, "a tile").what, HasSubstr("disk is full"));
    EXPECT_EQ(write_failure(EACCES, "a tile").fault, Fault::source_broken);
}

}  // namespace
}  // namespace relief::archive
