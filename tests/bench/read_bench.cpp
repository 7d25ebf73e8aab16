// What the reading of one 256 × 256 tile costs: the window of cells, their resampling, both.

#include "tests/bench/scene.hpp"
#include "tiler/source/block_cache.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/source/resample.hpp"
#include "tiler/source/window.hpp"

#include <benchmark/benchmark.h>

#include <utility>

namespace relief::source {
namespace {

constexpr PixelSize tile{256, 256};
constexpr std::size_t plenty = std::size_t{256} << 20U;

ReadRequest request_for(std::vector<int> bands, Resampling method) {
    ReadRequest request;
    request.box = bench::middle_tile;
    request.size = tile;
    request.bands = std::move(bands);
    request.resampling = method;
    return request;
}

void read(benchmark::State& state, const ReadRequest& request, GDALDataType type) {
    const bench::Scene scene(static_cast<int>(request.bands.size()), type);
    start_gdal();
    const RasterReader reader({.block_bytes = plenty, .open_files = 4});
    const SourceFile file{scene.file(), {"1"}, Trust::workspace};
    for (auto _ : state) benchmark::DoNotOptimize(reader.read(file, request));
}

/// Blocks are decoded each time: the cost of a tile nobody looked near before.
void read_cold(benchmark::State& state) {
    const bench::Scene scene(3, GDT_Byte);
    start_gdal();
    const RasterReader reader({.block_bytes = 0, .open_files = 4});
    const SourceFile file{scene.file(), {"1"}, Trust::workspace};
    const auto request = request_for({1, 2, 3}, Resampling::bilinear);
    for (auto _ : state) benchmark::DoNotOptimize(reader.read(file, request));
}

/// Cells of the decoded blocks put together, for a tile whose window is 300 cells wide.
void window_of_blocks(benchmark::State& state) {
    const bench::Scene scene(3, GDT_Byte);
    start_gdal();
    const SourceFile file{scene.file(), {"1"}, Trust::workspace};
    const auto raster = OpenRaster::open(file);
    if (!raster) return state.SkipWithError("the scene cannot be opened");
    BlockCache cache(plenty);
    const BlockSource source{**raster, std::make_shared<const std::string>("1"), cache};
    WindowNeed need;
    need.left = 1900;
    need.top = 1900;
    need.size = {300, 300};
    need.bands = {1, 2, 3};
    for (auto _ : state) benchmark::DoNotOptimize(read_window(source, need));
}
BENCHMARK(window_of_blocks);

BENCHMARK_CAPTURE(read, rgb_bilinear, request_for({1, 2, 3}, Resampling::bilinear), GDT_Byte);
BENCHMARK_CAPTURE(read, rgb_nearest, request_for({1, 2, 3}, Resampling::nearest), GDT_Byte);
BENCHMARK_CAPTURE(read, rgb_cubic, request_for({1, 2, 3}, Resampling::cubic), GDT_Byte);
BENCHMARK_CAPTURE(read, rgb_average, request_for({1, 2, 3}, Resampling::average), GDT_Byte);
BENCHMARK_CAPTURE(read, float_bilinear, request_for({1}, Resampling::bilinear), GDT_Float32);
BENCHMARK(read_cold);

}  // namespace
}  // namespace relief::source
