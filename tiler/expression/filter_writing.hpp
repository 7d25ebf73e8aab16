#pragma once
// Which of its two ways of writing a filter uses: that of expressions, or the one before them.

#include "tiler/expression/parser.hpp"

#include <string>

namespace relief::expression {

/// Whether a filter is written in the old way. Of those that mean the same both ways, no.
/// Source: MapLibre Style Specification v8, "Deprecations", "Other filter".
bool is_legacy_filter(const Json& filter);

/// ==, !=, >, >=, <, <=: in both ways.
bool is_filter_comparison(const std::string& name);

}  // namespace relief::expression
