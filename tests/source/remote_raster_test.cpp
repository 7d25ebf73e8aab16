#include "tests/support/range_server.hpp"
#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/source/block_cache.hpp"
#include "tiler/source/dataset_pool.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/source/remote_description.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relief::source {
namespace {

using relief::testing::RangeServer;
using relief::testing::RasterRecipe;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RemoteRaster : public ::testing::Test {
protected:
    static void SetUpTestSuite() { start_gdal(); }
    void SetUp() override { put(heights(0)); }

    /// 512 × 512 cells of 10 m in blocks of 16, with two overviews.
    static RasterRecipe heights(double base) {
        RasterRecipe recipe;
        recipe.width = 512;
        recipe.height = 512;
        recipe.type = GDT_Float32;
        recipe.tiled = true;
        recipe.overviews = {2, 4};
        recipe.value = [base](int, int column, int row) { return base + column + row; };
        return recipe;
    }
    void put(const RasterRecipe& recipe) {
        local_ = relief::testing::write_raster(folder_, "dem.tif", recipe);
        server_.put("/dem.tif", relief::testing::bytes_of_file(local_));
    }
    RemoteAddress address() const { return *RemoteAddress::make(server_.url("/dem.tif")); }
    SourceFile remote() const {
        return {address().text(), stamp_of(address(), {})->version, Trust::remote};
    }
    static ReadRequest request() {
        // The middle, 702560 E, 3737440 N of UTM 36N, lies at 35.187 E, 33.758 N.
        const auto tile = geo::tile_at({35.187, 33.758}, 14);
        return {.box = geo::mercator_box_of(tile),
                .size = {256, 256},
                .bands = {1},
                .resampling = Resampling::bilinear,
                .nodata = {},
                .any_band = true,
                .deadline = {}};
    }

    RangeServer server_;
    relief::testing::TemporaryFolder folder_;
    std::string local_;
    RasterReader reader_{{}};
};

TEST_F(RemoteRaster, CountsWhatItHoldsAndLeavesTheRestToBlocks) {
    RasterReader small({.block_bytes = std::size_t{512} << 10U, .open_files = 4});
    ASSERT_TRUE(small.read({local_, {"local"}, Trust::workspace}, request()));
    EXPECT_EQ(small.memory_use().remote_bytes, 0U);

    ASSERT_TRUE(small.read(remote(), request()));

    const MemoryUse use = small.memory_use();
    EXPECT_GE(use.remote_bytes, std::size_t{64} << 10U) << "the file's beginning stays";
    EXPECT_LE(use.remote_bytes, std::size_t{256} << 10U)
        << "what was fetched for the tile does not";
    EXPECT_LE(use.block_bytes + use.remote_bytes, std::size_t{512} << 10U);
}

TEST_F(RemoteRaster, IsForgottenOnceItIsClosed) {
    RemoteMemory memory;
    {
        const auto raster = OpenRaster::open(remote(), nullptr, {}, &memory);
        ASSERT_TRUE(raster);
        EXPECT_GE(memory.bytes(), std::size_t{64} << 10U);
    }
    EXPECT_EQ(memory.bytes(), 0U);
}

TEST(BlockCache, GivesWayToWhatRemoteFilesHold) {
    constexpr std::size_t block = 100'000;
    constexpr std::size_t shards = 8;
    RemoteMemory remote;
    BlockCache cache(shards * 5 * block, &remote);
    const auto file = std::make_shared<const std::string>("file");
    const auto fill = [&] {
        for (int i = 0; i < 200; ++i)
            static_cast<void>(
                cache.get({file, {0, i, 0}}, std::array{1}, [](int) -> Result<BlockPointer> {
                    return std::make_shared<const Block>(
                        Block{{100, 1000}, std::vector<std::uint8_t>(block), true, false});
                }));
        return cache.use().bytes;
    };
    EXPECT_GT(fill(), 20 * block);

    remote.tell({0, shards * 3 * block});

    EXPECT_LE(fill(), shards * 2 * block);
    remote.tell({shards * 3 * block, shards * 9 * block});
    EXPECT_EQ(fill(), 0U);
}

TEST_F(RemoteRaster, HasTheValuesOfTheSameFileOnThisMachine) {
    const auto near = reader_.read({local_, {"local"}, Trust::workspace}, request());
    const auto far = reader_.read(remote(), request());

    ASSERT_TRUE(near && far) << far.error().what << far.error().detail;
    EXPECT_EQ(far->coverage, near->coverage);
    EXPECT_EQ(far->bands, near->bands);
    EXPECT_NE(far->coverage, Grid::Coverage::none);
}

TEST_F(RemoteRaster, CostsATileTwoQuestionsAndNoneWhenItsBlocksAreInMemory) {
    const SourceFile file = remote();
    server_.forget_questions();
    ASSERT_TRUE(reader_.read(file, request()));
    const auto first = server_.questions();
    server_.forget_questions();
    ASSERT_TRUE(reader_.read(file, request()));

    // One for the beginning of the file, one for some two hundred blocks of 16 × 16 cells.
    EXPECT_EQ(first.size(), 2U);
    EXPECT_EQ(server_.questions().size(), 0U);
}

TEST_F(RemoteRaster, IsReadAnewOnlyUnderItsNewVersion) {
    const SourceFile before = remote();
    ASSERT_TRUE(reader_.read(before, request()));
    put(heights(5000));

    RasterReader fresh{{}};
    const auto old_version = fresh.read(before, request());
    const auto new_version = reader_.read(remote(), request());

    ASSERT_FALSE(old_version);
    EXPECT_EQ(old_version.error().fault, Fault::too_busy);
    ASSERT_TRUE(new_version);
    EXPECT_GT(std::get<std::vector<float>>(new_version->bands[0])[0], 5000);
}

TEST_F(RemoteRaster, ThatFailedOnceIsNotUsedAgainAndComesBack) {
    const SourceFile file = remote();
    DatasetPool pool(8);
    {
        auto lease = pool.borrow(file);
        ASSERT_TRUE(lease);
        server_.stop();
        const auto block = (*lease)->read_block({0, 20, 20}, 1);
        ASSERT_FALSE(block);
        EXPECT_THAT(block.error().what, HasSubstr("cannot be reached"));
    }
    EXPECT_EQ(pool.open_files(), 0U);

    server_.start();
    auto lease = pool.borrow(file);
    ASSERT_TRUE(lease);
    EXPECT_TRUE((*lease)->read_block({0, 20, 20}, 1));
}

TEST_F(RemoteRaster, IsNotDrawnFromCoarserOverviewsWhileItsServerIsSilent) {
    const SourceFile file = remote();
    ReadRequest coarse = request();
    coarse.size = {32, 32};
    ASSERT_TRUE(reader_.read(file, coarse));
    server_.stop();

    const auto grid = reader_.read(file, request());

    ASSERT_FALSE(grid);
    EXPECT_EQ(grid.error().fault, Fault::source_broken);
}

TEST_F(RemoteRaster, IsDescribedFromItsOverview) {
    RasterRecipe recipe;
    recipe.width = 2048;
    recipe.height = 2048;
    recipe.tiled = true;
    recipe.overviews = {2};
    recipe.value = [](int, int column, int) { return column % 200; };
    put(recipe);
    server_.forget_questions();

    const auto found = describe_remote(address(), {});

    ASSERT_TRUE(found) << found.error().what << found.error().detail;
    EXPECT_EQ(found->raster.size, (PixelSize{2048, 2048}));
    EXPECT_EQ(found->raster.overviews.size(), 1U);
    ASSERT_TRUE(found->raster.bands[0].statistics);
    EXPECT_TRUE(found->raster.bands[0].statistics->approximate);
    EXPECT_NEAR(found->raster.bands[0].statistics->mean, 99.5, 5);
    // The overview is 1 MB of 5, and where 20,000 blocks lie takes 0.2 MB.
    EXPECT_LT(server_.bytes_sent(), 2'000'000U);
    EXPECT_EQ(found->stamp, *stamp_of(address(), {}));
}

TEST_F(RemoteRaster, OfBandsThatLieInOneBlockIsReadOnceForAll) {
    RasterRecipe recipe = heights(0);
    recipe.bands = 4;
    put(recipe);
    server_.forget_questions();

    ASSERT_TRUE(describe_remote(address(), {}));

    const auto size = relief::testing::bytes_of_file(local_).size();
    EXPECT_LT(server_.bytes_sent(), size + size / 4);
}

TEST_F(RemoteRaster, ThatIsNoGeoTiffIsRefusedInPlainWords) {
    server_.put("/dem.tif", R"(<VRTDataset rasterXSize="1" rasterYSize="1"></VRTDataset>)");

    const auto found = describe_remote(address(), {});

    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().what, HasSubstr("no GeoTIFF"));
}

