#pragma once
// From a layer's index to the features of a tile, as they are to be encoded or drawn.

#include "tiler/core/deadline.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/pipeline/feature_choice.hpp"
#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/workspace/layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

/// One layer of a tile.
struct VectorPart {
    std::string name;                                     ///< in the tile
    const workspace::Observation* observation = nullptr;  ///< of features
    FeatureChoice choice{};                               ///< which features are wanted
};

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): there is no TileId without numbers
struct FeatureOrder {
    TileId tile;
    /// Names of the attributes to carry; all when not given. A layer carries those that it has.
    std::optional<std::vector<std::string>> fields;
    TileWindow window{};  ///< what is looked at of the tile
    Deadline deadline;
    bool labels = false;  ///< areas are told with the places of their names
};

/// Errors: those of FeatureSources::open(); out_of_time.
Result<FeatureTile> read_features(FeatureSources& sources,
                                  const VectorPart& part,
                                  const FeatureOrder& order);

}  // namespace relief::pipeline
