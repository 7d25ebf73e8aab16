#include "tiler/source/remote_description.hpp"

#include "tiler/source/describe.hpp"
#include "tiler/source/open_raster.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace relief::source {
namespace {

constexpr double tile_cells = 256;
// Twice the cells of a tile along each axis: the overview chosen is at most that much finer.
constexpr double most_cells_along = 2 * tile_cells;
// Beyond this a map that is moved waits for seconds on a usual line.
constexpr double slow_megabytes = 8;
constexpr const char* remedy =
    "; make a cloud-optimised copy: gdal_translate -of COG -co COMPRESS=DEFLATE IN.tif OUT.tif";

double bytes_of_cell(const RasterDescription& raster) {
    constexpr std::array<double, 7> sizes{1, 2, 2, 4, 4, 4, 8};
    double sum = 0;
    for (const BandDescription& band : raster.bands)
        sum += sizes.at(static_cast<std::size_t>(band.type));
    return sum;
}

/// Cells along one axis that a window reads in whole blocks.
double in_blocks(double cells, int block, int length) {
    const double blocks = std::ceil(cells / block) + 1;
    return std::min(blocks * block, static_cast<double>(length));
}

/// Of all bands, before compression: what a tile reads at the zoom that fits the cells.
double megabytes_of_tile(const RasterDescription& raster) {
    return in_blocks(most_cells_along, raster.block.width, raster.size.width) *
           in_blocks(most_cells_along, raster.block.height, raster.size.height) *
           bytes_of_cell(raster) / 1e6;
}

/// The same at the lowest zoom, from the coarsest level.
double megabytes_of_lowest(const RasterDescription& raster) {
    const PixelSize coarsest = raster.overviews.empty() ? raster.size : raster.overviews.back();
    return static_cast<double>(coarsest.width) * coarsest.height * bytes_of_cell(raster) / 1e6;
}

/// Two digits that count.
std::string megabytes(double size) {
    std::array<char, 32> text{};
    const int decimals = size >= 10 ? 0 : 1;
    const auto written = std::to_chars(text.data(),
                                       text.data() + text.size(),
                                       std::max(size, 0.1),
                                       std::chars_format::fixed,
                                       decimals);
    return std::string(text.data(), written.ptr) + " MB";
}

bool is_tiled(const RasterDescription& raster) noexcept {
    return raster.block.width < raster.size.width || raster.size.width <= most_cells_along;
}

}  // namespace

Result<RemoteDescription> describe_remote(const RemoteAddress& address, const Deadline& deadline) {
    const SourceFile file{address.text(), {}, Trust::remote};
    for (const auto effort : {StatisticsEffort::sparing, StatisticsEffort::none}) {
        const auto raster = OpenRaster::open(file, nullptr, deadline);
        if (!raster) return raster.error();
        std::vector<int> bands((*raster)->facts().bands.size());
        std::iota(bands.begin(), bands.end(), 1);
        auto description = describe(**raster, bands, {effort, {}});
        if (description)
            return RemoteDescription{*std::move(description), (*raster)->remote()->stamp()};
        const bool worth_less = effort == StatisticsEffort::sparing &&
                                description.error().fault == Fault::source_broken;
        if (!worth_less) return description.error();
    }
    return source_broken("the remote file cannot be read");
}

std::string storage_words(const RasterDescription& raster) {
    std::string words = is_tiled(raster)
                            ? "tiled in blocks of " + std::to_string(raster.block.width) + " x " +
                                  std::to_string(raster.block.height) + " cells"
                            : std::string("stored in whole rows");
    const std::size_t overviews = raster.overviews.size();
    words += overviews == 0   ? ", no overviews"
             : overviews == 1 ? ", 1 overview"
                              : ", " + std::to_string(overviews) + " overviews";
    return words + "; a tile reads up to " +
           megabytes(std::max(megabytes_of_tile(raster), megabytes_of_lowest(raster))) +
           " before compression";
}

std::vector<std::string> doubts_about_storage(const RasterDescription& raster) {
    std::vector<std::string> doubts;
    const double lowest = megabytes_of_lowest(raster);
    if (lowest > slow_megabytes)
        doubts.push_back(std::string(raster.overviews.empty() ? "it has no overviews"
                                                              : "its overviews end too early") +
                         ": each tile of its lowest zoom would read " + megabytes(lowest) +
                         " before compression" + remedy);
    const double usual = megabytes_of_tile(raster);
    if (!is_tiled(raster) && usual > slow_megabytes)
        doubts.push_back("it is not tiled: each tile would read " + megabytes(usual) +
                         " before compression" + remedy);
    return doubts;
}

}  // namespace relief::source
