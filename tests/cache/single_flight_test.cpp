#include "server/cache/single_flight.hpp"

#include "tests/cache/tiles.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>
#include <vector>

namespace relief::cache {
namespace {

using Gone = std::shared_ptr<std::atomic<bool>>;

Gone here() {
    return std::make_shared<std::atomic<bool>>(false);
}

Error out_of_time() {
    return {Fault::out_of_time, "too late"};
}

TEST(SingleFlight, TheFirstLeadsAndTheOthersFollow) {
    SingleFlight flights;

    EXPECT_TRUE(flights.join(key_of(1), nullptr));
    EXPECT_FALSE(flights.join(key_of(1), nullptr));
    EXPECT_TRUE(flights.join(key_of(2), nullptr));
}

TEST(SingleFlight, TellsTheLeaderFirstAndOthersThatTheyWereCoalesced) {
    SingleFlight flights;
    std::string told;
    const TilePointer tile = pointer_to(tile_of(1, 10));
    for (const char name : {'a', 'b', 'c'}) {
        flights.join(key_of(1), [&told, &tile, name](const SingleFlight::Landing& landing) {
            EXPECT_EQ(*landing.tile, tile);
            told += name;
            told += landing.leader ? '!' : ' ';
        });
    }

    flights.land(key_of(1), tile);

    EXPECT_EQ(told, "a!b c ");
}

TEST(SingleFlight, AFailureReachesEverybody) {
    SingleFlight flights;
    int failures = 0;
    for (int i = 0; i < 3; ++i) {
        flights.join(key_of(1), [&failures](const SingleFlight::Landing& landing) {
            if (!landing.tile && landing.tile.error().fault == Fault::source_broken) ++failures;
        });
    }

    flights.land(key_of(1), source_broken("the layer cannot be read"));

    EXPECT_EQ(failures, 3);
}

TEST(SingleFlight, AfterLandingTheNextOneLeadsAgain) {
    SingleFlight flights;
    int calls = 0;
    flights.join(key_of(1), [&calls](const auto&) { ++calls; });
    flights.land(key_of(1), TilePointer{});

    flights.land(key_of(1), TilePointer{});

    EXPECT_EQ(calls, 1);
    EXPECT_TRUE(flights.join(key_of(1), nullptr));
}

TEST(SingleFlight, ACallbackMayAskAgain) {
    SingleFlight flights;
    bool leads_again = false;
    flights.join(key_of(1), [&](const auto&) { leads_again = flights.join(key_of(1), nullptr); });

    flights.land(key_of(1), TilePointer{});

    EXPECT_TRUE(leads_again);
}

TEST(SingleFlight, IsAbandonedOnlyWhenEverybodyHasLeft) {
    SingleFlight flights;
    const Gone first = here();
    const Gone second = here();
    flights.join(key_of(1), nullptr, first);
    flights.join(key_of(1), nullptr, second);

    EXPECT_FALSE(flights.abandoned(key_of(1)));
    *first = true;
    EXPECT_FALSE(flights.abandoned(key_of(1)));
    *second = true;
    EXPECT_TRUE(flights.abandoned(key_of(1)));
}

TEST(SingleFlight, WhoCannotTellThatHeLeftIsWaitedFor) {
    SingleFlight flights;
    const Gone gone = here();
    *gone = true;
    flights.join(key_of(1), nullptr, gone);
    flights.join(key_of(1), nullptr, nullptr);

    EXPECT_FALSE(flights.abandoned(key_of(1)));
}

TEST(SingleFlight, AnAbandonedFlightEndsWithTheReasonAndAllAreTold) {
    SingleFlight flights;
    const Gone gone = here();
    int told = 0;
    flights.join(
        key_of(1),
        [&told](const SingleFlight::Landing& landing) {
            if (landing.tile.error().fault == Fault::out_of_time) ++told;
        },
        gone);

    EXPECT_FALSE(flights.land_if_abandoned(key_of(1), out_of_time()));
    EXPECT_EQ(told, 0);
    *gone = true;
    EXPECT_TRUE(flights.land_if_abandoned(key_of(1), out_of_time()));

    EXPECT_EQ(told, 1);
    EXPECT_TRUE(flights.join(key_of(1), nullptr));
}

TEST(SingleFlight, SixtyFourThreadsMakeOneTileAndEachIsCalledOnce) {
    SingleFlight flights;
    std::latch together(64);
    std::latch asked(64);
    std::atomic<int> makers{0};
    std::vector<std::atomic<int>> calls(64);
    std::vector<std::thread> threads;
    threads.reserve(calls.size());
    for (auto& called : calls) {
        threads.emplace_back([&] {
            together.arrive_and_wait();
            const bool leads = flights.join(key_of(1), [&called](const auto&) { ++called; });
            asked.arrive_and_wait();
            if (!leads) return;
            ++makers;
            flights.land(key_of(1), pointer_to(tile_of(1, 10)));
        });
    }

    for (auto& thread : threads) thread.join();

    EXPECT_EQ(makers, 1);
    for (const auto& count : calls) EXPECT_EQ(count, 1);
}

TEST(SingleFlight, JoiningAndLandingAtOnceLosesNobody) {
    SingleFlight flights;
    std::atomic<int> called{0};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (std::size_t step = 0; step < 2000; ++step) {
                const TileKey key = key_of(step % 3);
                if (flights.join(key, [&called](const auto&) { ++called; })) {
                    flights.land(key, TilePointer{});
                }
            }
        });
    }

    for (auto& thread : threads) thread.join();

    EXPECT_EQ(called, 8 * 2000);
}

}  // namespace
}  // namespace relief::cache
