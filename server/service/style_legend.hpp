#pragma once
// What the colours of a style mean, as far as the style says it.

#include "server/service/visible_style.hpp"
#include "tiler/style/legend.hpp"

#include <string>

namespace relief::service {

/// Shape: `symbols`, the uppermost layer first. Areas, lines and circles have an entry for each of
///        their colours: one alone, the branches of `match`, the steps of `step`, the stops of
///        `interpolate` over an attribute; what cannot be told without a feature shows the colour
///        of one without attributes. Words, grounds, pictures and heights have none. A layer is
///        called what its metadata say in "relief:legend" (false: it has no entry), else by its id.
style::Legend legend_of_style(const VisibleStyle& style, std::string title);

}  // namespace relief::service
