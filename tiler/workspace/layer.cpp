#include "tiler/workspace/layer.hpp"

#include <algorithm>

namespace relief::workspace {

const LonLatBox& Observation::bounds() const noexcept {
    const auto* const features = std::get_if<VectorDescription>(&content);
    return features != nullptr ? features->bounds
                               : std::get_if<RasterDescription>(&content)->bounds;
}

ZoomRange Observation::zooms() const noexcept {
    const auto range = [](const auto& description) {
        return ZoomRange{description.minimum_zoom, description.maximum_zoom};
    };
    const auto* const features = std::get_if<VectorDescription>(&content);
    return features != nullptr ? range(*features)
                               : range(*std::get_if<RasterDescription>(&content));
}

bool Layer::is_remote() const noexcept {
    return std::any_of(observations.begin(), observations.end(), [](const Observation& one) {
        return one.is_remote();
    });
}

}  // namespace relief::workspace
