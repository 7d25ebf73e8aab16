#pragma once
// Reports as features: points and areas, or their numbers, for just what an answer looks at.

#include "tiler/core/vector_description.hpp"
#include "tiler/pipeline/live_features.hpp"
#include "tiler/shown/content.hpp"

namespace relief::pipeline {

/// Small zooms: what lies near each other is a cluster (cluster, cluster_id, point_count,
/// point_count_abbreviated), so that every report is counted once; what is alone is a point with
/// its own attributes. An area that is large enough to be seen is an area with the point_count of
/// all reports that it stands for; else these are counted in clusters, never drawn as a point.
/// Full detail (deepest_zoom): each report by itself.
class ReportFeatures final : public LiveFeatures {
public:
    explicit ReportFeatures(shown::Sight sight) : sight_(std::move(sight)) {}

    Result<OpenFeatures> open(const FeatureReach& reach) const override;

    /// For the layer: how many there are, where, when, and with which attributes.
    static VectorDescription described(const shown::Content& content);

private:
    shown::Sight sight_;
};

}  // namespace relief::pipeline
