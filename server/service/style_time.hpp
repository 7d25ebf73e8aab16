#pragma once
// When what a style shows was.

#include "server/service/feature_words.hpp"
#include "server/service/visible_style.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <optional>

namespace relief::service {

/// From when to when what is shown was, as far as it is known without looking at it.
struct ShownTime {
    bool none = false;  ///< nothing is known of that time
    std::optional<InstantRange> span{};
};

/// Of a layer by itself, as the words choose. Errors: bad_request naming the word and what is
/// allowed.
Result<ShownTime> shown_time(const workspace::Layer& layer, const FeatureAsk& asked);

/// Of all layers that the style draws from and that know of times, by the time= and max_age= of the
/// request; nothing without these. Errors: the same.
Result<ShownTime> shown_time(const VisibleStyle& style, const FeatureAsk& asked);

}  // namespace relief::service
