#include "server/ops/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace relief::ops {
namespace {

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

Metrics::Answer answer(std::string_view route, int status) {
    return {.route = route,
            .status = status,
            .bytes = 100,
            .duration = std::chrono::microseconds(1500)};
}

TEST(Metrics, AreMadeAnewTenTimesASecondAtMost) {
    const Metrics metrics;
    const std::chrono::steady_clock::time_point start{std::chrono::hours(1)};
    std::set<SharedBytes> texts;

    for (int i = 0; i < 1000; ++i)
        texts.insert(metrics.recent_text(start + std::chrono::microseconds(i * 999)));

    EXPECT_EQ(texts.size(), 10U);
    EXPECT_FALSE(texts.contains(metrics.recent_text(start + std::chrono::seconds(1))));
    const Bytes& text = **texts.begin();
    EXPECT_TRUE(has_line({text.begin(), text.end()}, "# TYPE relief_build_info gauge"));
}

TEST(Metrics, CountAnswersByRouteAndClass) {
    Metrics metrics;

    metrics.answered(answer("/layers", 200));
    metrics.answered(answer("/layers", 204));
    metrics.answered(answer("/layers", 404));

    const std::string text = metrics.text();
    EXPECT_TRUE(
        has_line(text, R"(relief_http_requests_total{route="/layers",status_class="2xx"} 2)"));
    EXPECT_TRUE(
        has_line(text, R"(relief_http_requests_total{route="/layers",status_class="4xx"} 1)"));
    EXPECT_TRUE(has_line(text, R"(relief_http_response_bytes_total{route="/layers"} 300)"));
    EXPECT_TRUE(has_line(text, R"(relief_http_request_seconds_count{route="/layers"} 3)"));
    EXPECT_TRUE(
        has_line(text, R"(relief_http_request_seconds_bucket{route="/layers",le="0.001"} 0)"));
    EXPECT_TRUE(
        has_line(text, R"(relief_http_request_seconds_bucket{route="/layers",le="0.0025"} 3)"));
}

TEST(Metrics, AnAnswerWithoutRouteOrWithAnOddStatusIsCountedToo) {
    Metrics metrics;

    metrics.answered(answer("", 404));
    metrics.answered(answer("/layers", 0));
    metrics.answered(answer("/layers", 999));
    metrics.answered(answer("/layers", -5));

    const std::string text = metrics.text();
    EXPECT_TRUE(has_line(text, R"(relief_http_requests_total{route="none",status_class="4xx"} 1)"));
    EXPECT_TRUE(
        has_line(text, R"(relief_http_requests_total{route="/layers",status_class="other"} 3)"));
}

TEST(Metrics, RoutesOfAnAttackerDoNotMultiplySeries) {
    Metrics metrics;

    for (int i = 0; i < 1000; ++i) metrics.answered(answer("/r" + std::to_string(i), 200));

    const std::string text = metrics.text();
    EXPECT_LE(count_of(text, "relief_http_request_seconds_count{"), 129U);
    EXPECT_TRUE(has_line(text, R"(relief_http_request_seconds_count{route="other"} 872)"));
}

TEST(Metrics, CountTilesByWhereTheyCameFrom) {
    Metrics metrics;

    metrics.tile("hit");
    metrics.tile("hit");
    metrics.tile("surprise");

    const std::string text = metrics.text();
    EXPECT_TRUE(has_line(text, R"(relief_tiles_total{cache="hit"} 2)"));
    EXPECT_TRUE(has_line(text, R"(relief_tiles_total{cache="stale"} 0)"));
    EXPECT_TRUE(has_line(text, R"(relief_tiles_total{cache="other"} 1)"));
}

Metrics::Probe probe(std::string label_value, double value) {
    return {.name = "relief_memory_bytes",
            .help = "Memory by consumer.",
            .label = "consumer",
            .label_value = std::move(label_value),
            .counter = false,
            .value = [value] { return value; }};
}

TEST(Metrics, ProbesOfOneNameShareOneHeader) {
    Metrics metrics;
    metrics.add_probe(probe("tiles", 10));
    metrics.tile("hit");
    metrics.add_probe(probe("blocks", 20));

    const std::string text = metrics.text();

    EXPECT_EQ(count_of(text, "# TYPE relief_memory_bytes gauge\n"), 1U);
    EXPECT_TRUE(has_line(text, R"(relief_memory_bytes{consumer="tiles"} 10)"));
    EXPECT_TRUE(has_line(text, R"(relief_memory_bytes{consumer="blocks"} 20)"));
}

TEST(Metrics, AProbeAddedAgainReplacesTheFirst) {
    Metrics metrics;
    metrics.add_probe(probe("tiles", 10));
    metrics.add_probe(probe("tiles", 11));

    const std::string text = metrics.text();

    EXPECT_EQ(count_of(text, "relief_memory_bytes{"), 1U);
    EXPECT_TRUE(has_line(text, R"(relief_memory_bytes{consumer="tiles"} 11)"));
}

TEST(Metrics, AProbeIsAskedAtEachScrapeAndMayAskTheMetrics) {
    Metrics metrics;
    int asked = 0;
    metrics.add_probe({.name = "relief_asked_total",
                       .help = "h",
                       .label = "",
                       .label_value = "",
                       .counter = true,
                       .value = [&] {
                           metrics.tile("hit");
                           return static_cast<double>(++asked);
                       }});

    EXPECT_TRUE(has_line(metrics.text(), "relief_asked_total 1"));
    const std::string text = metrics.text();
    EXPECT_TRUE(has_line(text, "relief_asked_total 2"));
    EXPECT_TRUE(has_line(text, "# TYPE relief_asked_total counter"));
}

// The samples of one moment.
struct Figures {
    std::string text = Metrics().text();

