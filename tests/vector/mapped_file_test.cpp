// A layer file that is cut or changed from outside costs answers, never the process.

#include "tiler/vector/mapped_file.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/feature_at.hpp"
#include "tiler/vector/index_pool.hpp"
#include "tiler/vector/tile_features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

namespace relief::vector {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CutFile : public ::testing::Test {
protected:
    CutFile() {
        IndexBuilder builder({{"name", AttributeType::text}});
        for (unsigned i = 0; i < 200; ++i)
            builder.add(
                testing::feature_of(i,
                                    testing::star(world_point({i * 0.01, 0.5}), {2e5, 200, i}),
                                    "n" + std::to_string(i)));
        EXPECT_TRUE(builder.write(file_, {}));
    }

    Result<std::shared_ptr<const VectorIndex>> index() { return pool_.open({file_, {"v"}}); }
    static Result<FeatureTile> tile_of(const VectorIndex& index) {
        return tile_features(index,
                             *TileId::make({.zoom = 6, .column = 32, .row = 31}),
                             {"layer", std::nullopt, {}});
    }

    relief::testing::TemporaryFolder folder_;
    fs::path file_ = folder_.path() / "layer.features";
    IndexPool pool_{4};
};

TEST_F(CutFile, GivesAnErrorInPlaceOfATile) {
    const auto open = *index();
    ASSERT_TRUE(tile_of(*open));
    ASSERT_GT(fs::file_size(file_), 3 * 4096U) << "whole pages must go";

    fs::resize_file(file_, 4096);

    const auto tile = tile_of(*open);
    ASSERT_FALSE(tile);
    EXPECT_EQ(tile.error().fault, Fault::source_broken);
    EXPECT_THAT(tile.error().what, HasSubstr("was cut"));
    EXPECT_FALSE(features_at(*open, {{0.2, 0.5}, 0.01}));
    EXPECT_FALSE(open->intact());
}

TEST_F(CutFile, WithinItsLastPageIsNoticedToo) {
    const auto open = *index();
    const auto length = fs::file_size(file_);

    fs::resize_file(file_, length - 1);

    EXPECT_FALSE(tile_of(*open));
}

TEST_F(CutFile, IsOpenedAnewOnceItIsWholeAgain) {
    const auto open = *index();
    const fs::path copy = folder_.path() / "copy";
    fs::copy_file(file_, copy);
    fs::resize_file(file_, 4096);
    ASSERT_FALSE(tile_of(*open));
    EXPECT_THAT(index().error().what, HasSubstr("not whole"));

    fs::copy_file(copy, file_, fs::copy_options::overwrite_existing);

    const auto again = index();
    ASSERT_TRUE(again);
    EXPECT_TRUE(tile_of(**again));
    EXPECT_NE(*again, open);
}

TEST_F(CutFile, WhileManyThreadsReadItNeverGivesAWrongTile) {
    const auto open = *index();
    const std::size_t points = tile_of(*open)->points.size();
    std::atomic<std::size_t> wrong = 0;
    std::atomic<std::size_t> refused = 0;
    std::vector<std::thread> readers;
    readers.reserve(4);
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([&] {
            for (int k = 0; k < 10'000 && refused < 4; ++k) {
                const auto tile = tile_of(*open);
                if (!tile) {
                    ++refused;
                } else if (tile->points.size() != points) {
                    ++wrong;
                }
            }
        });
    }

    fs::resize_file(file_, 4096);

    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(wrong, 0U);
    EXPECT_GE(refused, 4U);
}

TEST(MappedFile, OfNoBytesHasNone) {
    const relief::testing::TemporaryFolder folder;
    const auto path = folder.path() / "empty";
    std::ofstream(path).flush();

    const auto file = MappedFile::open(path);

    ASSERT_TRUE(file);
    EXPECT_TRUE(file->bytes().empty());
    EXPECT_FALSE(file->spoiled());
}

TEST(MappedFile, StaysReadableAfterAFaultInAnother) {
    const relief::testing::TemporaryFolder folder;
    const auto make = [&](const char* name) {
        auto path = folder.path() / name;
        std::ofstream(path) << std::string(10'000, 'x');
        return path;
    };
    const auto whole = MappedFile::open(make("whole"));
    const auto cut = MappedFile::open(make("cut"));

    fs::resize_file(folder.path() / "cut", 0);

    EXPECT_EQ(cut->bytes()[9'999], 0) << "zeros where the file has nothing";
    EXPECT_TRUE(cut->spoiled());
    EXPECT_EQ(whole->bytes()[9'999], 'x');
    EXPECT_FALSE(whole->spoiled());
}

TEST(MappedFileDeathTest, LeavesFaultsOfOthersAsTheyWere) {
    const relief::testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "any") << "bytes";
    const auto guarded = MappedFile::open(folder.path() / "any");

    EXPECT_DEATH(static_cast<void>(std::raise(SIGBUS)), "");
}

}  // namespace
}  // namespace relief::vector
