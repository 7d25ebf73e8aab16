#include "server/ops/work_pool.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relief::ops {
namespace {

TEST(WorkPool, DoesAllWorkThatItTook) {
    std::atomic<int> done{0};
    std::latch all(100);
    WorkPool pool(4, 100);

    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(pool.post([&] {
            ++done;
            all.count_down();
        }));
    }
    all.wait();

    EXPECT_EQ(done, 100);
}

TEST(WorkPool, RefusesWhatExceedsItsQueueAndTakesAgainWhenThereIsRoom) {
    std::latch release(1);
    std::latch finished(3);
    std::latch busy(1);
    WorkPool pool(1, 2);
    ASSERT_TRUE(pool.post([&] {
        busy.count_down();
        release.wait();
        finished.count_down();
    }));
    busy.wait();

    EXPECT_TRUE(pool.post([&] { finished.count_down(); }));
    EXPECT_TRUE(pool.post([&] { finished.count_down(); }));
    EXPECT_FALSE(pool.post([] {}));
    EXPECT_EQ(pool.waiting(), 2U);
    EXPECT_EQ(pool.running(), 1U);

    release.count_down();
    finished.wait();
    std::latch again(1);
    while (!pool.post([&] { again.count_down(); })) std::this_thread::yield();
    again.wait();
}

TEST(WorkPool, ABurstAsLargeAsThreadsAndQueueFitsAtOnce) {
    std::latch release(1);
    WorkPool pool(3, 2);

    for (int i = 0; i < 5; ++i) EXPECT_TRUE(pool.post([&release] { release.wait(); })) << i;
    EXPECT_FALSE(pool.post([] {}));

    release.count_down();
}

TEST(WorkPool, OfNoThreadsHasOne) {
    std::latch done(1);
    WorkPool pool(0, 0);

    EXPECT_EQ(pool.threads(), 1U);
    ASSERT_TRUE(pool.post([&done] { done.count_down(); }));
    done.wait();
}

TEST(WorkPool, EndsTheRunningWorkAndDropsTheWaiting) {
    std::atomic<bool> running_ended{false};
    std::atomic<bool> waiting_done{false};
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    std::latch busy(1);
    std::latch release(1);
    std::thread releaser;
    {
        WorkPool pool(1, 5);
        ASSERT_TRUE(pool.post([&] {
            busy.count_down();
            release.wait();
            running_ended = true;
        }));
        busy.wait();
        ASSERT_TRUE(pool.post([&waiting_done, kept = std::move(held)] { waiting_done = true; }));
        releaser = std::thread([&watch, &release] {
            while (!watch.expired()) std::this_thread::yield();
            release.count_down();
        });
    }
    releaser.join();

    EXPECT_TRUE(running_ended);
    EXPECT_FALSE(waiting_done);
}

TEST(WorkPool, AnExceptionCostsOneWorkAndIsTold) {
    std::vector<std::string> told;
    std::latch done(1);
    {
        WorkPool pool(1, 5, [&told](std::string_view what) { told.emplace_back(what); });
        pool.post([] { throw std::runtime_error("broken"); });
        pool.post([] { throw 7; });
        pool.post([&done] { done.count_down(); });
        done.wait();
    }

    EXPECT_EQ(told, (std::vector<std::string>{"broken", "an unknown exception"}));
}

TEST(WorkPool, WithoutAGuardAnExceptionIsStillHeldBack) {
    std::latch done(1);
    WorkPool pool(1, 5);

    pool.post([] { throw std::runtime_error("broken"); });
    pool.post([&done] { done.count_down(); });

    done.wait();
    EXPECT_EQ(pool.threads(), 1U);
}

TEST(WorkPool, DoesNotTakeAnEmptyFunction) {
    WorkPool pool(1, 1);

    EXPECT_FALSE(pool.post(nullptr));
}

TEST(WorkPool, ItsThreadsBearNames) {
    std::array<char, 16> name{};
    std::latch done(1);
    WorkPool pool(1, 1);

    pool.post([&] {
        pthread_getname_np(pthread_self(), name.data(), name.size());
        done.count_down();
    });
    done.wait();

    EXPECT_STREQ(name.data(), "relief-work-0");
}

TEST(WorkPool, ManyPostersGetEachWorkDoneOnceOrRefused) {
    std::atomic<int> taken{0};
    std::atomic<int> done{0};
    {
        WorkPool pool(3, 8);
        std::vector<std::thread> posters;
        posters.reserve(8);
        for (int i = 0; i < 8; ++i) {
            posters.emplace_back([&] {
                for (int n = 0; n < 2000; ++n) {
                    if (pool.post([&done] { ++done; })) ++taken;
                }
            });
        }
        for (auto& poster : posters) poster.join();
        while (pool.waiting() + pool.running() > 0) std::this_thread::yield();
    }

    EXPECT_EQ(done, taken);
    EXPECT_GT(taken, 0);
}

}  // namespace
}  // namespace relief::ops
