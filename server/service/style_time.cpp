#include "server/service/style_time.hpp"

#include "tiler/workspace/view.hpp"

#include <algorithm>

namespace relief::service {
namespace {

ShownTime of_features(const ChosenFeatures* chosen) {
    return chosen == nullptr ? ShownTime{true, {}} : ShownTime{false, chosen->observed};
}

ShownTime of_pictures(const workspace::Layer& layer, const workspace::View& view) {
    return {view.observation == nullptr, workspace::moments_shown(layer, view)};
}

}  // namespace

Result<ShownTime> shown_time(const workspace::Layer& layer, const FeatureAsk& asked) {
    if (layer.is_vector()) {
        const auto chosen = choose_features(layer, asked.words, asked.now);
        if (!chosen) return chosen.error();
        return of_features(*chosen ? &**chosen : nullptr);
    }
    const auto time = time_choice_of(asked.words);
    if (!time) return time.error();
    const Instant now = moment_for(asked.words, asked.now);
    return of_pictures(layer, workspace::choose_view(layer, *time, Pick::first, now));
}

Result<ShownTime> shown_time(const VisibleStyle& style, const FeatureAsk& asked) {
    if (asked.words.empty()) return ShownTime{};
    if (const auto time = time_choice_of(asked.words); !time) return time.error();
    ShownTime all;
    bool any_none = false;
    for (const auto& [id, layer] : style.layers) {
        const auto one = shown_time(*layer, asked);
        if (!one) return one.error();
        any_none = any_none || one->none;
        if (!one->span) continue;
        const InstantRange before = all.span.value_or(*one->span);
        all.span = InstantRange(std::min(before.first, one->span->first),
                                std::max(before.last, one->span->last));
    }
    all.none = any_none && !all.span;
    return all;
}

}  // namespace relief::service
