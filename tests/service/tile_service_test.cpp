#include "server/service/tile_service.hpp"

#include "tests/service/workroom.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace relief::service {
namespace {

using ::testing::HasSubstr;

class TileServiceTest : public ::testing::Test {
protected:
    static TileCaches in_memory() {
        TileCaches caches;
        caches.memory = std::make_unique<cache::MemoryCache>(std::size_t{1} << 20U);
        return caches;
    }
    TileCaches on_disk() const {
        TileCaches caches;
        caches.disk =
            std::make_unique<cache::DiskCache>(folder_.path() / "cache", std::size_t{1} << 20U);
        return caches;
    }
    static TileAnswer ask(Workroom& room, const TileOrder& order) {
        Answers answers;
        room.service().get(order, answers.callback());
        return answers.wait_for(1).at(0);
    }

    testing::TemporaryFolder folder_;
    std::shared_ptr<const workspace::Layer> layer_ = small_layer(folder_);
};

std::size_t count(const std::vector<TileAnswer>& answers, TileOrigin origin) {
    return static_cast<std::size_t>(
        std::count_if(answers.begin(), answers.end(), [&](const TileAnswer& answer) {
            return answer.origin == origin;
        }));
}

TEST_F(TileServiceTest, DrawsATileWithItsTypeValidatorAndDate) {
    Workroom room;

    const auto answer = ask(room, order_at(layer_, 14));

    ASSERT_TRUE(answer.tile);
    EXPECT_EQ(answer.origin, TileOrigin::made);
    EXPECT_EQ((*answer.tile)->media_type, "image/png");
    EXPECT_EQ((*answer.tile)->modified, Instant{1'700'000'000'000});
    EXPECT_FALSE((*answer.tile)->empty);
    EXPECT_FALSE((*answer.tile)->etag.empty());
    EXPECT_FALSE((*answer.tile)->bytes->empty());
}

TEST_F(TileServiceTest, ThirtyTwoWhoAskAtOnceGetOneDrawing) {
    constexpr std::size_t askers = 32;
    Workroom room;
    Hold hold(room.pool());
    Answers answers;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < askers; ++i)
        threads.emplace_back([&] { room.service().get(order_at(layer_, 14), answers.callback()); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(room.pool().waiting(), 1U) << "one drawing waits, not thirty-two";

    hold.release();
    const auto all = answers.wait_for(askers);

    ASSERT_EQ(all.size(), askers);
    EXPECT_EQ(count(all, TileOrigin::made), 1U);
    EXPECT_EQ(count(all, TileOrigin::coalesced), askers - 1);
    for (const auto& answer : all) {
        ASSERT_TRUE(answer.tile);
        EXPECT_EQ((*answer.tile)->bytes, (*all[0].tile)->bytes) << "shared, not copied";
    }
}

TEST_F(TileServiceTest, AFullQueueSaysSoAtOnce) {
    Workroom room({}, 1);
    Hold hold(room.pool());
    Answers first;
    room.service().get(order_at(layer_, 14), first.callback());

    Answers second;
    room.service().get(order_at(layer_, 13), second.callback());

    ASSERT_EQ(second.count(), 1U) << "before any thread was free";
    const auto refused = second.wait_for(1).at(0);
    ASSERT_FALSE(refused.tile);
    EXPECT_EQ(refused.tile.error().fault, Fault::too_busy);
    hold.release();
    EXPECT_TRUE(first.wait_for(1).at(0).tile);
}

TEST_F(TileServiceTest, AfterAFullQueueTheTileCanBeAskedForAgain) {
    Workroom room({}, 1);
    {
        Hold hold(room.pool());
        Answers answers;
        room.service().get(order_at(layer_, 14), answers.callback());
        ASSERT_FALSE(ask(room, order_at(layer_, 13)).tile);
        hold.release();
        answers.wait_for(1);
    }

    EXPECT_TRUE(ask(room, order_at(layer_, 13)).tile);
}

TEST_F(TileServiceTest, AFailureReachesEverybodyAndTheLogOnce) {
    Workroom room;
    Hold hold(room.pool());
    std::filesystem::remove(layer_->newest().file);
    Answers answers;
    for (int i = 0; i < 3; ++i) room.service().get(order_at(layer_, 14), answers.callback());

    hold.release();
    const auto all = answers.wait_for(3);

    ASSERT_EQ(all.size(), 3U);
    for (const auto& answer : all) {
        ASSERT_FALSE(answer.tile);
        EXPECT_EQ(answer.tile.error().fault, Fault::source_broken);
        EXPECT_THAT(answer.tile.error().what, Not(HasSubstr(folder_.path().string())));
    }
    EXPECT_EQ(room.log().count("tile-failed"), 1U);
}

TEST_F(TileServiceTest, AFailureIsNotKept) {
    Workroom room(in_memory());
    const auto file = layer_->newest().file;
    std::filesystem::rename(file, file + ".away");
    ASSERT_FALSE(ask(room, order_at(layer_, 14)).tile);

    std::filesystem::rename(file + ".away", file);

    EXPECT_TRUE(ask(room, order_at(layer_, 14)).tile);
}

TEST_F(TileServiceTest, AStyleThatCannotBeIsABadRequest) {
    Workroom room;
    auto order = order_at(layer_, 14);
    order.words.words = {{"bands", "7"}};

    const auto answer = ask(room, order);

    ASSERT_FALSE(answer.tile);
    EXPECT_EQ(answer.tile.error().fault, Fault::bad_request);
    EXPECT_EQ(room.log().count("tile-failed"), 0U) << "that is no trouble of the server";
}

TEST_F(TileServiceTest, ATileInMemoryIsAnsweredAtOnce) {
    Workroom room(in_memory());
    const auto made = ask(room, order_at(layer_, 14));
    const Hold hold(room.pool());

    Answers answers;
    room.service().get(order_at(layer_, 14), answers.callback());

    ASSERT_EQ(answers.count(), 1U);
    const auto kept = answers.wait_for(1).at(0);
    EXPECT_EQ(kept.origin, TileOrigin::memory);
    EXPECT_EQ((*kept.tile)->bytes, (*made.tile)->bytes);
}

TEST_F(TileServiceTest, ATileOnDiskIsThereAfterARestart) {
    cache::CachedTile made;
    {
        Workroom room(on_disk());
        made = **ask(room, order_at(layer_, 14)).tile;
    }
    std::filesystem::remove(layer_->newest().file);
    Workroom restarted(on_disk());

    const auto answer = ask(restarted, order_at(layer_, 14));

    ASSERT_TRUE(answer.tile);
    EXPECT_EQ(answer.origin, TileOrigin::disk);
    EXPECT_EQ(*(*answer.tile)->bytes, *made.bytes);
    EXPECT_EQ((*answer.tile)->etag, made.etag);
    EXPECT_EQ((*answer.tile)->media_type, made.media_type);
    EXPECT_EQ((*answer.tile)->modified, made.modified);
}

TEST_F(TileServiceTest, AnotherVersionOfTheLayerIsNeverAnsweredFromTheOldOne) {
    Workroom room(in_memory());
    const auto before = ask(room, order_at(layer_, 14));
    auto changed = *layer_;
    changed.observations[0].version = {"new content"};
    const auto newer = std::make_shared<const workspace::Layer>(changed);

    const auto after = ask(room, order_at(newer, 14));

    EXPECT_EQ(after.origin, TileOrigin::made);
    EXPECT_NE((*after.tile)->etag, (*before.tile)->etag);
}

TEST_F(TileServiceTest, WorkThatNobodyWaitsForIsDropped) {
    Workroom room;
    Hold hold(room.pool());
    const auto gone = std::make_shared<std::atomic<bool>>(false);
    auto order = order_at(layer_, 14);
    order.deadline = Deadline(Deadline::Clock::now() + patience, gone);
    Answers answers;
    room.service().get(order, answers.callback());

    gone->store(true);
    hold.release();
    const auto answer = answers.wait_for(1).at(0);

    ASSERT_FALSE(answer.tile);
    EXPECT_EQ(answer.tile.error().fault, Fault::out_of_time);
    EXPECT_EQ(room.files_opened(), 0U) << "the file was not even opened";
}

TEST_F(TileServiceTest, OneWhoStaysGetsTheTileOfOneWhoLeft) {
    Workroom room;
    Hold hold(room.pool());
    const auto gone = std::make_shared<std::atomic<bool>>(false);
    auto leaving = order_at(layer_, 14);
    leaving.deadline = Deadline(Deadline::Clock::now() + patience, gone);
    Answers left;
    room.service().get(leaving, left.callback());
    Answers stays;
    room.service().get(order_at(layer_, 14), stays.callback());

    gone->store(true);
    hold.release();

    EXPECT_TRUE(stays.wait_for(1).at(0).tile);
}

TEST_F(TileServiceTest, ATileFarFromTheDataIsEmptyAndNotWrittenToDisk) {
    Workroom room(on_disk());
    auto order = order_at(layer_, 3);
    order.tile = *TileId::make({.zoom = 3, .column = 0, .row = 0});

    const auto answer = ask(room, order);

    ASSERT_TRUE(answer.tile);
    EXPECT_TRUE((*answer.tile)->empty);
    EXPECT_EQ(room.service().caches().disk->use().entries, 0U);
}

}  // namespace
}  // namespace relief::service
