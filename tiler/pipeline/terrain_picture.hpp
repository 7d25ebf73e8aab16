#pragma once
// Pictures of heights: the margin they are read with, and the drawing of each algorithm.

#include "tiler/pipeline/make_tile.hpp"

namespace relief::pipeline {

/// Pixels that must be read around the picture, so that neighbouring tiles agree at their edge. 0
/// for what works cell by cell.
int margin_of(const style::RasterStyle& style, const PictureOrder& order) noexcept;

/// The box and size with the margin around.
PictureOrder with_margin(const PictureOrder& order, int margin) noexcept;

/// Shape: `heights` has one band, of the order's size and margin_of().
Picture draw_terrain(const Grid& heights,
                     const style::RasterStyle& style,
                     const PictureOrder& order,
                     const Workshop& workshop);

}  // namespace relief::pipeline
