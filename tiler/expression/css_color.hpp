#pragma once
// Colours as style sheets write them.

#include "tiler/expression/value.hpp"

#include <optional>
#include <string_view>

namespace relief::expression {

/// A name, #rgb, #rgba, #rrggbb, #rrggbbaa, rgb(), rgba(), hsl() or hsla(), with commas or without.
/// Nothing when the text is none of these.
/// Source: CSS Color Module Level 4, sections 4.1, 5.2, 6.1 and 7; of angles only degrees.
std::optional<Rgba> parse_css_color(std::string_view text);

/// The colour of one of the 148 CSS names, in lower case.
std::optional<Rgba> named_color(std::string_view name);

}  // namespace relief::expression
