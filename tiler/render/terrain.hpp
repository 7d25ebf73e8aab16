#pragma once
// Shade, slope and aspect of heights.

#include "tiler/render/surface.hpp"

namespace relief::render {

/// How far a pixel's neighbours reach: the margin that terrain() needs.
inline constexpr int terrain_margin = 1;

/// hillshade, multidirectional, slope or aspect by Horn's gradient over the eight neighbours.
///
/// Shape:  one band of floats, of the surface's size without its margin (at least 1), which has a
///         row of `ground` for each of its rows.
/// Units:  shade 1 to 255 as gdaldem writes it; slope in degrees or percent; aspect in degrees
///         from north.
/// Mask:   NaN where there is no height, and aspect of flat ground. A neighbour without a height is
///         taken to lie in line with the one opposite, so data ends where the heights end.
/// Errors: none. Pure.
/// Source: Horn (1981), Mark (1992); see style::algorithms().
Grid terrain(const Surface& surface, const Ground& ground, const style::AlgorithmCall& call);

}  // namespace relief::render
