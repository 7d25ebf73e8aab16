#pragma once
// The journey of a vector tile: index → features of the tile → bytes.

#include "tiler/core/bytes.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/pipeline/read_features.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

struct VectorTileOrder {
    TileId tile;
    std::vector<VectorPart> parts;
    /// Names of the attributes to carry; all when not given. A layer carries those that it has.
    std::optional<std::vector<std::string>> fields;
    Deadline deadline;
};

struct EncodedVectorTile {
    SharedBytes bytes;           ///< none when nothing is to be seen
    std::uint64_t features = 0;  ///< shown
    std::uint64_t left_out = 0;  ///< thinned, to keep each layer within its budget of 500 kB
    double read_ms = 0;
    double encode_ms = 0;
};

/// Errors: those of read_features().
Result<EncodedVectorTile> make_vector_tile(FeatureSources& sources, const VectorTileOrder& order);

}  // namespace relief::pipeline
