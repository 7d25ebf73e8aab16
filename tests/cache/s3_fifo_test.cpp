#include "server/cache/s3_fifo.hpp"

#include "tests/cache/tiles.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

namespace relief::cache {
namespace {

std::size_t weight_of(std::size_t number, std::size_t bytes) {
    return S3Fifo::weigh(key_of(number), tile_of(number, bytes));
}

S3Fifo room_for(std::size_t tiles) {
    return S3Fifo(tiles * weight_of(10, 1000));
}

void put(S3Fifo& tiles, std::size_t number, std::size_t bytes = 1000) {
    tiles.insert(key_of(number), pointer_to(tile_of(number, bytes)));
}

TEST(S3Fifo, CountsAtLeastBodyKeyAndTexts) {
    const CachedTile tile = tile_of(7, 1000);

    EXPECT_GE(S3Fifo::weigh(key_of(7), tile),
              1000 + key_of(7).text().size() + tile.media_type.size() + tile.etag.size());
    EXPECT_EQ(weight_of(7, 2000), weight_of(7, 1000) + 1000);
}

TEST(S3Fifo, KeepsNothingWithoutCapacity) {
    S3Fifo tiles(0);

    put(tiles, 1, 0);

    EXPECT_EQ(tiles.find(key_of(1)), nullptr);
    EXPECT_EQ(tiles.bytes(), 0U);
    EXPECT_EQ(tiles.entries(), 0U);
}

TEST(S3Fifo, IgnoresATileThatIsNone) {
    S3Fifo tiles(10000);

    tiles.insert(key_of(1), nullptr);

    EXPECT_EQ(tiles.entries(), 0U);
}

TEST(S3Fifo, KeepsATileThatFillsItExactlyAndRefusesOneByteMore) {
    S3Fifo tiles(weight_of(1, 1000));

    put(tiles, 1, 1001);
    EXPECT_EQ(tiles.entries(), 0U);

    put(tiles, 1, 1000);
    EXPECT_EQ(tiles.entries(), 1U);
    EXPECT_EQ(tiles.bytes(), tiles.capacity());
}

TEST(S3Fifo, GivesBackWhatItDropped) {
    S3Fifo tiles(weight_of(1, 1000));
    put(tiles, 1);

    const auto dropped = tiles.insert(key_of(2), pointer_to(tile_of(2, 1000)));

    ASSERT_EQ(dropped.size(), 1U);
    EXPECT_EQ(dropped.front()->bytes->front(), 1U);
    EXPECT_EQ(tiles.evictions(), 1U);
}

TEST(S3Fifo, CountsAReplacedTileOnce) {
    S3Fifo tiles = room_for(10);
    put(tiles, 11, 500);

    put(tiles, 11, 700);

    EXPECT_EQ(tiles.bytes(), weight_of(11, 700));
    EXPECT_EQ(tiles.entries(), 1U);
    EXPECT_EQ(tiles.find(key_of(11))->bytes->size(), 700U);
}

TEST(S3Fifo, ReplacesATileByOneThatLeavesRoomForNothingElse) {
    S3Fifo tiles = room_for(3);
    for (std::size_t number = 11; number < 14; ++number) put(tiles, number);

    put(tiles, 12, tiles.capacity() - weight_of(12, 0));

    EXPECT_EQ(tiles.entries(), 1U);
    EXPECT_EQ(tiles.bytes(), tiles.capacity());
    EXPECT_NE(tiles.find(key_of(12)), nullptr);
}

TEST(S3Fifo, ATileAskedForAgainOutlivesOneThatWasNot) {
    S3Fifo tiles = room_for(10);
    for (std::size_t number = 10; number < 20; ++number) put(tiles, number);
    ASSERT_NE(tiles.find(key_of(10)), nullptr);

    for (std::size_t number = 20; number < 28; ++number) put(tiles, number);

    EXPECT_NE(tiles.find(key_of(10)), nullptr);
    EXPECT_EQ(tiles.find(key_of(11)), nullptr);
}

TEST(S3Fifo, ATileThatComesBackSoonIsProtectedAtOnce) {
    S3Fifo tiles = room_for(10);
    for (std::size_t number = 10; number < 21; ++number) put(tiles, number);
    ASSERT_EQ(tiles.find(key_of(10)), nullptr);

    put(tiles, 10);
    for (std::size_t number = 30; number < 60; ++number) put(tiles, number);

    EXPECT_NE(tiles.find(key_of(10)), nullptr);
}

TEST(S3Fifo, WhatIsNoLongerAskedForLeavesInTheEnd) {
    S3Fifo tiles = room_for(10);
    for (std::size_t number = 10; number < 20; ++number) put(tiles, number);
    for (std::size_t number = 10; number < 20; ++number) tiles.find(key_of(number));

    for (std::size_t number = 20; number < 80; ++number) {
        put(tiles, number);
        tiles.find(key_of(number));
    }

    for (std::size_t number = 10; number < 20; ++number) {
        EXPECT_EQ(tiles.find(key_of(number)), nullptr) << number;
    }
}

TEST(S3Fifo, NeverExceedsItsBytesWhateverComes) {
    auto random = relief::testing::repeatable_random(1);
    for (const std::size_t capacity : {1U, 700U, 5000U, 60000U}) {
        S3Fifo tiles(capacity);
        for (int step = 0; step < 5000; ++step) {
            const std::size_t number = random() % 200;
            if (random() % 2 == 0) {
                put(tiles, number, random() % 4000);
            } else if (const auto tile = tiles.find(key_of(number));
                       tile && !tile->bytes->empty()) {
                ASSERT_EQ(tile->bytes->front(), number);
            }
            ASSERT_LE(tiles.bytes(), capacity);
        }
    }
}

TEST(S3Fifo, BytesAreTheSumOfWhatItHolds) {
    auto random = relief::testing::repeatable_random(2);
    S3Fifo tiles(40000);
    for (int step = 0; step < 3000; ++step) {
        put(tiles, random() % 100, random() % 3000);
        tiles.find(key_of(random() % 100));
    }

    std::size_t sum = 0;
    std::size_t entries = 0;
    for (std::size_t number = 0; number < 100; ++number) {
        if (const auto tile = tiles.find(key_of(number))) {
            sum += S3Fifo::weigh(key_of(number), *tile);
            ++entries;
        }
    }
    EXPECT_EQ(tiles.bytes(), sum);
    EXPECT_EQ(tiles.entries(), entries);
}

}  // namespace
}  // namespace relief::cache
