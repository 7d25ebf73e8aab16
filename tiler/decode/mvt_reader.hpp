#pragma once
// A Mapbox Vector Tile to features.

#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relief::decode {

struct MvtLimits {
    std::size_t bytes = std::size_t{32} << 20U;
    std::size_t layers = 1000;
    std::size_t features = 1'000'000;  ///< of all layers
    std::size_t points = 20'000'000;   ///< of all layers
};

/// Shape:  a FeatureTile a layer, in the tile's order. Of each area's rings the first is made an
///         exterior, and so are those that run the same way; rings of less than three points and
///         features without any geometry are left out.
/// Units:  1/4096 of the side, whatever the layer's extent was; what lies further than 256 sides
///         away is held there.
/// Errors: too_large beyond a limit; bad_request for what is no vector tile.
/// Source: Mapbox Vector Tile Specification 2.1; tiles of version 1 are read too.
Result<std::vector<FeatureTile>> decode_mvt(std::span<const std::uint8_t> bytes,
                                            const MvtLimits& limits = {});

}  // namespace relief::decode
