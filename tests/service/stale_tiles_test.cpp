// What is answered when there is no room to draw: the tile of the version before, or a refusal.

#include "server/service/tile_service.hpp"
#include "tests/service/workroom.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <memory>

namespace relief::service {
namespace {

class StaleTiles : public ::testing::Test {
protected:
    static TileCaches in_memory() {
        TileCaches caches;
        caches.memory = std::make_unique<cache::MemoryCache>(std::size_t{1} << 20U);
        return caches;
    }
    std::shared_ptr<const workspace::Layer> updated() const {
        auto changed = *layer_;
        changed.observations[0].version = {"new content"};
        return std::make_shared<const workspace::Layer>(changed);
    }
    static TileAnswer ask(Workroom& room, const TileOrder& order) {
        Answers answers;
        room.service().get(order, answers.callback());
        return answers.wait_for(1).at(0);
    }
    /// The one thread is busy and the queue of one is full.
    static TileAnswer ask_when_full(Workroom& room, const TileOrder& order) {
        const auto drained = std::make_shared<std::latch>(1);
        Hold hold(room.pool());
        EXPECT_TRUE(room.pool().post([drained] { drained->count_down(); }));
        auto answer = ask(room, order);
        hold.release();
        drained->wait();
        return answer;
    }

    testing::TemporaryFolder folder_;
    std::shared_ptr<const workspace::Layer> layer_ = small_layer(folder_);
};

TEST_F(StaleTiles, TheVersionBeforeIsBetterThanNothing) {
    Workroom room(in_memory(), 1);
    const auto before = ask(room, order_at(layer_, 14));
    ASSERT_TRUE(before.tile);

    const auto answer = ask_when_full(room, order_at(updated(), 14));

    ASSERT_TRUE(answer.tile);
    EXPECT_TRUE((*answer.tile)->stale);
    EXPECT_EQ((*answer.tile)->bytes, (*before.tile)->bytes);
    EXPECT_EQ((*answer.tile)->etag, (*before.tile)->etag) << "it is validated as what it is";
    EXPECT_FALSE((*before.tile)->stale);
}

TEST_F(StaleTiles, WithRoomAgainTheNewVersionIsDrawn) {
    Workroom room(in_memory(), 1);
    ask(room, order_at(layer_, 14));
    ask_when_full(room, order_at(updated(), 14));

    const auto answer = ask(room, order_at(updated(), 14));

    ASSERT_TRUE(answer.tile);
    EXPECT_FALSE((*answer.tile)->stale);
    EXPECT_EQ(answer.origin, TileOrigin::made);
}

TEST_F(StaleTiles, AnotherPictureIsNoStandIn) {
    Workroom room(in_memory(), 1);
    ask(room, order_at(layer_, 14));
    auto other = order_at(updated(), 14);
    other.words.words = {{"rescale", "0,10"}};

    const auto answer = ask_when_full(room, other);

    ASSERT_FALSE(answer.tile);
    EXPECT_EQ(answer.tile.error().fault, Fault::too_busy);
}

TEST_F(StaleTiles, AnotherLayerIsNoStandIn) {
    Workroom room(in_memory(), 1);
    auto order = order_at(layer_, 14);
    ask(room, order);
    const std::size_t place = place_of(order);

    auto layer = *layer_;
    layer.name = *LayerName::make("another");
    order.layer = std::make_shared<const workspace::Layer>(layer);

    EXPECT_NE(place_of(order), place);
    EXPECT_FALSE(ask_when_full(room, order).tile);
}

TEST_F(StaleTiles, AnotherDateIsNoStandIn) {
    const auto observed = [&](std::int64_t day, const char* version) {
        auto layer = *layer_;
        layer.observations[0].time = Instant{day * 86'400'000};
        layer.observations[0].version = {version};
        return std::make_shared<const workspace::Layer>(layer);
    };
    Workroom room(in_memory(), 1);
    ask(room, order_at(observed(1, "first"), 14));

    EXPECT_FALSE(ask_when_full(room, order_at(observed(2, "second"), 14)).tile);
    EXPECT_TRUE(ask_when_full(room, order_at(observed(1, "mended"), 14)).tile);
}

TEST_F(StaleTiles, WithoutACacheThereIsNone) {
    Workroom room({}, 1);
    ask(room, order_at(layer_, 14));

    EXPECT_FALSE(ask_when_full(room, order_at(updated(), 14)).tile);
}

}  // namespace
}  // namespace relief::service
