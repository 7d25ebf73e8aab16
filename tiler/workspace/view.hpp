#pragma once
// What one picture of a layer shows: an observation and, of a mosaic, which of its scenes.

#include "tiler/core/instant.hpp"
#include "tiler/core/pick.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/mosaic.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <optional>

namespace relief::workspace {

struct View {
    const Observation* observation =
        nullptr;            ///< of the layer; none: nothing is known of that time
    MosaicChoice scenes{};  ///< means nothing for an observation that is no mosaic
};

/// As choose(); of a mosaic, the scenes that the time means (span_of), when there is one.
View choose_view(const Layer& layer, const TimeChoice& time, Pick pick, Instant now);

/// From the first to the last moment that it shows: the time of a plain observation. None when that
/// has none, or no scene has one.
std::optional<InstantRange> moments_of(const View& view);

/// The same, or what the layer's provenance states of it.
std::optional<InstantRange> moments_shown(const Layer& layer, const View& view);

}  // namespace relief::workspace
