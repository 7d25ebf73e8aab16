#pragma once
// What a picture needs of a raster: which level, which cells of it, at what cost. Known before any
// cell is read.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/level_choice.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/source/resample.hpp"
#include "tiler/source/transform_grid.hpp"
#include "tiler/source/window.hpp"

#include <optional>
#include <vector>

namespace relief::source {

/// Where one picture needs the raster: what each copy of each footprint box touches, in pixels.
std::vector<PixelRect> touched_rects(const RasterFacts& facts, const PictureFrame& frame);

/// Positions of a rectangle's pixels on the raster, to an eighth of a cell of what is read.
TransformGrid transform_of(const OpenRaster& raster,
                           const PictureFrame& frame,
                           const PixelRect& rect);

/// The level for a rectangle whose positions are known.
LevelChoice level_for(const RasterFacts& facts, const TransformGrid& transform) noexcept;

/// One window of one level.
struct PlannedWindow {
    WindowScale scale;
    WindowNeed need;

    bool empty() const noexcept { return need.size.width <= 0 || need.size.height <= 0; }
};

/// Shape: the transform has an extent.
PlannedWindow plan_window(const RasterFacts& facts,
                          const ReadRequest& request,
                          const TransformGrid& transform,
                          LevelChoice choice);

/// Errors: too_large when one tile would decode more cells than any tile should.
Result<void> check_cost(const WindowNeed& need);

/// Blocks, mask included, and bytes of them once decoded.
PlannedRead account_of(const RasterFacts& facts, const WindowNeed& need);

}  // namespace relief::source
