#pragma once
// Points that lie close become one.

#include "tiler/atlas/geojson_features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/stylesheet/feature_rules.hpp"

#include <cstdint>
#include <vector>

namespace relief::atlas {

struct ClusterRule {
    double radius = 50;         ///< 1/512 of a tile's side
    std::uint32_t deepest = 0;  ///< the last zoom with clusters
    double least_points = 2;    ///< fewer stay by themselves
    std::vector<stylesheet::ClusterProperty> properties{};
};

/// The features at each zoom from 0 to the rule's deepest. A cluster is a point at the mean of what
/// it stands for, with the properties cluster, cluster_id, point_count and
/// point_count_abbreviated and those of the rule; clusters of one zoom are what the next coarser
/// one's are made of. Lines and areas are not there. Source: V. Agafonkin, "Clustering millions of
/// points on a map with Supercluster", 2016.
/// Errors: too_large where so many must lie together to be one, that each point would be compared
/// with thousands.
Result<std::vector<WorldFeatures>> clustered(const WorldFeatures& features,
                                             const ClusterRule& rule);

}  // namespace relief::atlas
