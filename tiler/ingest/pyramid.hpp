#pragma once
// The overview of a mosaic: all of its scenes in one coarse raster on the Web Mercator grid.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"
#include "tiler/ingest/incoming.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <cstdint>
#include <functional>

namespace relief::ingest {

/// Blocks of 256 × 256 cells of zoom `zoom`, those that some scene touches.
struct PyramidPlan {
    std::uint32_t zoom = 0;
    std::uint32_t left = 0, top = 0, columns = 0, rows = 0;  ///< in tiles of that zoom
    std::vector<std::uint64_t> blocks;  ///< row × columns + column inside, ascending
};

/// The zoom at which a tile is about as large as a scene: one further in, a tile holds four of
/// them. Coarser where the overview would have more than 2^28 cells, or data of more than a
/// gigabyte.
PyramidPlan plan_pyramid(const workspace::Mosaic& mosaic, std::size_t bytes_of_cell);

struct PyramidOrder {
    workspace::Observation observation;  ///< with the mosaic, and the bands it is to have
    int bands = 0;                       ///< how many of them the overview gets
    std::function<bool(double)> progress;
};

/// Writes the overview into the folder's file(): EPSG:3857, Zstandard, 256 px blocks, overviews
/// right for its kind, a mask of cells with any data. Gives its description with exact statistics.
/// Errors: source_broken; out_of_time when stopped.
Result<RasterDescription> write_pyramid(const PyramidOrder& order, const IncomingFolder& folder);

}  // namespace relief::ingest
