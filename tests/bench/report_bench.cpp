// Tiles of many reports: how long they take, how much memory their columns have.
//
//   report_bench 1000000 [200]     reports, and tiles at each zoom

#include "tests/support/repeatable_random.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"
#include "tiler/pipeline/report_source.hpp"
#include "tiler/shown/content.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace relief::bench {
namespace {

using BenchClock = std::chrono::steady_clock;

double since(BenchClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(BenchClock::now() - begin).count();
}

/// Titles as the store would tell them, which is measured by itself.
class NoStore final : public shown::RowTexts {
public:
    Result<std::vector<std::optional<shown::RowText>>> of(
        std::span<const std::uint32_t> numbers) const override {
        std::vector<std::optional<shown::RowText>> texts;
        texts.reserve(numbers.size());
        for (const std::uint32_t number : numbers)
            texts.emplace_back(shown::RowText{number, "abcdefghijklmnopqrstuvwxyz", "A report"});
        return texts;
    }
};

/// Towns all over the world, of very different sizes, and some reports far from any.
std::vector<shown::PointRow> generated(std::uint32_t count) {
    auto random = testing::repeatable_random(2026);
    std::uniform_real_distribution<double> east(-180, 180);
    std::uniform_real_distribution<double> north(-55, 70);
    std::normal_distribution<double> near(0, 0.08);
    std::vector<report::Place> towns;
    towns.reserve(2000);
    for (int i = 0; i < 2000; ++i) towns.push_back({east(random), north(random)});
    std::geometric_distribution<std::size_t> town(0.003);
    std::uniform_int_distribution<int> part(0, 9);
    std::uniform_int_distribution<std::int32_t> minute(27'000'000, 29'600'000);
    std::uniform_int_distribution<int> category(1, 12);
    std::vector<shown::PointRow> rows;
    rows.reserve(count);
    for (std::uint32_t number = 1; number <= count; ++number) {
        const report::Place& of_town = towns[std::min<std::size_t>(town(random), towns.size() - 1)];
        const report::Place place =
            part(random) == 0
                ? report::Place{east(random), north(random)}
                : report::Place{of_town.longitude + near(random), of_town.latitude + near(random)};
        shown::PointRow row;
        row.key = report::key_of(report::spot_of(place));
        row.number = number;
        row.minute = minute(random);
        row.category = static_cast<std::uint16_t>(category(random));
        row.status = static_cast<std::uint8_t>(part(random) < 6 ? 1 : 0);
        rows.push_back(row);
    }
    return rows;
}

/// Each tile holds a report chosen by lot: the full ones are asked for most, as on a map.
TileId tile_at(const shown::PointRow& row, std::uint32_t zoom) {
    const report::Spot place = report::spot_of(row.key);
    const auto number = [&](std::uint32_t step) { return zoom == 0 ? 0 : step >> (32U - zoom); };
    return *TileId::make({.zoom = zoom, .column = number(place.x), .row = number(place.y)});
}

struct Asked {
    const char* name = "";
    pipeline::FeatureChoice choice;
};

std::vector<Asked> choices() {
    std::vector<Asked> all(5);
    all[0].name = "all";
    all[1].name = "category";
    all[1].choice.reports = report::ReportFilter{{}, {}, {}, {"category 3"}, {}};
    all[2].name = "last 7 days, verified";
    all[2].choice.reports = report::ReportFilter{
        {}, shown::instant_of(29'600'000 - 7 * 1440), {}, {}, {report::Status::verified}};
    all[3].name = "squares";
    all[3].choice.aggregate = vector::AggregateRule{vector::AggregateForm::square, 16, {}, {}};
    all[4].name = "hexagons";
    all[4].choice.aggregate = vector::AggregateRule{vector::AggregateForm::hexagon, 16, {}, {}};
    return all;
}

double quantile(std::vector<double>& times, double share) {
    std::sort(times.begin(), times.end());
    return times[std::min(times.size() - 1,
                          static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

std::size_t resident_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

void measure(const workspace::Observation& layer,
             const std::vector<shown::PointRow>& rows,
             std::size_t tiles) {
    pipeline::FeatureSources sources(1);
    for (const Asked& asked : choices()) {
        std::printf("\n| %s | p50 ms | p99 ms | features (mean) |\n|---|---|---|---|\n",
                    asked.name);
        for (const std::uint32_t zoom : {0U, 2U, 4U, 6U, 8U, 10U, 12U, 14U, 16U, 18U}) {
            auto random = testing::repeatable_random(zoom);
            std::uniform_int_distribution<std::size_t> lot(0, rows.size() - 1);
            std::vector<double> times;
            double features = 0;
            const std::size_t many = zoom < 3 ? std::min<std::size_t>(tiles, 40) : tiles;
            for (std::size_t i = 0; i < many; ++i) {
                const pipeline::VectorTileOrder order{
                    tile_at(rows[lot(random)], zoom), {{"reports", &layer, asked.choice}}, {}, {}};
                const auto begin = BenchClock::now();
                const auto made = pipeline::make_vector_tile(sources, order);
                times.push_back(since(begin));
                if (made) features += static_cast<double>(made->features);
            }
            std::printf("| zoom %u | %.2f | %.2f | %.0f |\n",
                        zoom,
                        quantile(times, 0.5),
                        quantile(times, 0.99),
                        features / static_cast<double>(many));
        }
    }
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as on the command line
int run(std::uint32_t count, std::size_t tiles) {
    const std::size_t before = resident_kilobytes();
    auto rows = generated(count);
    shown::Board board;
    for (int i = 1; i <= 12; ++i) board.category("category " + std::to_string(i));
    const std::size_t given = resident_kilobytes();
    const auto begin = BenchClock::now();
    board.load(rows, {});
    const auto content = board.now();
    std::printf(
        "%u reports: columns made in %.0f ms, %.0f MB; with what finds them by number %.0f "
        "MB; resident %.0f MB (of which the generated rows %.0f MB)\n",
        count,
        since(begin),
        static_cast<double>(content->bytes()) / 1e6,
        static_cast<double>(content->bytes() + board.bytes()) / 1e6,
        static_cast<double>(resident_kilobytes()) / 1e3,
        static_cast<double>(given - before) / 1e3);
    const auto come = BenchClock::now();
    constexpr std::uint32_t late = 20'000;
    for (std::uint32_t i = 0; i < late; ++i) {
        shown::PointRow row = rows[i];
        row.number = count + 1 + i;
        board.put(row);
    }
    std::printf("%u more, one by one: %.0f ms\n", late, since(come));
    workspace::Observation layer;
    layer.content = pipeline::ReportFeatures::described(*board.now());
    layer.live = std::make_shared<const pipeline::ReportFeatures>(
        shown::Sight{board.now(), std::make_shared<const NoStore>(), "1", Instant{}});
    measure(layer, rows, tiles);
    return 0;
}

}  // namespace
}  // namespace relief::bench

// NOLINTNEXTLINE(bugprone-exception-escape): words that are no numbers end it
int main(int count, char** words) {
    const std::vector<std::string> given(words, words + count);
    return relief::bench::run(
        given.size() > 1 ? static_cast<std::uint32_t>(std::stoul(given[1])) : 1'000'000,
        given.size() > 2 ? std::stoul(given[2]) : 200);
}
