#pragma once
// Features that are read from memory, of a layer that changes all the time.

#include "tiler/core/result.hpp"
#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/workspace/layer.hpp"

namespace relief::pipeline {

/// As they were at the moment that the observation's version names. For any thread.
class LiveFeatures : public workspace::LiveContent {
public:
    /// The choice that comes back is what is left of it: the index holds what all else chose.
    /// Errors: as FeatureSources::open().
    virtual Result<OpenFeatures> open(const FeatureReach& reach) const = 0;
};

}  // namespace relief::pipeline
