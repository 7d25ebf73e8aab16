#pragma once
// One tile of a GeoJSON document.

#include "tiler/atlas/geojson_features.hpp"
#include "tiler/core/tile_id.hpp"

namespace relief::atlas {

struct GeoJsonCut {
    double buffer = 128;       ///< 1/512 of a tile's side
    double tolerance = 0.375;  ///< 1/512 of a tile's side; 0: every point stays
    bool whole_lines = false;  ///< lines that come near are not cut
};

/// What lies in the tile and its buffer, also of the worlds to the left and to the right: thinned,
/// cut and rounded to the tile's units.
FeatureTile geojson_tile(const WorldFeatures& features, const TileId& tile, const GeoJsonCut& cut);

}  // namespace relief::atlas
