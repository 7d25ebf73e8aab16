#pragma once
// ["==", key, value] and its kin, as filters were written before expressions.

#include "tiler/expression/parser.hpp"

namespace relief::expression {

/// Whether a filter is written in the old way. Of those that mean the same both ways, no.
/// Source: MapLibre Style Specification v8, "Deprecations", "Other filter".
bool is_legacy_filter(const Json& filter);

/// Null after an error, which is noted with the parser.
NodePointer parse_legacy_filter(Parser& parser, const Json& filter);

}  // namespace relief::expression
