#include "server/cache/disk_index.hpp"

#include "tests/cache/tiles.hpp"

#include <gtest/gtest.h>

namespace relief::cache {
namespace {

EntryName name_of(std::uint64_t number) {
    return {.high = 0, .low = number};
}

void fill(DiskIndex& index, std::uint64_t number) {
    index.make_room(block);
    index.put(name_of(number), block);
}

TEST(DiskIndex, ChargesWholeBlocks) {
    EXPECT_EQ(DiskIndex::charge(0), 0U);
    EXPECT_EQ(DiskIndex::charge(1), block);
    EXPECT_EQ(DiskIndex::charge(block), block);
    EXPECT_EQ(DiskIndex::charge(block + 1), 2 * block);
}

TEST(DiskIndex, WhatWasUsedLongestAgoLeavesFirst) {
    DiskIndex index(3 * block);
    for (const std::uint64_t number : {1U, 2U, 3U}) fill(index, number);
    index.touch(name_of(1));

    const auto leaving = index.make_room(2 * block);

    EXPECT_EQ(leaving, (std::vector<EntryName>{name_of(2), name_of(3)}));
    EXPECT_EQ(index.use().bytes, 3 * block);
    EXPECT_EQ(index.use().evictions, 2U);
}

TEST(DiskIndex, WhatIsReservedIsTakenUntilItIsCancelled) {
    DiskIndex index(2 * block);
    fill(index, 1);
    index.make_room(block);

    EXPECT_EQ(index.make_room(block), std::vector<EntryName>{name_of(1)});
    index.cancel(block);
    index.cancel(block);

    EXPECT_EQ(index.use().bytes, 0U);
}

TEST(DiskIndex, PuttingAnEntryAgainCountsItOnce) {
    DiskIndex index(10 * block);
    fill(index, 1);

    index.make_room(2 * block);
    index.put(name_of(1), 2 * block);

    EXPECT_EQ(index.use().bytes, 2 * block);
    EXPECT_EQ(index.use().entries, 1U);
}

TEST(DiskIndex, DoesNotForgetWhatWasPutMeanwhile) {
    DiskIndex index(10 * block);
    fill(index, 1);
    const auto before = index.now();
    fill(index, 2);

    index.forget(name_of(1), before);
    index.forget(name_of(2), before);
    index.forget(name_of(3), before);

    EXPECT_EQ(index.use().entries, 1U);
    EXPECT_EQ(index.use().bytes, block);
}

TEST(DiskIndex, AListingBringsTheOrderOfUseOfAnEarlierRun) {
    DiskIndex index(10 * block);

    index.merge({{name_of(1), 1, 300}, {name_of(2), block + 1, 100}, {name_of(3), 1, 200}}, 0);

    EXPECT_EQ(index.use().bytes, 4 * block);
    EXPECT_EQ(index.make_room(10 * block),
              (std::vector<EntryName>{name_of(2), name_of(3), name_of(1)}));
}

TEST(DiskIndex, AListingTakesOutWhatOthersDeletedButNotWhatWasPutSinceItBegan) {
    DiskIndex index(10 * block);
    fill(index, 1);
    fill(index, 2);
    const auto begun = index.now();
    fill(index, 3);

    index.merge({{name_of(2), block, 0}}, begun);

    EXPECT_EQ(index.use().entries, 2U);
    EXPECT_EQ(index.make_room(10 * block), (std::vector<EntryName>{name_of(2), name_of(3)}));
}

TEST(DiskIndex, AnEmptyListingEmptiesIt) {
    DiskIndex index(10 * block);
    fill(index, 1);

    index.merge({}, index.now());

    EXPECT_EQ(index.use().entries, 0U);
    EXPECT_EQ(index.use().bytes, 0U);
}

}  // namespace
}  // namespace relief::cache
