#pragma once
// A layer of a vector tile, encoded within its budget of bytes.

#include "tiler/core/bytes.hpp"
#include "tiler/core/features.hpp"

namespace relief::pipeline {

/// The index was thinned by an estimate: where a tile is larger than vector::tile_budget after all,
/// its lightest features go, of equal ones the later; they are counted in `left_out`. One stays
/// whatever its size. Areas that reach in from other tiles are the heaviest, so neighbours differ
/// in small ones only.
Bytes encode_within_budget(FeatureTile& tile);

}  // namespace relief::pipeline
