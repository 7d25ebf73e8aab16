#include "tiler/source/read_plan.hpp"

#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace relief::source {
namespace {

/// Cells of all bands that one tile may decode; a tile of a raster with overviews needs under 3
/// million.
constexpr double most_cells = 400e6;
/// Error of the interpolated transform, in cells of the level that is read.
constexpr double tolerance = 0.125;

/// The picture pixels that a footprint box touches.
PixelRect touched(const PictureFrame& frame, const MercatorBox& box) noexcept {
    const double pixel_x = (frame.box.right - frame.box.left) / frame.size.width;
    const double pixel_y = (frame.box.top - frame.box.bottom) / frame.size.height;
    const auto clamped = [](double value, int most) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
    };
    return {clamped(std::floor((box.left - frame.box.left) / pixel_x), frame.size.width),
            clamped(std::floor((frame.box.top - box.top) / pixel_y), frame.size.height),
            clamped(std::ceil((box.right - frame.box.left) / pixel_x), frame.size.width),
            clamped(std::ceil((frame.box.top - box.bottom) / pixel_y), frame.size.height)};
}

WindowScale scale_of(const RasterFacts& facts,
                     const LevelChoice& choice,
                     PixelPoint cells) noexcept {
    const RasterLevel& level = facts.levels[static_cast<std::size_t>(choice.level)];
    WindowScale scale;
    scale.columns =
        static_cast<double>(level.size.width) / facts.placement.size.width / choice.reduce;
    scale.rows =
        static_cast<double>(level.size.height) / facts.placement.size.height / choice.reduce;
    scale.footprint = {cells.column * scale.columns, cells.row * scale.rows};
    return scale;
}

std::uint64_t bytes_of(ValueType type) noexcept {
    constexpr std::array<std::uint64_t, 7> sizes{1, 2, 2, 4, 4, 4, 8};
    return sizes.at(static_cast<std::size_t>(type));
}

/// Of one band.
struct Decoded {
    std::size_t blocks = 0;
    std::uint64_t cells = 0;
};

/// Whole blocks are decoded, however little of one is needed.
Decoded decoded_of(const RasterLevel& level, const PlannedRead& read) noexcept {
    Decoded decoded;
    if (read.size.width <= 0 || read.size.height <= 0) return decoded;
    const int last_row = (read.top + read.size.height - 1) / level.block.height;
    const int last_column = (read.left + read.size.width - 1) / level.block.width;
    for (int row = read.top / level.block.height; row <= last_row; ++row) {
        for (int column = read.left / level.block.width; column <= last_column; ++column) {
            const PixelSize size = OpenRaster::extent(level, {read.overview, column, row});
            decoded.cells +=
                static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
            ++decoded.blocks;
        }
    }
    return decoded;
}

}  // namespace

std::vector<PixelRect> touched_rects(const RasterFacts& facts, const PictureFrame& frame) {
    std::vector<PixelRect> rects;
    for (const MercatorBox& box : facts.placement.footprint) {
        // A picture over the antimeridian reaches into the next copy of the world.
        for (const double turn : {-2 * geo::mercator_half, 0.0, 2 * geo::mercator_half}) {
            const MercatorBox copy{box.left + turn, box.bottom, box.right + turn, box.top};
            const PixelRect rect = touched(frame, copy);
            if (!rect.empty()) rects.push_back(rect);
        }
    }
    return rects;
}

TransformGrid transform_of(const OpenRaster& raster,
                           const PictureFrame& frame,
                           const PixelRect& rect) {
    return TransformGrid::make(raster.mapper(), frame, {rect, tolerance});
}

LevelChoice level_for(const RasterFacts& facts, const TransformGrid& transform) noexcept {
    return choose_level(facts, std::min(transform.scale().column, transform.scale().row));
}

PlannedWindow plan_window(const RasterFacts& facts,
                          const ReadRequest& request,
                          const TransformGrid& transform,
                          LevelChoice choice) {
    const auto& extent = transform.extent();
    const WindowScale scale = scale_of(facts, choice, transform.scale());
    const PixelSize whole =
        reduced_size(facts.levels[static_cast<std::size_t>(choice.level)], choice.reduce);
    const int margin = margin_of(request.resampling, scale.footprint);
    // Not beyond the raster: there is nothing, and a kernel knows where a window ends.
    const auto low = [&](double value, bool repeats) {
        return static_cast<int>(
            std::floor(std::max(value - margin, repeats ? value - margin : 0.0)));
    };
    const auto high = [&](double value, int length, bool repeats) {
        return static_cast<int>(std::ceil(
            std::min(value + margin, repeats ? value + margin : static_cast<double>(length))));
    };
    const bool cyclic = facts.placement.cyclic;
    WindowNeed need;
    need.level = choice.level;
    need.reduce = choice.reduce;
    need.reduction = reduction_of(request.resampling);
    need.fractions = request.fractions;
    need.left = low(extent->left * scale.columns, cyclic);
    need.top = low(extent->top * scale.rows, false);
    need.size.width = high(extent->right * scale.columns, whole.width, cyclic) - need.left;
    need.size.height = high(extent->bottom * scale.rows, whole.height, false) - need.top;
    need.bands = request.bands;
    need.nodata = request.nodata;
    need.any_band = request.any_band;
    need.deadline = request.deadline;
    return {scale, std::move(need)};
}

Result<void> check_cost(const WindowNeed& need) {
    const double cells = static_cast<double>(need.size.width) * need.size.height * need.reduce *
                         need.reduce * static_cast<double>(need.bands.size());
    if (cells <= most_cells) return {};
    return Error{Fault::too_large,
                 "this tile would have to read " +
                     std::to_string(static_cast<long long>(cells / 1e6)) +
                     " million cells, because the raster has no overviews that are coarse "
                     "enough; `relief add` makes a copy that has them"};
}

PlannedRead account_of(const RasterFacts& facts, const WindowNeed& need) {
    const RasterLevel& level = facts.levels[static_cast<std::size_t>(need.level)];
    const auto column = [&](int cell) {
        return std::clamp(cell * need.reduce, 0, level.size.width);
    };
    const auto row = [&](int cell) { return std::clamp(cell * need.reduce, 0, level.size.height); };
    PlannedRead read;
    read.overview = need.level;
    read.level_size = level.size;
    read.reduce = need.reduce;
    read.left = column(need.left);
    read.top = row(need.top);
    read.size = {column(need.left + need.size.width) - read.left,
                 row(need.top + need.size.height) - read.top};
    const Decoded decoded = decoded_of(level, read);
    read.blocks = decoded.blocks * (need.bands.size() + (facts.has_mask ? 1 : 0));
    std::uint64_t cell_bytes = facts.has_mask ? 1 : 0;
    for (const int band : need.bands)
        cell_bytes += bytes_of(facts.bands[static_cast<std::size_t>(band - 1)].type);
    read.bytes = decoded.cells * cell_bytes;
    return read;
}

}  // namespace relief::source
