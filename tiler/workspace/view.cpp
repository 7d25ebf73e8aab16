#include "tiler/workspace/view.hpp"

namespace relief::workspace {

View choose_view(const Layer& layer, const TimeChoice& time, Pick pick, Instant now) {
    View view{choose(layer, time, now), {}};
    if (view.observation == nullptr || !view.observation->mosaic) return view;
    const Mosaic& mosaic = *view.observation->mosaic;
    view.scenes = {pick, span_of(mosaic, time, now)};
    if (!mosaic.any_in(view.scenes)) view.observation = nullptr;
    return view;
}

std::optional<InstantRange> moments_of(const View& view) {
    if (view.observation == nullptr) return std::nullopt;
    if (view.observation->mosaic) {
        const Mosaic& mosaic = *view.observation->mosaic;
        return view.scenes.span ? mosaic.extent_in(view.scenes) : mosaic.extent();
    }
    return view.observation->time;
}

std::optional<InstantRange> moments_shown(const Layer& layer, const View& view) {
    const auto moments = moments_of(view);
    if (moments || view.observation == nullptr) return moments;
    return observed_at(layer, *view.observation);
}

}  // namespace relief::workspace
