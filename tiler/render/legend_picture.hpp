#pragma once
// A legend as a picture or as SVG, for pages, capabilities and sheets.

#include "tiler/core/picture.hpp"
#include "tiler/style/legend.hpp"
#include "tiler/text/text.hpp"

#include <string>

namespace relief::render {

struct LegendLook {
    int scale = 1;      ///< pixels a CSS pixel, 1 to 4
    bool dark = false;  ///< light text on a dark page
};

/// Swatches in exactly the legend's colours with labels, translucent ones over a checker; ramps as
/// a bar with ticks. Long legends are cut at 4096 pixels with a line that says how many entries are
/// left out.
/// Shape:  opaque RGBA.
/// Errors: none; a scale outside 1 to 4 is held at the nearer end.
Picture draw_legend(const style::Legend& legend, const LegendLook& look, const text::Fonts& fonts);

/// The same as static SVG: text escaped, no scripts, no outside references.
std::string legend_svg(const style::Legend& legend, const LegendLook& look);

}  // namespace relief::render
