#pragma once
// What a filter as MapLibre writes it asks of attributes, as far as a condition can say it.

#include "tiler/core/vector_description.hpp"
#include "tiler/query/condition.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <vector>

namespace relief::query {

/// A condition that is true of every row that the filter takes, and maybe of others: comparisons of
/// attributes with constants, "in", "has", "all" and "any" of these, in both ways of writing. Of
/// "all" what cannot be said is left out. Nothing when nothing can be said.
std::optional<Condition> needed_condition(const nlohmann::json& filter,
                                          const std::vector<AttributeDescription>& attributes);

}  // namespace relief::query
