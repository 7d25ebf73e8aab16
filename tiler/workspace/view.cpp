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
        const auto& extent = view.observation->mosaic->extent();
        return extent && view.scenes.span ? view.scenes.span : extent;
    }
    if (!view.observation->time) return std::nullopt;
    return InstantRange{*view.observation->time, *view.observation->time};
}

std::string moments_text(const InstantRange& moments) {
    const std::string first = to_text(moments.first);
    return moments.first == moments.last ? first : first + "/" + to_text(moments.last);
}

}  // namespace relief::workspace
