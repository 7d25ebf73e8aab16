#include "tiler/style/raster_style.hpp"

#include "tiler/style/algorithm_style.hpp"
#include "tiler/style/default_bands.hpp"
#include "tiler/style/default_stretch.hpp"
#include "tiler/style/own_classes.hpp"
#include "tiler/style/request_words.hpp"
#include "tiler/style/spectral_bands.hpp"
#include "tiler/style/words.hpp"

#include <algorithm>
#include <cmath>

namespace relief::style {
namespace {

const BandDescription& band_of(const RasterDescription& raster, int number) {
    return raster.bands[static_cast<std::size_t>(number - 1)];
}

bool has_palette(const RasterDescription& raster, const RasterStyle& style) {
    return !style.expression && style.bands.size() == 1 && !raster.palette.empty() &&
           band_of(raster, style.bands.front()).role == BandRole::palette;
}

/// Nothing at 0, a strong red at 1: red is not water, and not safety. The smallest part that is
/// covered is seen already, and opacity grows with the length of its side: a flooded village under
/// one pixel of a country's map is a hundredth of its area and a tenth of its side.
ColourRamp mask_ramp() {
    constexpr double faintest = 48;
    ColourRamp ramp;
    for (int level = 0; level < 256; ++level) {
        const double opacity = faintest + (255 - faintest) * std::sqrt(level / 255.0);
        ramp.colours.push_back(
            {.red = 227,
             .green = 26,
             .blue = 28,
             .alpha = static_cast<std::uint8_t>(level == 0 ? 0 : std::lround(opacity))});
    }
    return ramp;
}

/// Class numbers keep their colours whichever band is asked for. Whoever asks for bands or a
/// stretch of a mask or a height wants grey.
std::optional<ColourMap> default_colours(const AskedStyle& asked,
                                         const RasterStyle& style,
                                         const RasterDescription& raster) {
    if (style.outputs() != 1 || style.expression || !asked.rescale.empty()) return std::nullopt;
    const auto& band = band_of(raster, style.bands.front());
    if (has_palette(raster, style)) return palette_classes(raster.palette, band);
    if (raster.kind == RasterKind::categorical) {
        auto classes = counted_classes(band);
        if (classes) return ColourMap(std::move(*classes));
    }
    if (!asked.bands.empty()) return std::nullopt;
    if (raster.kind == RasterKind::mask) return mask_ramp();
    if (raster.kind != RasterKind::elevation) return std::nullopt;
    auto heights = named_ramp("hypsometric");
    if (!heights) return std::nullopt;
    return ColourMap(std::move(*heights));
}

bool is_classes(const std::optional<ColourMap>& colours) {
    return colours && std::holds_alternative<ColourClasses>(*colours);
}

std::vector<Rescale> default_rescale(const RasterStyle& style, const RasterDescription& raster) {
    if (style.expression) return default_stretch(*style.expression, raster);
    std::vector<Rescale> ranges;
    for (const int number : style.bands)
        ranges.push_back(default_stretch(band_of(raster, number), raster.kind));
    return ranges;
}

Resampling default_resampling(const RasterStyle& style, RasterKind kind) {
    // Between two class numbers there is no third; a mean of them names a wrong class.
    if (kind == RasterKind::categorical) return Resampling::mode;
    if (is_classes(style.colours)) return Resampling::nearest;
    // The mean of the cells under a pixel is their covered fraction, exactly, at each scale. An
    // interpolation looks at four cells and would lose or double thin floods between overviews.
    if (kind == RasterKind::mask) return Resampling::average;
    return Resampling::bilinear;
}

Result<void> check_outputs(const AskedStyle& asked, const RasterStyle& style) {
    const auto outputs = style.outputs();
    if (outputs != 1 && outputs != 3) {
        return bad_request("expression " + in_quotes(style.expression->text()) + " gives " +
                           std::to_string(outputs) +
                           " bands; it must give one (grey or a colormap) or three (red, green, "
                           "blue)");
    }
    if (asked.colours && outputs != 1) {
        return bad_request(
            "colormap needs one band, and this picture has three; choose one with bands=1 or an "
            "expression");
    }
    const auto ranges = asked.rescale.size();
    if (ranges > 1 && ranges != outputs) {
        return bad_request("rescale is given " + std::to_string(ranges) +
                           " times; give it once, or once for each of the " +
                           std::to_string(outputs) + " bands drawn");
    }
    return {};
}

}  // namespace

Result<RasterStyle> style_of(const RasterWords& words, const RasterDescription& raster) {
    if (raster.bands.empty()) return source_broken("the layer has no bands");
    auto asked = asked_style(words, raster.bands.size());
    if (!asked) return asked.error();
    if (asked->algorithm) return algorithm_style(*asked, raster);

    RasterStyle style;
    style.kind = raster.kind;
    style.translucent = find_band_with(raster, BandRole::alpha) > 0;
    style.expression = asked->expression;
    style.bands = style.expression        ? style.expression->bands()
                  : !asked->bands.empty() ? asked->bands
                                          : default_bands(raster).bands;
    const auto checked = check_outputs(*asked, style);
    if (!checked) return checked.error();

    style.nodata = asked->nodata;
    style.colours = asked->colours ? asked->colours : default_colours(*asked, style, raster);
    // Classes name the values as they are: there is nothing to stretch.
    if (!is_classes(style.colours)) {
        style.rescale = asked->rescale.empty() ? default_rescale(style, raster) : asked->rescale;
        style.rescale.resize(style.outputs(), style.rescale.front());
    }
    style.resampling = asked->resampling.value_or(default_resampling(style, raster.kind));
    return style;
}

}  // namespace relief::style
