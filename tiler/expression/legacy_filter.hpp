#pragma once
// ["==", key, value] and its kin, as filters were written before expressions.

#include "tiler/expression/parser.hpp"

namespace relief::expression {

/// Null after an error, which is noted with the parser.
NodePointer parse_legacy_filter(Parser& parser, const Json& filter);

}  // namespace relief::expression
