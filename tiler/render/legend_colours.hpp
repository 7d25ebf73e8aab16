#pragma once
// The colours of a legend's own parts, light and dark.

#include "tiler/core/colour.hpp"

namespace relief::render {

struct LegendColours {
    Colour panel;
    Colour text;
    Colour muted;
    Colour line;
    Colour checker;  ///< every other square under a translucent colour; the others are the panel's
};

/// Text and muted text have a contrast of 7:1 at least on the panel (WCAG 2.1, 1.4.6).
constexpr LegendColours legend_colours(bool dark) noexcept {
    if (dark)
        return {.panel = {.red = 27, .green = 36, .blue = 48},
                .text = {.red = 245, .green = 247, .blue = 250},
                .muted = {.red = 184, .green = 196, .blue = 208},
                .line = {.red = 123, .green = 135, .blue = 148},
                .checker = {.red = 74, .green = 85, .blue = 99}};
    return {.panel = {.red = 255, .green = 255, .blue = 255},
            .text = {.red = 31, .green = 41, .blue = 51},
            .muted = {.red = 75, .green = 85, .blue = 99},
            .line = {.red = 123, .green = 135, .blue = 148},
            .checker = {.red = 209, .green = 213, .blue = 219}};
}

/// Side of a square of the checker, in CSS pixels.
inline constexpr int checker_side = 4;

}  // namespace relief::render
