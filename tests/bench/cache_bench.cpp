// What a hit in memory costs, alone and when every thread asks for the same tiles.

#include "server/cache/memory_cache.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace relief::cache {
namespace {

constexpr std::size_t tiles = 1000;
constexpr std::size_t body = 20000;
constexpr std::size_t cache_bytes = std::size_t{256} << 20U;

struct FilledCache {
    FilledCache() {
        for (std::size_t i = 0; i < tiles; ++i) {
            keys.emplace_back("anonymous/flood/0123456789abcdef/style/12/" + std::to_string(i) +
                              "/1234@2x.png");
            cache.insert(keys.back(),
                         std::make_shared<const CachedTile>(
                             CachedTile{.bytes = std::make_shared<const Bytes>(body),
                                        .media_type = "image/png",
                                        .etag = "0123456789abcdef",
                                        .empty = false,
                                        .modified = {}}));
        }
    }
    MemoryCache cache{cache_bytes};
    std::vector<TileKey> keys;
};

// Shared by the threads of one benchmark; made on the first use.
FilledCache& filled_cache() {
    static FilledCache filled;
    return filled;
}

void memory_hit(benchmark::State& state) {
    FilledCache& filled = filled_cache();
    auto next = static_cast<std::size_t>(state.thread_index()) * 37;
    for (auto _ : state) {
        benchmark::DoNotOptimize(filled.cache.find(filled.keys[next++ % tiles]));
    }
}
BENCHMARK(memory_hit)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

// One tile that everybody looks at: the worst for a lock.
void memory_hit_of_one_tile(benchmark::State& state) {
    FilledCache& filled = filled_cache();
    for (auto _ : state) benchmark::DoNotOptimize(filled.cache.find(filled.keys.front()));
}
BENCHMARK(memory_hit_of_one_tile)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

void memory_miss(benchmark::State& state) {
    FilledCache& filled = filled_cache();
    const TileKey absent("anonymous/absent");
    for (auto _ : state) benchmark::DoNotOptimize(filled.cache.find(absent));
}
BENCHMARK(memory_miss);

// A full cache: each new tile drops old ones.
void memory_insert_when_full(benchmark::State& state) {
    MemoryCache cache(std::size_t{16} << 20U);
    const auto bytes = std::make_shared<const Bytes>(body);
    std::size_t number = 0;
    for (auto _ : state) {
        cache.insert(TileKey("anonymous/" + std::to_string(number++)),
                     std::make_shared<const CachedTile>(CachedTile{.bytes = bytes,
                                                                   .media_type = "image/png",
                                                                   .etag = "",
                                                                   .empty = false,
                                                                   .modified = {}}));
    }
}
BENCHMARK(memory_insert_when_full);

}  // namespace
}  // namespace relief::cache
