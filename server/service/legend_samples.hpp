#pragma once
// The small pictures of a legend, drawn by the style itself.

#include "server/service/style_legend.hpp"
#include "server/service/style_service.hpp"

namespace relief::service {

/// Gives each entry that has a sample its picture: icons and words, patterns, broken lines, rims,
/// as tiles show them. They lie on white, or on dark grey where nothing but light is drawn.
/// An entry whose layer draws nothing without a feature's attributes keeps its colour alone.
/// Errors: those of drawing.
Result<void> draw_samples(StyleLegend& legend,
                          const VisibleStyle& style,
                          StyleService& drawing,
                          const Deadline& deadline);

}  // namespace relief::service
