#include "tiler/symbology/view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace relief::symbology {
namespace {

double radians(double degrees) noexcept {
    return degrees * std::numbers::pi / 180;
}

/// Around a turned rectangle, in tiles of one zoom; ends are behind the last.
struct TileRange {
    std::int64_t left;
    std::int64_t top;
    std::int64_t right;
    std::int64_t bottom;
};

std::uint32_t zoom_of_tiles(const View& view, const TileLevels& levels) noexcept {
    const double exact = view.zoom + std::log2(512 / levels.side);
    // Zooms that are whole but for rounding are whole.
    const double chosen = std::floor(exact + (levels.rounded ? 0.5 : 1e-9));
    const auto deepest = static_cast<double>(std::min(levels.deepest, deepest_zoom));
    return static_cast<std::uint32_t>(std::clamp(chosen, 0.0, deepest));
}

TileRange around(const std::array<WorldPlace, 4>& corners, double tiles) noexcept {
    const auto [west, east] = std::minmax_element(
        corners.begin(), corners.end(), [](auto a, auto b) { return a.x < b.x; });
    const auto [north, south] = std::minmax_element(
        corners.begin(), corners.end(), [](auto a, auto b) { return a.y < b.y; });
    const auto whole = [&](double value) {
        return static_cast<std::int64_t>(std::clamp(value, -1e9, 1e9));
    };
    return {whole(std::floor(west->x * tiles)),
            whole(std::max(std::floor(north->y * tiles), 0.0)),
            whole(std::ceil(east->x * tiles)),
            whole(std::min(std::ceil(south->y * tiles), tiles))};
}

/// Whether a rectangle beside the picture's, turned against it, keeps clear of it.
bool beside(const std::array<canvas::Point, 4>& corners, PixelSize size, double margin) noexcept {
    const auto all = [&](const auto& outside) {
        return std::all_of(corners.begin(), corners.end(), outside);
    };
    const auto low = static_cast<float>(-margin);
    const auto right = static_cast<float>(size.width + margin);
    const auto bottom = static_cast<float>(size.height + margin);
    return all([&](canvas::Point at) { return at.x <= low; }) ||
           all([&](canvas::Point at) { return at.x >= right; }) ||
           all([&](canvas::Point at) { return at.y <= low; }) ||
           all([&](canvas::Point at) { return at.y >= bottom; });
}

std::optional<TileSquare> square_at(std::uint32_t zoom, std::int64_t column, std::int64_t row) {
    const std::int64_t count = std::int64_t{1} << zoom;
    const std::int64_t world = column >= 0 ? column / count : -((-column - 1) / count + 1);
    const auto tile = TileId::make({zoom,
                                    static_cast<std::uint32_t>(column - world * count),
                                    static_cast<std::uint32_t>(row)});
    if (!tile) return std::nullopt;
    return TileSquare{*tile, static_cast<std::int32_t>(world)};
}

}  // namespace

WorldPlace world_place(const LonLat& place) noexcept {
    constexpr double edge = 85.051128779806604;
    const double sine = std::sin(radians(std::clamp(place.latitude, -edge, edge)));
    const double y = 0.5 - std::atanh(sine) / (2 * std::numbers::pi);
    return {place.longitude / 360 + 0.5, std::clamp(y, 0.0, 1.0)};
}

ViewFrame::ViewFrame(const View& view) noexcept
    : view_(view),
      pixels_(512 * std::exp2(view.zoom) * view.ratio),
      cosine_(std::cos(radians(view.bearing))),
      sine_(std::sin(radians(view.bearing))) {}

canvas::Point ViewFrame::pixel_of(const WorldPlace& place) const noexcept {
    const double x = (place.x - view_.centre.x) * pixels_;
    const double y = (place.y - view_.centre.y) * pixels_;
    return {static_cast<float>(x * cosine_ + y * sine_ + view_.size.width * 0.5),
            static_cast<float>(y * cosine_ - x * sine_ + view_.size.height * 0.5)};
}

WorldPlace ViewFrame::place_of(canvas::Point pixel) const noexcept {
    const double x = static_cast<double>(pixel.x) - view_.size.width * 0.5;
    const double y = static_cast<double>(pixel.y) - view_.size.height * 0.5;
    return {view_.centre.x + (x * cosine_ - y * sine_) / pixels_,
            view_.centre.y + (y * cosine_ + x * sine_) / pixels_};
}

canvas::Placement ViewFrame::placement_of(const TileSquare& square, double units) const noexcept {
    const double side = std::exp2(-static_cast<double>(square.tile.zoom()));
    const double step = side * pixels_ / units;
    const canvas::Point across{static_cast<float>(cosine_ * step),
                               static_cast<float>(-sine_ * step)};
    return {pixel_of({square.tile.column() * side + square.world, square.tile.row() * side}),
            across,
            {-across.y, across.x}};
}

std::array<canvas::Point, 4> ViewFrame::corners_of(const TileSquare& square) const noexcept {
    const double side = std::exp2(-static_cast<double>(square.tile.zoom()));
    const double west = square.tile.column() * side + square.world;
    const double north = square.tile.row() * side;
    return {pixel_of({west, north}),
            pixel_of({west + side, north}),
            pixel_of({west + side, north + side}),
            pixel_of({west, north + side})};
}

std::vector<TileSquare> ViewFrame::tiles(const TileLevels& levels, const TileReach& reach) const {
    const std::uint32_t zoom = zoom_of_tiles(view_, levels);
    if (zoom < levels.lowest) return {};
    const auto low = static_cast<float>(-reach.margin);
    const auto right = static_cast<float>(view_.size.width + reach.margin);
    const auto bottom = static_cast<float>(view_.size.height + reach.margin);
    const TileRange range = around({place_of({low, low}),
                                    place_of({right, low}),
                                    place_of({right, bottom}),
                                    place_of({low, bottom})},
                                   std::exp2(static_cast<double>(zoom)));
    std::vector<TileSquare> found;
    for (std::int64_t row = range.top; row < range.bottom; ++row)
        for (std::int64_t column = range.left; column < range.right; ++column) {
            if (found.size() >= reach.most) return found;
            const auto square = square_at(zoom, column, row);
            if (square && !beside(corners_of(*square), view_.size, reach.margin))
                found.push_back(*square);
        }
    return found;
}

}  // namespace relief::symbology
