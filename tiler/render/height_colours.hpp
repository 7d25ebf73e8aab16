#pragma once
// Heights written into the colours of pixels, for programs that read them back.

#include "tiler/core/picture.hpp"
#include "tiler/render/surface.hpp"

namespace relief::render {

/// Terrain-RGB or Terrarium.
///
/// Shape:  RGBA of the surface's size without its margin.
/// Units:  metres, rounded to the encoding's step and held within its range.
/// Mask:   where there is no height the pixel is transparent, or the call's `nodata_height`; a cell
///         of a height is opaque however small its weight, for a blended number is a wrong one.
/// Source: Mapbox Terrain-RGB v1; Tilezen Joerd.
Picture height_colours(const Surface& surface, const style::AlgorithmCall& call);

}  // namespace relief::render
