#pragma once
// Styles that draw one layer by itself.

#include "server/service/visible_style.hpp"

#include <string_view>

namespace relief::service {

/// Areas, lines and points of a layer of features in colours that are told from light and from dark
/// ground. Errors: bad_request for a raster, which has no plain style.
Result<StylePointer> plain_style(const workspace::Layer& layer);

/// The numbers of a layer's points, put together as feature words say: clusters as circles with
/// their number, cells of a grid in five shades. Errors: bad_request for a form that is not known.
Result<StylePointer> aggregate_style(const workspace::Layer& layer, std::string_view form);

/// The style's layers that draw from the layer of the house; nothing else of it, no background.
/// Errors: not_found when it has none.
Result<StylePointer> part_of_layer(const VisibleStyle& whole, std::string_view layer);

}  // namespace relief::service
