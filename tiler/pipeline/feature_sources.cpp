#include "tiler/pipeline/feature_sources.hpp"

#include "tiler/pipeline/live_features.hpp"

#include <utility>

namespace relief::pipeline {

Result<OpenFeatures> FeatureSources::open(const workspace::Observation& observation,
                                          const FeatureReach& reach) {
    // A thread that waits for a database known to be away is one that draws nothing else.
    if (!observation.broken.empty()) return source_broken(observation.broken);
    if (observation.is_live()) {
        const auto* const live = dynamic_cast<const LiveFeatures*>(observation.live.get());
        return live != nullptr ? live->open(reach)
                               : Result<OpenFeatures>(source_broken("the layer has no features"));
    }
    if (!observation.is_table()) {
        auto index = indexes_.open({observation.file, observation.version});
        if (!index) return index.error();
        return OpenFeatures{std::move(*index), reach.choice, 0};
    }
    auto window = tables_.open(observation, reach);
    if (!window && window.error().fault == Fault::source_broken && table_failed_)
        table_failed_(observation.file);
    return window;
}

}  // namespace relief::pipeline