TEST_F(RemoteRaster, IsTheOnlyThingThatGdalReachesElsewhere) {
    const std::string other = "/vsicurl/" + server_.url("/dem.tif");
    server_.forget_questions();

    const GdalMessages quiet;
    EXPECT_EQ(
        GDALOpenEx(
            other.c_str(), GDAL_OF_RASTER, allowed_drivers(Trust::operated), nullptr, nullptr),
        nullptr);
    EXPECT_EQ(GDALOpenEx("/vsirelief/1.tif", GDAL_OF_RASTER, nullptr, nullptr, nullptr), nullptr);
    EXPECT_THAT(server_.questions(), IsEmpty());
}

TEST(RemoteStorage, IsToldInPlainWords) {
    RasterDescription good;
    good.size = {20000, 20000};
    good.block = {512, 512};
    good.bands.resize(1);
    good.overviews = {{10000, 10000}, {5000, 5000}, {2500, 2500}, {1250, 1250}, {625, 625}};
    EXPECT_THAT(storage_words(good),
                HasSubstr("tiled in blocks of 512 x 512 cells, 5 overviews; a tile reads"));
    EXPECT_THAT(doubts_about_storage(good), IsEmpty());

    RasterDescription bad = good;
    bad.block = {20000, 1};
    bad.overviews.clear();
    // 20,000 × 20,000 bytes; 513 rows of 20,000 bytes.
    const auto doubts = doubts_about_storage(bad);
    ASSERT_EQ(doubts.size(), 2U);
    EXPECT_THAT(doubts[0],
                AllOf(HasSubstr("no overviews"), HasSubstr("400 MB"), HasSubstr("-of COG")));
    EXPECT_THAT(doubts[1], AllOf(HasSubstr("not tiled"), HasSubstr("10 MB")));
    EXPECT_THAT(storage_words(bad), HasSubstr("stored in whole rows, no overviews"));
}

}  // namespace
}  // namespace relief::source
