#pragma once
// From an index to the features of one tile.

#include "tiler/core/deadline.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relief::vector {

struct TileWish {
    std::string name;  ///< of the layer in the tile
    /// Numbers of the attributes to carry; all when not given.
    std::optional<std::vector<std::size_t>> attributes;
    Deadline deadline;
    /// Says which features are wanted, by their number in the index; all when not given.
    std::function<bool(std::uint32_t feature, GeometryKind kind)> wanted{};
    /// What is looked at of the tile: features elsewhere are left out, others are cut at its edges.
    TileWindow window{};
    bool labels = false;  ///< areas are told with the places of their names
};

/// Shape: features in Hilbert order, clipped to the window, which is the tile and its buffer, and
/// rounded to the tile's units.
/// Areas have rings of three points and some area; what falls together to nothing is not there.
/// Errors: source_broken when the index is damaged; out_of_time.
Result<FeatureTile> tile_features(const VectorIndex& index,
                                  const TileId& tile,
                                  const TileWish& wish);

}  // namespace relief::vector
