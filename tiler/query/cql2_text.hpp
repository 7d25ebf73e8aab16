#pragma once
// CQL2 in its text form to a condition on a layer's attributes.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/query/condition.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace relief::query {

/// Of a filter of either kind.
inline constexpr std::size_t most_filter_characters = 4000;

/// Reads comparisons, LIKE, BETWEEN, IN, IS NULL, AND, OR, NOT, arithmetic, CASEI, DATE and
/// TIMESTAMP. Size: at most 4000 characters, 32 levels deep.
/// Errors: bad_request naming the character where it goes wrong and what could stand there; an
/// attribute that the layer has not, with those it has; what would never compare.
/// Source: OGC 21-065r2, "Basic CQL2", "Advanced Comparison Operators", "Case-insensitive
/// Comparison", "Property-Property Comparisons" and "Arithmetic Expressions".
Result<Condition> parse_cql2(std::string_view text,
                             const std::vector<AttributeDescription>& attributes);

}  // namespace relief::query
