#pragma once
// What of a condition makes sense before it is asked of any feature.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/query/condition.hpp"

#include <string_view>
#include <vector>

namespace relief::query {

/// Errors: bad_request unless it is true or false, rather than a number or a text.
Result<void> check_truth(const Condition& condition,
                         const std::vector<AttributeDescription>& attributes);

/// Errors: bad_request when the parts can never compare, or are not of the kind that the operation
/// takes: it would silently find nothing.
Result<void> check_kinds(const Condition& condition,
                         const std::vector<AttributeDescription>& attributes);

Error no_such_attribute(std::string_view name, const std::vector<AttributeDescription>& attributes);

}  // namespace relief::query
