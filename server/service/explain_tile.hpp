#pragma once
// How one tile is made: files, reads, times, and whether it would have been at hand.

#include "server/service/tile_service.hpp"
#include "tiler/pipeline/picture_plan.hpp"

#include <string_view>
#include <vector>

namespace relief::service {

/// What the pipeline is asked for, without a deadline. Units: pixels, EPSG:3857 metres.
pipeline::PictureOrder picture_order_of(const TileOrder& order);

struct ExplainedTile {
    std::vector<pipeline::PlannedFile> files;
    pipeline::EncodedPicture picture;  ///< drawn anew for this
    std::string_view cache;            ///< "memory", "disk" or "none": where it lay before
};

/// Draws the tile, whatever the caches hold. Errors: as TileService::get().
Result<ExplainedTile> explain_tile(const TileService& tiles, const TileOrder& order);

}  // namespace relief::service
