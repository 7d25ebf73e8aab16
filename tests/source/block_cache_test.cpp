// Each block is decoded once, however many threads need it.

#include "tiler/source/block_cache.hpp"

#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/raster_reader.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace relief::source {
namespace {

using namespace std::chrono_literals;

BlockPointer block_of(int band) {
    return std::make_shared<const Block>(
        Block{{4, 1}, std::vector<std::uint8_t>(4, static_cast<std::uint8_t>(band)), true, false});
}

std::uint8_t first_cell(const BlockPointer& block) {
    return std::get<std::vector<std::uint8_t>>(block->values).front();
}

/// Decodes as a file does whose bands are packed together: a second thread that decodes at the same
/// place meanwhile does all the work once more, which is counted.
class SlowFile {
public:
    Result<BlockPointer> decode(int band) {
        if (busy_.fetch_add(1) > 0) ++overlaps_;
        ++decoded_;
        std::this_thread::sleep_for(1ms);
        --busy_;
        return block_of(band);
    }
    int decoded() const { return decoded_; }
    int overlaps() const { return overlaps_; }

private:
    std::atomic<int> busy_ = 0;
    std::atomic<int> decoded_ = 0;
    std::atomic<int> overlaps_ = 0;
};

class BlockCacheOfThreads : public ::testing::Test {
protected:
    BlockPlace place_{std::make_shared<const std::string>("file"), {0, 1, 2}};
    BlockCache cache_{1U << 20U};
    SlowFile file_;
};

TEST_F(BlockCacheOfThreads, DecodesTheBandsOfAPlaceOnceAndInOneThreadAtATime) {
    constexpr std::array<std::array<int, 3>, 4> orders{
        {{1, 2, 3}, {3, 2, 1}, {2, 3, 1}, {4, 1, 2}}};
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 12; ++i) {
        threads.emplace_back([&, &bands = orders[i % orders.size()]] {
            const auto blocks =
                cache_.get(place_, bands, [&](int band) { return file_.decode(band); });
            for (std::size_t k = 0; k < bands.size(); ++k)
                wrong += blocks && first_cell((*blocks)[k]) == bands[k] ? 0 : 1;
        });
    }
    for (std::thread& thread : threads) thread.join();

    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(file_.decoded(), 4);
    EXPECT_EQ(file_.overlaps(), 0);
    EXPECT_EQ(cache_.use().misses, 4U);
}

TEST_F(BlockCacheOfThreads, KeepsNoErrorAndLetsTheNextTry) {
    const auto refuse = [](int) -> Result<BlockPointer> { return source_broken("no", "no"); };
    EXPECT_FALSE(cache_.get(place_, std::array{1}, refuse));

    const auto again =
        cache_.get(place_, std::array{1}, [&](int band) { return file_.decode(band); });

    ASSERT_TRUE(again);
    EXPECT_EQ(first_cell(again->front()), 1);
}

TEST_F(BlockCacheOfThreads, IsNotHeldUpByALoaderThatThrows) {
    const auto fail = [](int) -> Result<BlockPointer> { throw std::bad_alloc(); };
    EXPECT_THROW(static_cast<void>(cache_.get(place_, std::array{1}, fail)), std::bad_alloc);

    EXPECT_TRUE(cache_.get(place_, std::array{1}, [&](int band) { return file_.decode(band); }));
}

TEST_F(BlockCacheOfThreads, GivesUpWaitingForAnotherThreadWhenItsTimeHasPassed) {
    std::atomic<bool> loading = false;
    std::atomic<bool> finish = false;
    std::thread slow([&] {
        EXPECT_TRUE(cache_.get(place_, std::array{1}, [&](int band) -> Result<BlockPointer> {
            loading = true;
            while (!finish) std::this_thread::sleep_for(1ms);
            return block_of(band);
        }));
    });
    while (!loading) std::this_thread::sleep_for(1ms);

    const auto late = cache_.get(
        place_,
        std::array{1},
        [](int band) -> Result<BlockPointer> { return block_of(band); },
        Deadline(Deadline::Clock::now()));
    finish = true;
    slow.join();

    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().fault, Fault::out_of_time);
}

TEST(ColdTile, DecodesEachBlockOfItsPlanOnceHoweverManyThreadsAskForIt) {
    start_gdal();
    const testing::TemporaryFolder folder;
    testing::RasterRecipe recipe;
    recipe.width = recipe.height = 300;
    recipe.bands = 3;
    recipe.tiled = true;
    recipe.value = [](int band, int column, int row) { return (band * column + row) % 251; };
    const SourceFile file{
        testing::write_raster(folder, "cold.tif", recipe), {"cold"}, Trust::workspace};
    ReadRequest request;
    request.box = geo::mercator_box_of(geo::tile_at({35.17, 33.77}, 15));
    request.size = {256, 256};
    request.bands = {1, 2, 3};
    request.resampling = Resampling::bilinear;
    const RasterReader reader({});
    std::size_t planned = 0;
    const auto plan = reader.plan(file, request);
    ASSERT_TRUE(plan);
    for (const PlannedRead& part : *plan) planned += part.blocks;

    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] { EXPECT_TRUE(reader.read(file, request)); });
    for (std::thread& thread : threads) thread.join();

    EXPECT_GT(planned, 100U);
    EXPECT_EQ(reader.memory_use().block_misses, planned);
}

}  // namespace
}  // namespace relief::source
