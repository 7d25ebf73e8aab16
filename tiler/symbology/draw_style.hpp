#pragma once
// A style and a view to a picture.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/style_supply.hpp"
#include "tiler/symbology/view.hpp"

namespace relief::symbology {

/// Draws the layers from the lowest up.
///
/// Shape:  as large as the view; transparent where nothing is drawn.
/// Errors: out_of_time, asked before each layer.
Result<canvas::Surface> draw_style(const stylesheet::StyleDocument& style,
                                   const View& view,
                                   StyleSupply& data,
                                   const Deadline& deadline);

}  // namespace relief::symbology
