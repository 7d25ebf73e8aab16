#pragma once
// Values to pixels.

#include "tiler/core/grid.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/style/raster_style.hpp"

namespace relief::render {

/// Gives each cell the colour that the style gives its value.
///
/// Shape:  the picture has the grid's size; grid.bands[i] is style.bands[i].
/// Form:   one output with a ramp or classes: indexed (transparent where the weight is under 1/2);
///         one output, no colours: grey; three outputs: RGBA. Chosen by the style, never by
///         counting. A mask kind with a ramp keeps its covered fraction as the value, not as alpha.
/// Mask:   a cell of weight 0 is transparent whatever number lies beneath; a weight between is
/// alpha
///         in grey and RGBA. NaN is transparent.
/// Errors: none. Pure: equal arguments give equal bytes.
Picture paint(const Grid& values, const style::RasterStyle& style);

}  // namespace relief::render
