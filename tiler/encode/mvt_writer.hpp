#pragma once
// Features to a Mapbox Vector Tile 2.1.

#include "tiler/core/bytes.hpp"
#include "tiler/core/features.hpp"

#include <span>

namespace relief::encode {

inline constexpr const char* mvt_media_type = "application/vnd.mapbox-vector-tile";

/// One layer for each that has features, extent 4096; nothing at all when none has. Text is written
/// as it is: UTF-8 is the reader's duty.
/// Source: Mapbox Vector Tile Specification 2.1.
Bytes encode_mvt(std::span<const FeatureTile> layers);

}  // namespace relief::encode
