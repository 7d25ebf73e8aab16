#include "tiler/render/contours.hpp"

#include "tiler/render/label_pixels.hpp"
#include "tiler/render/levels.hpp"
#include "tiler/style/contour_style.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relief::render {
namespace {

constexpr Colour line = style::thick_contour_colour;
constexpr Colour rim{.red = 255, .green = 255, .blue = 255, .alpha = 217};

using Rgba = std::array<std::uint8_t, 4>;

/// A colour at some coverage, premultiplied.
Rgba pixel_of(Colour colour, std::uint8_t coverage) noexcept {
    const auto alpha = premultiplied(colour.alpha, coverage);
    return {premultiplied(colour.red, alpha),
            premultiplied(colour.green, alpha),
            premultiplied(colour.blue, alpha),
            alpha};
}

void blend(std::uint8_t* below, const Rgba& above) noexcept {
    const auto through = static_cast<std::uint8_t>(255 - above[3]);
    for (std::size_t i = 0; i < above.size(); ++i)
        below[i] = static_cast<std::uint8_t>(above.at(i) + premultiplied(below[i], through));
}

/// Thin lines are lighter by their colour's alpha.
std::vector<std::uint8_t> line_pixels(const ContourCoverage& coverage) {
    std::array<Rgba, 256> colours{};
    for (std::size_t level = 0; level < colours.size(); ++level)
        colours.at(level) = pixel_of(line, static_cast<std::uint8_t>(level));
    std::vector<std::uint8_t> values(4 * coverage.thin.size());
    for (std::size_t i = 0; i < coverage.thin.size(); ++i) {
        const auto thin = premultiplied(coverage.thin[i], style::contour_colour.alpha);
        const auto& pixel = colours[std::max(thin, coverage.thick[i])];
        std::copy(pixel.begin(), pixel.end(), values.begin() + static_cast<std::ptrdiff_t>(4 * i));
    }
    return values;
}

struct RgbaCanvas {
    PixelSize size;
    std::vector<std::uint8_t>& values;

    /// Null outside.
    std::uint8_t* at(int column, int row) const noexcept {
        if (column < 0 || row < 0 || column >= size.width || row >= size.height) return nullptr;
        return &values[4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(size.width) +
                            static_cast<std::size_t>(column))];
    }
};

void write(const RgbaCanvas& canvas, const ContourLabel& place, const LabelPixels& label) {
    std::size_t i = 0;
    for (int row = 0; row < label.size.height; ++row) {
        for (int column = 0; column < label.size.width; ++column, ++i) {
            if (label.rim[i] == 0) continue;
            auto* const below =
                canvas.at(place.column + label.left + column, place.row + label.top + row);
            if (below == nullptr) continue;
            blend(below, pixel_of(rim, label.rim[i]));
            blend(below, pixel_of(line, label.letters[i]));
        }
    }
}

bool is_clear(const std::vector<std::uint8_t>& values) {
    for (std::size_t i = 3; i < values.size(); i += 4)
        if (values[i] != 0) return false;
    return true;
}

}  // namespace

Picture contours(const Surface& surface, const ContourOrder& order) {
    const auto& rules = order.rules;
    const auto numbers = line_numbers(surface, rules.lines.interval);
    auto values = line_pixels(contour_lines(surface, numbers, rules.lines));
    if (order.fonts != nullptr) {
        const RgbaCanvas canvas{surface.inner(), values};
        for (const auto& place : place_labels(surface, numbers, rules))
            write(canvas,
                  place,
                  draw_label(*order.fonts,
                             label_of(place.number, rules.lines.interval),
                             {place.angle, rules.ratio}));
    }
    const bool empty = is_clear(values);
    return {.size = surface.inner(),
            .pixels = RgbaPixels{.values = std::move(values), .opaque = false},
            .empty = empty};
}

}  // namespace relief::render
