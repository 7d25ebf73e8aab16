#include "server/cache/disk_cache.hpp"

#include "tests/cache/disk_files.hpp"
#include "tests/cache/tiles.hpp"
#include "tests/support/repeatable_random.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace relief::cache {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

bool holds(DiskCache& cache, std::size_t number) {
    const auto tile = cache.find(key_of(number));
    EXPECT_TRUE(!tile || tile->etag == tile_of(number, 0).etag) << "a wrong tile";
    return tile != nullptr;
}

TEST(DiskCache, GivesBackWhatWasPut) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    CachedTile tile = tile_of(1, 5000);
    tile.empty = true;

    cache.insert(key_of(1), tile);
    const auto back = cache.find(key_of(1));

    ASSERT_NE(back, nullptr);
    EXPECT_EQ(*back->bytes, *tile.bytes);
    EXPECT_EQ(back->media_type, "image/png");
    EXPECT_EQ(back->etag, "v1-1");
    EXPECT_TRUE(back->empty);
    EXPECT_EQ(back->modified, tile.modified);
    EXPECT_FALSE(holds(cache, 2));
    EXPECT_EQ(cache.trouble(), "");
}

TEST(DiskCache, MakesItsFolderAndRemembersOverARestart) {
    const TemporaryFolder folder;
    const fs::path inner = folder.path() / "a" / "b";
    {
        DiskCache cache(inner, mebibyte);
        put(cache, 1);
    }

    DiskCache cache(inner, mebibyte);

    EXPECT_EQ(cache.use().entries, 1U);
    EXPECT_EQ(cache.use().bytes, 4096U);
    EXPECT_TRUE(holds(cache, 1));
}

TEST(DiskCache, OfNoBytesTouchesNoDisk) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path() / "cache", 0);

    put(cache, 1);

    EXPECT_FALSE(holds(cache, 1));
    EXPECT_FALSE(fs::exists(folder.path() / "cache"));
}

TEST(DiskCache, DoesNotKeepATileLargerThanItself) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), 8192);

    put(cache, 1, 8192);

    EXPECT_FALSE(holds(cache, 1));
    EXPECT_EQ(use_of(folder.path()).files, 0U);
}

TEST(DiskCache, APutAgainReplacesTheTile) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1, 100);

    put(cache, 1, 9000);

    EXPECT_EQ(cache.find(key_of(1))->bytes->size(), 9000U);
    EXPECT_EQ(cache.use().entries, 1U);
    EXPECT_EQ(cache.use().bytes, use_of(folder.path()).bytes);
}

TEST(DiskCache, CountsHitsMissesAndEvictions) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), 2 * block);
    for (std::size_t number = 0; number < 3; ++number) put(cache, number);
    holds(cache, 2);
    holds(cache, 0);

    const CacheUse use = cache.use();

    EXPECT_EQ(use.hits, 1U);
    EXPECT_EQ(use.misses, 1U);
    EXPECT_EQ(use.evictions, 1U);
    EXPECT_EQ(use.entries, 2U);
}

TEST(DiskCache, WhatWasUsedLastStays) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), 10 * block);
    for (std::size_t number = 0; number < 10; ++number) put(cache, number);
    ASSERT_TRUE(holds(cache, 0));

    for (std::size_t number = 10; number < 19; ++number) put(cache, number);

    EXPECT_TRUE(holds(cache, 0));
    EXPECT_FALSE(holds(cache, 1));
}

TEST(DiskCache, AfterARestartTheFilesTimeTellsWhatWasUsedLast) {
    const TemporaryFolder folder;
    {
        DiskCache cache(folder.path(), mebibyte);
        for (std::size_t number = 0; number < 3; ++number) put(cache, number);
    }
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(file_of(folder.path(), key_of(0)), now - std::chrono::hours(2));
    fs::last_write_time(file_of(folder.path(), key_of(1)), now - std::chrono::hours(3));
    DiskCache(folder.path(), mebibyte).find(key_of(1));  // a use that is written down

    DiskCache cache(folder.path(), 2 * block);

    EXPECT_FALSE(holds(cache, 0));
    EXPECT_TRUE(holds(cache, 1));
    EXPECT_TRUE(holds(cache, 2));
}

TEST(DiskCache, NeverExceedsItsBytesAndCountsThemRight) {
    const TemporaryFolder folder;
    constexpr std::size_t bytes = 200000;
    auto random = relief::testing::repeatable_random(3);
    DiskCache cache(folder.path(), bytes);

    for (int step = 0; step < 300; ++step) {
        put(cache, random() % 100, random() % 30000);
        ASSERT_LE(use_of(folder.path()).bytes, bytes);
    }

    EXPECT_EQ(cache.use().bytes, use_of(folder.path()).bytes);
    EXPECT_EQ(cache.use().entries, use_of(folder.path()).files);
    EXPECT_GT(cache.use().bytes, bytes / 2);
}

TEST(DiskCache, AFolderLargerThanAllowedIsCutDownAtTheStart) {
    const TemporaryFolder folder;
    {
        DiskCache cache(folder.path(), mebibyte);
        for (std::size_t number = 0; number < 50; ++number) put(cache, number);
    }

    const DiskCache cache(folder.path(), 20 * block);

    EXPECT_EQ(cache.use().entries, 20U);
    EXPECT_LE(use_of(folder.path()).bytes, 20 * block);
}

TEST(DiskCache, TwoOfOneFolderSeeEachOthersTilesAndStayNearTheBound) {
    const TemporaryFolder folder;
    constexpr std::size_t bytes = 80 * block;
    DiskCache one(folder.path(), bytes);
    DiskCache other(folder.path(), bytes);
    put(one, 1);
    EXPECT_TRUE(holds(other, 1));

    for (std::size_t number = 0; number < 400; number += 2) {
        put(one, number);
        put(other, number + 1);
    }

    // Each counts again after an eighth, in a thread of its own; alone each would keep its bound.
    EXPECT_LE(use_of(folder.path()).bytes, 2 * bytes);
}

struct Seen {
    std::size_t hits = 0;
    std::size_t wrong = 0;
};

// Puts and asks at random.
Seen use_at_random(DiskCache& cache, unsigned seed) {
    auto random = relief::testing::repeatable_random(seed);
    Seen seen;
    for (int step = 0; step < 400; ++step) {
        const std::size_t number = random() % 100;
        if (random() % 2 == 0) put(cache, number, 1 + random() % 9000);
        const auto tile = cache.find(key_of(number));
        if (!tile) continue;
        ++seen.hits;
        if (tile->bytes->back() != number) ++seen.wrong;
    }
    return seen;
}

TEST(DiskCache, ManyThreadsOfTwoCachesNeverSeeAWrongTile) {
    const TemporaryFolder folder;
    DiskCache one(folder.path(), 60 * block);
    DiskCache other(folder.path(), 60 * block);
    std::vector<Seen> seen(6);
    std::vector<std::thread> threads;
    threads.reserve(seen.size());
    for (unsigned i = 0; i < seen.size(); ++i) {
        DiskCache& cache = i % 2 == 0 ? one : other;
        threads.emplace_back([&cache, &seen, i] { seen[i] = use_at_random(cache, i); });
    }

    for (auto& thread : threads) thread.join();

    for (const Seen& each : seen) {
        EXPECT_EQ(each.wrong, 0U);
        EXPECT_GT(each.hits, 10U);
    }
    EXPECT_EQ(one.trouble() + other.trouble(), "");
}

}  // namespace
}  // namespace relief::cache
