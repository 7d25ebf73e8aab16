// What one 256 × 256 tile costs to encode, and how many bytes it becomes.

#include "tiler/encode/empty_images.hpp"
#include "tiler/encode/encode.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace relief::encode {
namespace {

constexpr PixelSize tile{256, 256};

/// Random levels on a lattice, smooth in between; 0 to 1.
class Octave {
public:
    Octave(int cell, std::mt19937& random) : cell_(cell), side_(tile.width / cell + 2) {
        std::uniform_real_distribution<double> level(0, 1);
        lattice_.resize(side() * side());
        for (auto& value : lattice_) value = level(random);
    }
    double at(PixelPoint place) const {
        const double x = place.column / cell_;
        const double y = place.row / cell_;
        const double fx = x - std::floor(x);
        const double fy = y - std::floor(y);
        const auto corner = static_cast<std::size_t>(std::floor(y)) * side() +
                            static_cast<std::size_t>(std::floor(x));
        const double top = std::lerp(lattice_[corner], lattice_[corner + 1], fx);
        const double low = std::lerp(lattice_[corner + side()], lattice_[corner + side() + 1], fx);
        return std::lerp(top, low, fy);
    }

private:
    std::size_t side() const { return static_cast<std::size_t>(side_); }

    int cell_;
    int side_;
    std::vector<double> lattice_;
};

/// Land as a satellite sees it: forms of every size, bands that go together, noise of the sensor.
/// With these amplitudes a tile is as large a PNG as the Sentinel-2 tiles it stands for (105 kB).
Bytes scene() {
    std::mt19937 random{2019};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same scene each time
    std::vector<Octave> octaves;
    for (const int cell : {64, 32, 16, 8, 4, 2}) octaves.emplace_back(cell, random);
    std::normal_distribution<double> noise(0, 2.2);
    Bytes rgba;
    for (int y = 0; y < tile.height; ++y) {
        for (int x = 0; x < tile.width; ++x) {
            double light = 30;
            double weight = 60;
            for (const auto& octave : octaves) {
                light += weight * octave.at({static_cast<double>(x), static_cast<double>(y)});
                weight *= 0.7;
            }
            for (const double tint : {1.0, 0.9, 0.7}) {
                const double level = std::clamp(light * tint + noise(random), 0.0, 255.0);
                rgba.push_back(static_cast<std::uint8_t>(level));
            }
            rgba.push_back(255);
        }
    }
    return rgba;
}

Picture colour() {
    return {tile, RgbaPixels{scene(), true}};
}

/// The scene with an edge that runs through partial cover to nothing.
Picture colour_with_edge() {
    Bytes rgba = scene();
    for (std::size_t i = 0; i < rgba.size(); i += 4) {
        const int x = static_cast<int>(i / 4 % static_cast<std::size_t>(tile.width));
        const int alpha = std::clamp((160 - x) * 32, 0, 255);
        for (std::size_t c = 0; c < 4; ++c) {
            rgba[i + c] = static_cast<std::uint8_t>(rgba[i + c] * alpha / 255);
        }
    }
    return {tile, RgbaPixels{std::move(rgba), false}};
}

Bytes first_band() {
    const Bytes rgba = scene();
    Bytes levels;
    for (std::size_t i = 0; i < rgba.size(); i += 4) levels.push_back(rgba[i]);
    return levels;
}

Picture grey() {
    return {tile, GreyPixels{first_band(), {}}};
}

struct Ramp {
    unsigned colours;
};

Picture indexed(Ramp ramp) {
    Palette palette;
    for (unsigned i = 0; i < ramp.colours; ++i) {
        const auto level = static_cast<std::uint8_t>(i * 255 / ramp.colours);
        palette.push_back({level, static_cast<std::uint8_t>(255 - level), 90, 255});
    }
    Bytes indices = first_band();
    for (auto& index : indices) index = static_cast<std::uint8_t>(index * ramp.colours / 256);
    return {tile, IndexedPixels{std::move(indices), std::make_shared<const Palette>(palette)}};
}

void run(benchmark::State& state, const Picture& picture, ImageFormat format) {
    std::size_t size = 0;
    for (auto _ : state) {
        auto file = encode(picture, format);
        size = file ? file->size() : 0;
        benchmark::DoNotOptimize(file);
    }
    state.counters["bytes"] = static_cast<double>(size);
}

BENCHMARK_CAPTURE(run, png_colour, colour(), ImageFormat::png);
BENCHMARK_CAPTURE(run, png_colour_edge, colour_with_edge(), ImageFormat::png);
BENCHMARK_CAPTURE(run, png_grey, grey(), ImageFormat::png);
BENCHMARK_CAPTURE(run, png_ramp_256, indexed({256}), ImageFormat::png);
BENCHMARK_CAPTURE(run, png_classes_8, indexed({8}), ImageFormat::png);
BENCHMARK_CAPTURE(run, png_mask, indexed({2}), ImageFormat::png);
BENCHMARK_CAPTURE(run, jpeg_colour, colour(), ImageFormat::jpeg);
BENCHMARK_CAPTURE(run, jpeg_colour_edge, colour_with_edge(), ImageFormat::jpeg);
BENCHMARK_CAPTURE(run, jpeg_grey, grey(), ImageFormat::jpeg);
BENCHMARK_CAPTURE(run, webp_colour, colour(), ImageFormat::webp);
BENCHMARK_CAPTURE(run, webp_colour_edge, colour_with_edge(), ImageFormat::webp);
BENCHMARK_CAPTURE(run, webp_grey, grey(), ImageFormat::webp);
BENCHMARK_CAPTURE(run, webp_ramp_256, indexed({256}), ImageFormat::webp);
BENCHMARK_CAPTURE(run, webp_classes_8, indexed({8}), ImageFormat::webp);

void find_empty(benchmark::State& state) {
    const EmptyImages images;
    for (auto _ : state) benchmark::DoNotOptimize(images.of(ImageFormat::png, tile));
}
BENCHMARK(find_empty);

}  // namespace
}  // namespace relief::encode