    // Of a sample without labels; NaN when there is none.
    double of(const std::string& name) const {
        const std::string start = "\n" + name + " ";
        const auto at = text.find(start);
        return at == std::string::npos ? std::nan("") : std::stod(text.substr(at + start.size()));
    }
};

TEST(Metrics, SayWhatTheProcessUses) {
    const Figures figures;

    EXPECT_GT(figures.of("process_resident_memory_bytes"), 1e6);
    EXPECT_GE(figures.of("process_open_fds"), 1);
    EXPECT_GE(figures.of("process_cpu_seconds_total"), 0);
    EXPECT_NE(figures.text.find("\nrelief_build_info{version=\""), std::string::npos);
}

TEST(Metrics, EverySampleIsWellFormedAndEveryNameHasOneType) {
    // Prometheus text format 0.0.4, as a POSIX extended expression.
    const std::string sample =
        R"([a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="([^"\]|\\[\"n])*",?)+\})? [-+0-9.eEInfNa]+)";
    Metrics metrics;
    metrics.answered(answer("/a\"b\\c\nd", 200));
    std::istringstream lines(metrics.text());
    std::set<std::string> types;

    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) {
            EXPECT_TRUE(types.insert(line).second) << line;
        } else if (!line.starts_with("# HELP ")) {
            EXPECT_THAT(line, ::testing::MatchesRegex(sample));
        }
    }
    EXPECT_GE(types.size(), 8U);
}

void count_much(Metrics& metrics, int thread) {
    for (int n = 0; n < 1000; ++n) {
        metrics.answered(answer(n % 2 == 0 ? "/a" : "/b", 200));
        metrics.tile("hit");
        if (n % 200 != 0) continue;
        metrics.add_probe(probe(std::to_string(thread), n));
        metrics.text();
    }
}

TEST(Metrics, ManyThreadsLoseNoCount) {
    Metrics metrics;
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) threads.emplace_back([&metrics, i] { count_much(metrics, i); });

    for (auto& thread : threads) thread.join();

    const std::string text = metrics.text();
    EXPECT_TRUE(has_line(text, R"(relief_tiles_total{cache="hit"} 8000)"));
    EXPECT_TRUE(
        has_line(text, R"(relief_http_requests_total{route="/a",status_class="2xx"} 4000)"));
}

}  // namespace
}  // namespace relief::ops
