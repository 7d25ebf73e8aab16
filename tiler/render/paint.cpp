#include "tiler/render/paint.hpp"

#include "tiler/render/class_indices.hpp"
#include "tiler/render/levels.hpp"
#include "tiler/render/outputs.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace relief::render {
namespace {

using Plane = std::vector<std::uint8_t>;
using Cells = std::span<const std::uint8_t>;
using style::ColourClasses;
using style::ColourRamp;

bool all_zero(Cells cells) {
    return std::all_of(cells.begin(), cells.end(), [](auto cell) { return cell == 0; });
}

int distance(const Colour& a, const Colour& b) noexcept {
    return std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue) +
           std::abs(a.alpha - b.alpha);
}

/// How the levels of a ramp become indices of a palette that must hold a transparent entry too.
struct RampPalette {
    Palette colours;
    std::uint8_t clear = 0;               ///< index of a transparent entry, if one is needed
    std::optional<std::size_t> joined{};  ///< this level and the next share an entry
};

/// 256 colours and transparent do not fit: the two neighbours that differ least become one, so
/// that every other level keeps its own colour and a tile with holes matches one without.
RampPalette with_room_for_clear(const Palette& ramp) {
    const auto apart = [&](std::size_t level) { return distance(ramp[level], ramp[level + 1]); };
    std::size_t joined = 127;
    for (std::size_t level = 0; level + 1 < ramp.size(); ++level)
        if (apart(level) < apart(joined)) joined = level;

    Palette colours{transparent};
    const auto middle = ramp.begin() + static_cast<std::ptrdiff_t>(joined);
    colours.insert(colours.end(), ramp.begin(), middle);
    colours.insert(colours.end(), middle + 1, ramp.end());
    return {.colours = std::move(colours), .clear = 0, .joined = joined};
}

RampPalette palette_of(const ColourRamp& ramp, bool needs_clear) {
    assert(ramp.colours.size() == 256);
    if (!needs_clear) return {.colours = ramp.colours};
    const auto clear = std::find_if(
        ramp.colours.begin(), ramp.colours.end(), [](const auto& c) { return c.alpha == 0; });
    if (clear == ramp.colours.end()) return with_room_for_clear(ramp.colours);
    return {.colours = ramp.colours,
            .clear = static_cast<std::uint8_t>(clear - ramp.colours.begin())};
}

Picture indexed(PixelSize size, Plane indices, Palette palette) {
    const bool empty = std::all_of(indices.begin(), indices.end(), [&](std::uint8_t index) {
        return palette[index].alpha == 0;
    });
    return {.size = size,
            .pixels = IndexedPixels{std::move(indices),
                                    std::make_shared<const Palette>(std::move(palette))},
            .empty = empty};
}

// A plain loop over bytes, so that it is vectorised.
void clear_below(std::uint8_t least, Cells alpha, Plane& indices, std::uint8_t clear) {
    const auto count = alpha.size();
    for (std::size_t i = 0; i < count; ++i) indices[i] = alpha[i] < least ? clear : indices[i];
}

void premultiply(Plane& levels, Cells alpha) {
    const auto count = alpha.size();
    for (std::size_t i = 0; i < count; ++i) levels[i] = premultiplied(levels[i], alpha[i]);
}

/// Data ends where half a cell is covered, as in indexed pictures; further out there would be so
/// little opacity that 8-bit premultiplied colours lose their hue. An alpha band is another matter:
/// its faint pixels are meant.
void end_at_half(Plane& alpha) {
    const auto count = alpha.size();
    for (std::size_t i = 0; i < count; ++i) alpha[i] = alpha[i] < 128 ? std::uint8_t{0} : alpha[i];
}

/// A part too small for a level of its own gets the first: what is there is never drawn as nothing.
void keep_small_parts(const BandValues& band, const style::Rescale& range, Plane& levels) {
    std::visit(
        [&](const auto& cells) {
            for (std::size_t i = 0; i < levels.size(); ++i) {
                const bool some = range.low < range.high && cells[i] > range.low;
                if (levels[i] == 0 && some) levels[i] = 1;
            }
        },
        band);
}

/// What every form is made from.
struct Canvas {
    PixelSize size;
    std::span<const BandValues> outputs;
    Plane alpha;  ///< empty: all opaque
};

