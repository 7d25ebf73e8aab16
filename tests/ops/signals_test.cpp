#include "server/ops/signals.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <csignal>
#include <functional>
#include <latch>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace relief::ops {
namespace {

// Signals change the whole process: each test has one of its own.
int status_of(const std::function<void()>& program) {
    const pid_t child = ::fork();
    if (child == 0) {
        program();
        ::_exit(0);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

TEST(Signals, TerminateAndInterruptCallTheEnd) {
    for (const int number : {SIGTERM, SIGINT}) {
        const int status = status_of([number] {
            std::latch ended(1);
            Signals signals;
            signals.act({.end = [&ended] { ended.count_down(); }, .reload = nullptr});
            ::kill(::getpid(), number);
            ended.wait();
            ::_exit(7);
        });
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << number;
    }
}

TEST(Signals, HangUpReloadsEachTime) {
    const int status = status_of([] {
        std::atomic<int> reloads{0};
        Signals signals;
        signals.act({.end = nullptr, .reload = [&reloads] {
                         ++reloads;
                         reloads.notify_all();
                     }});
        for (int expected = 1; expected <= 3; ++expected) {
            ::kill(::getpid(), SIGHUP);
            for (int now = reloads; now < expected; now = reloads) reloads.wait(now);
        }
        ::_exit(reloads);
    });

    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 3);
}

TEST(Signals, ASecondInterruptEndsTheProcessByThatSignal) {
    const int status = status_of([] {
        std::latch ended(1);
        Signals signals;
        signals.act({.end = [&ended] { ended.count_down(); }, .reload = nullptr});
        ::kill(::getpid(), SIGTERM);
        ended.wait();
        ::kill(::getpid(), SIGINT);
        while (true) ::pause();
    });

    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Signals, WritingToAClosedPipeDoesNotEndTheProcess) {
    const int status = status_of([] {
        const Signals signals;
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0) ::_exit(1);
        ::close(pipe[0]);
        ::_exit(::write(pipe[1], "x", 1) == -1 ? 5 : 1);
    });

    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 5);
}

TEST(Signals, OtherThreadsDoNotReceiveThem) {
    const int status = status_of([] {
        std::latch ended(1);
        Signals signals;
        signals.act({.end = [&ended] { ended.count_down(); }, .reload = nullptr});
        std::latch done(1);
        std::thread other([&done] { done.wait(); });
        ::kill(::getpid(), SIGTERM);
        ended.wait();
        done.count_down();
        other.join();
        ::_exit(9);
    });

    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 9);
}

TEST(Signals, ThatCameBeforeThereWasSomethingToActOnAreActedOnThen) {
    for (const auto& [number, expected] : {std::pair(SIGTERM, 1), std::pair(SIGHUP, 2)}) {
        const int status = status_of([number = number] {
            std::atomic<int> called{0};
            const auto call = [&called](int what) {
                called = what;
                called.notify_all();
            };
            Signals signals;
            ::kill(::getpid(), number);
            // Nothing of it is pending any more: the listener has it.
            sigset_t pending{};
            do {
                ::sigpending(&pending);
            } while (sigismember(&pending, number) == 1);
            signals.act({.end = [&] { call(1); }, .reload = [&] { call(2); }});
            called.wait(0);
            ::_exit(called);
        });
        EXPECT_TRUE(WIFEXITED(status));
        EXPECT_EQ(WEXITSTATUS(status), expected);
    }
}

TEST(Signals, EndWithoutCallingAnything) {
    const int status = status_of([] {
        int called = 0;
        {
            Signals signals;
            signals.act({.end = [&] { ++called; }, .reload = [&] { ++called; }});
        }
        ::_exit(called);
    });

    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace relief::ops
