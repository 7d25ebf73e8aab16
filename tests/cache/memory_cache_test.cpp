#include "server/cache/memory_cache.hpp"

#include "tests/cache/tiles.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace relief::cache {
namespace {

void put(MemoryCache& cache, std::size_t number, std::size_t bytes) {
    cache.insert(key_of(number), pointer_to(tile_of(number, bytes)));
}

std::size_t hits_among(MemoryCache& cache, std::size_t first, std::size_t count) {
    std::size_t hits = 0;
    for (std::size_t number = first; number < first + count; ++number) {
        if (cache.find(key_of(number))) ++hits;
    }
    return hits;
}

TEST(MemoryCache, GivesTheTileThatWasPutNotACopy) {
    MemoryCache cache(mebibyte);
    const TilePointer tile = pointer_to(tile_of(1, 100));

    cache.insert(key_of(1), tile);

    EXPECT_EQ(cache.find(key_of(1)), tile);
    EXPECT_EQ(cache.find(key_of(2)), nullptr);
}

TEST(MemoryCache, TellsKeysOfEqualHashApart) {
    // Only the text decides: two keys may share the shard and the bucket.
    MemoryCache cache(mebibyte, 1);
    for (std::size_t number = 0; number < 500; ++number) put(cache, number, 10);

    for (std::size_t number = 0; number < 500; ++number) {
        const auto tile = cache.find(key_of(number));
        ASSERT_NE(tile, nullptr);
        EXPECT_EQ(tile->etag, "v1-" + std::to_string(number));
    }
}

TEST(MemoryCache, OfNoBytesAnswersEverythingWithAMiss) {
    MemoryCache cache(0);

    put(cache, 1, 0);

    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_EQ(cache.use().bytes, 0U);
    EXPECT_EQ(cache.use().misses, 1U);
}

TEST(MemoryCache, OfNoShardsStillWorks) {
    MemoryCache cache(mebibyte, 0);

    put(cache, 1, 100);

    EXPECT_NE(cache.find(key_of(1)), nullptr);
}

TEST(MemoryCache, ASmallCacheStillHoldsALargeTile) {
    MemoryCache cache(4 * mebibyte, 16);

    put(cache, 1, 3 * mebibyte);

    EXPECT_NE(cache.find(key_of(1)), nullptr);
}

TEST(MemoryCache, DoesNotKeepATileLargerThanAShare) {
    MemoryCache cache(64 * mebibyte, 16);

    put(cache, 1, 5 * mebibyte);

    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_EQ(cache.use().entries, 0U);
}

TEST(MemoryCache, CountsHitsMissesEntriesAndEvictions) {
    MemoryCache cache(mebibyte, 1);
    put(cache, 1, 100);
    cache.find(key_of(1));
    cache.find(key_of(1));
    cache.find(key_of(2));
    for (std::size_t number = 100; number < 120; ++number) put(cache, number, 100000);

    const CacheUse use = cache.use();

    EXPECT_EQ(use.hits, 2U);
    EXPECT_EQ(use.misses, 1U);
    EXPECT_EQ(use.entries + use.evictions, 21U);
    EXPECT_GT(use.evictions, 0U);
}

TEST(MemoryCache, AScanOfTenTimesItsSizeDoesNotSweepTheHotTilesOut) {
    constexpr std::size_t bytes = 64 * mebibyte;
    constexpr std::size_t body = 20000;
    constexpr std::size_t hot = bytes / body / 2;
    constexpr std::size_t scan = 10 * bytes / body;
    MemoryCache cache(bytes);
    const auto scanned = std::make_shared<const Bytes>(body);
    for (std::size_t number = 0; number < hot; ++number) put(cache, number, body);
    ASSERT_EQ(hits_among(cache, 0, hot), hot);

    for (std::size_t number = hot; number < hot + scan; ++number) {
        cache.insert(key_of(number),
                     pointer_to({.bytes = scanned,
                                 .media_type = "image/png",
                                 .etag = "",
                                 .empty = false,
                                 .modified = {}}));
    }

    EXPECT_GE(hits_among(cache, 0, hot), hot * 99 / 100);
    EXPECT_GE(cache.use().bytes, bytes * 9 / 10);
}

// Puts and asks at random; how many tiles were not what their key says.
std::size_t wrong_tiles(MemoryCache& cache, unsigned seed) {
    auto random = relief::testing::repeatable_random(seed);
    std::size_t wrong = 0;
    for (int step = 0; step < 4000; ++step) {
        const std::size_t number = random() % 256;
        if (random() % 3 == 0) put(cache, number, 1 + random() % 100000);
        const auto tile = cache.find(key_of(number));
        if (tile && tile->bytes->back() != number) ++wrong;
    }
    return wrong;
}

TEST(MemoryCache, ManyThreadsNeverSeeAWrongTileNorMoreBytesThanAllowed) {
    constexpr std::size_t bytes = 8 * mebibyte;
    MemoryCache cache(bytes, 2);
    std::atomic<bool> done{false};
    std::atomic<std::size_t> wrong{0};
    std::atomic<std::size_t> exceeded{0};
    std::vector<std::thread> workers;
    for (unsigned seed = 0; seed < 8; ++seed) {
        workers.emplace_back([&cache, &wrong, seed] { wrong += wrong_tiles(cache, seed); });
    }
    std::thread watcher([&cache, &done, &exceeded] {
        while (!done) exceeded += cache.use().bytes > bytes ? 1 : 0;
    });

    for (auto& worker : workers) worker.join();
    done = true;
    watcher.join();

    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(exceeded, 0U);
    EXPECT_EQ(cache.use().hits + cache.use().misses, 8U * 4000U);
}

}  // namespace
}  // namespace relief::cache