Picture paint_ramp(const Canvas& canvas, const style::RasterStyle& style, const ColourRamp& ramp) {
    auto indices = levels_of(canvas.outputs[0], style.rescale[0]).take();
    auto palette = palette_of(ramp, !canvas.alpha.empty());

    const bool fraction = style.kind == RasterKind::mask;
    if (fraction) {
        premultiply(indices, canvas.alpha);
        keep_small_parts(canvas.outputs[0], style.rescale[0], indices);
    }
    if (palette.joined) {
        const auto joined = static_cast<std::uint8_t>(*palette.joined);
        for (auto& index : indices)
            index = static_cast<std::uint8_t>(index + (index <= joined ? 1 : 0));
    }
    clear_below(fraction ? 1 : 128, canvas.alpha, indices, palette.clear);
    return indexed(canvas.size, std::move(indices), std::move(palette.colours));
}

Picture paint_classes(const Canvas& canvas, const ColourClasses& classes) {
    auto indices = class_indices(canvas.outputs[0], classes);
    clear_below(128, canvas.alpha, indices, 0);

    Palette palette{transparent};
    for (const auto& one : classes.classes) palette.push_back(one.colour);
    return indexed(canvas.size, std::move(indices), std::move(palette));
}

Picture paint_grey(Canvas canvas, const style::RasterStyle& style) {
    auto values = levels_of(canvas.outputs[0], style.rescale[0]).take();
    premultiply(values, canvas.alpha);
    const bool empty = !canvas.alpha.empty() && all_zero(canvas.alpha);
    return {.size = canvas.size,
            .pixels = GreyPixels{std::move(values), std::move(canvas.alpha)},
            .empty = empty};
}

using Channels = std::array<Levels, 3>;

/// Four bytes stored as one word: g++ 12 makes of this loop a sixth of the instructions that it
/// makes of four byte stores.
template <typename Alpha>
Plane interleaved(const Channels& channels, Alpha alpha_at) {
    static_assert(std::endian::native == std::endian::little, "red is the lowest byte");
    const auto red = channels[0].cells();
    const auto green = channels[1].cells();
    const auto blue = channels[2].cells();
    const auto count = red.size();
    Plane values(4 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t pixel = red[i] | std::uint32_t{green[i]} << 8U |
                                    std::uint32_t{blue[i]} << 16U | alpha_at(i) << 24U;
        std::memcpy(&values[4 * i], &pixel, sizeof pixel);
    }
    return values;
}

/// One channel, premultiplied unless all is opaque.
Levels channel(const Canvas& canvas, const style::RasterStyle& style, std::size_t output) {
    auto levels = levels_of(canvas.outputs[output], style.rescale[output]);
    if (canvas.alpha.empty()) return levels;
    auto plane = std::move(levels).take();
    premultiply(plane, canvas.alpha);
    return Levels{std::move(plane)};
}

Picture paint_rgba(const Canvas& canvas, const style::RasterStyle& style) {
    const Channels channels{
        channel(canvas, style, 0), channel(canvas, style, 1), channel(canvas, style, 2)};
    const bool opaque = canvas.alpha.empty();
    const Cells alpha = canvas.alpha;
    auto values =
        opaque ? interleaved(channels, [](std::size_t) { return std::uint32_t{255}; })
               : interleaved(channels, [alpha](std::size_t i) { return std::uint32_t{alpha[i]}; });
    return {.size = canvas.size,
            .pixels = RgbaPixels{std::move(values), opaque},
            .empty = !opaque && all_zero(canvas.alpha)};
}

/// The same form as a painted picture of this style, without reading a value.
Picture nothing(PixelSize size, std::size_t cells, const style::RasterStyle& style) {
    if (style.colours) return indexed(size, Plane(cells, 0), {transparent});
    if (style.outputs() == 1)
        return {.size = size, .pixels = GreyPixels{Plane(cells), Plane(cells)}, .empty = true};
    return {.size = size, .pixels = RgbaPixels{Plane(4 * cells), false}, .empty = true};
}

}  // namespace

Picture paint(const Grid& values, const style::RasterStyle& style) {
    if (values.coverage == Grid::Coverage::none || values.cells() == 0)
        return nothing(values.size, values.cells(), style);

    std::vector<BandValues> results;
    if (style.expression) results = evaluated(values, style);
    const auto outputs = std::span<const BandValues>(style.expression ? results : values.bands);
    Canvas canvas{.size = values.size, .outputs = outputs, .alpha = alpha_of(values, outputs)};

    if (!style.colours && !style.translucent) end_at_half(canvas.alpha);
    if (!style.colours)
        return outputs.size() == 1 ? paint_grey(std::move(canvas), style)
                                   : paint_rgba(canvas, style);
    if (const auto* ramp = std::get_if<ColourRamp>(&*style.colours))
        return paint_ramp(canvas, style, *ramp);
    return paint_classes(canvas, *std::get_if<ColourClasses>(&*style.colours));
}

}  // namespace relief::render
