#pragma once
// How a tile is made, as JSON: for `relief explain --json` and /explain alike.

#include "server/service/explain_tile.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/view.hpp"

#include <string>
#include <string_view>

namespace relief::route {

struct TileFacts {
    const workspace::Layer& layer;
    const workspace::View& view;      ///< of the layer, with an observation
    const style::RasterWords& words;  ///< that draw it: the layer's own and those asked for
    TileId::Numbers tile;
    PixelSize size;
    std::string_view format;  ///< "png"
};

/// File names are without folders.
std::string explain_document(const TileFacts& tile, const service::ExplainedTile& explained);

/// Milliseconds, to a hundredth.
double rounded_time(double milliseconds);

}  // namespace relief::route
