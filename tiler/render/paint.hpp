#pragma once
// Values to pixels.

#include "tiler/core/grid.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/style/raster_style.hpp"

namespace relief::render {

/// Gives each cell the colour that the style gives its value.
///
/// Shape:  the picture has the grid's size; grid.bands[i] is style.bands[i].
/// Form:   one output with a ramp or classes: indexed; one output, no colours: grey; three outputs:
///         RGBA. Chosen by the style, never by counting.
/// Mask:   a cell of weight under 1/2 is transparent whatever number lies beneath, and so is NaN:
/// data
///         ends where half a cell is covered. A weight from there on is alpha in grey and RGBA; of
///         a translucent style (alpha band) every weight is. A mask kind with a ramp shows value ×
///         weight, the covered fraction, as a place on the ramp, so that a small flood survives;
///         there only weight 0 is transparent.
/// Errors: none. Pure: equal arguments give equal bytes.
Picture paint(const Grid& values, const style::RasterStyle& style);

}  // namespace relief::render
