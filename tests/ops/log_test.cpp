#include "server/ops/log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

namespace relief::ops {
namespace {

std::string written_by(const std::function<void()>& action) {
    ::testing::internal::CaptureStderr();
    action();
    return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesALineInTheFormAskedFor) {
    const std::string text = written_by([] {
        make_log(Log::Form::text)->write(Level::info, "started", {{"port", "8080"}});
    });
    const std::string json = written_by([] {
        make_log(Log::Form::json)->write(Level::info, "started", {{"port", "8080"}});
    });

    EXPECT_NE(text.find("Z info started port=8080\n"), std::string::npos) << text;
    EXPECT_NE(json.find(R"("event":"started","port":"8080"})"
                        "\n"),
              std::string::npos)
        << json;
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
    const std::string text = written_by([] {
        const auto log = make_log(Log::Form::text, Level::warning);
        log->write(Level::debug, "one", {});
        log->write(Level::info, "two", {});
        log->write(Level::warning, "three", {});
        log->write(Level::error, "four", {});
    });

    EXPECT_EQ(text.find("one"), std::string::npos);
    EXPECT_EQ(text.find("two"), std::string::npos);
    EXPECT_NE(text.find("three"), std::string::npos);
    EXPECT_NE(text.find("four"), std::string::npos);
}

TEST(Log, BracesInAValueAreNoFormat) {
    const std::string text = written_by([] {
        make_log(Log::Form::text)->write(Level::info, "e", {{"v", "{} {0} {:d} {{%n%s"}});
    });

    EXPECT_NE(text.find(R"(v="{} {0} {:d} {{%n%s")"), std::string::npos) << text;
}

TEST(Log, AWarningIsWrittenAtOnce) {
    ::testing::internal::CaptureStderr();
    const auto log = make_log(Log::Form::text);

    log->write(Level::info, "first", {});
    log->write(Level::info, "second", {});
    log->write(Level::warning, "third", {});

    const std::string text = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(Log, LinesOfManyThreadsStayWhole) {
    const std::string text = written_by([] {
        const auto log = make_log(Log::Form::text);
        std::vector<std::thread> threads;
        threads.reserve(8);
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&log] {
                for (int n = 0; n < 500; ++n) log->write(Level::info, "e", {{"v", "abcdefgh"}});
            });
        }
        for (auto& thread : threads) thread.join();
    });

    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 8 * 500);
    std::size_t whole = 0;
    for (auto at = text.find(" info e v=abcdefgh\n"); at != std::string::npos;
         at = text.find(" info e v=abcdefgh\n", at + 1)) {
        ++whole;
    }
    EXPECT_EQ(whole, 8U * 500U);
}

}  // namespace
}  // namespace relief::ops
