// What a whole 256 × 256 tile costs when its blocks are decoded: file to bytes.

#include "tests/bench/scene.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <utility>

namespace relief::pipeline {
namespace {

using encode::ImageFormat;

struct Look {
    int bands = 0;
    GDALDataType type = GDT_Unknown;
    style::RasterWords words;
};

Look colour() {
    return {3, GDT_Byte, {{{"resampling", "bilinear"}}}};
}
Look ramp() {
    return {1, GDT_Float32, {{{"rescale", "40,180"}, {"colormap", "viridis"}}}};
}

void tile(benchmark::State& state, const Look& look, const PictureOrder& order) {
    const bench::Scene scene(look.bands, look.type);
    source::start_gdal();
    workspace::Observation observation;
    observation.file = scene.file();
    observation.version = {"1"};
    auto raster = source::describe({scene.file(), {"1"}, source::Trust::workspace},
                                   {source::StatisticsEffort::exact, {}});
    if (!raster) return state.SkipWithError("the scene cannot be described");
    observation.raster() = std::move(*raster);
    const auto style = style::style_of(look.words, observation.raster());
    if (!style) return state.SkipWithError("the scene cannot be styled");
    const source::RasterReader reader({});
    const encode::EmptyImages empty_images;
    std::size_t size = 0;
    for (auto _ : state) {
        const auto picture = make_picture({reader, empty_images}, observation, *style, order);
        size = picture ? picture->bytes->size() : 0;
        benchmark::DoNotOptimize(picture);
    }
    state.counters["bytes"] = static_cast<double>(size);
}

PictureOrder as(ImageFormat format, encode::EncodeOptions encoding = {}) {
    PictureOrder order;
    order.box = bench::middle_tile;
    order.size = {256, 256};
    order.format = format;
    order.encoding = encoding;
    return order;
}

BENCHMARK_CAPTURE(tile, colour_png, colour(), as(ImageFormat::png));
BENCHMARK_CAPTURE(tile,
                  colour_png_small,
                  colour(),
                  as(ImageFormat::png, encode::thorough_options()));
BENCHMARK_CAPTURE(tile, colour_jpeg, colour(), as(ImageFormat::jpeg));
BENCHMARK_CAPTURE(tile, colour_webp, colour(), as(ImageFormat::webp));
BENCHMARK_CAPTURE(tile,
                  colour_webp_small,
                  colour(),
                  as(ImageFormat::webp, encode::thorough_options()));
BENCHMARK_CAPTURE(tile, ramp_png, ramp(), as(ImageFormat::png));
BENCHMARK_CAPTURE(tile, ramp_webp, ramp(), as(ImageFormat::webp));

}  // namespace
}  // namespace relief::pipeline
