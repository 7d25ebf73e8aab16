#pragma once
// Variables as JSON: between the reading child and its parent.

#include "tiler/core/result.hpp"
#include "tiler/source/variables.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace relief::ingest {

nlohmann::ordered_json variables_to_json(const std::vector<source::Variable>& variables);

/// Nothing that the child says is believed: each dataset must be a part of the file at `path`.
/// Errors: source_broken.
Result<std::vector<source::Variable>> variables_from_json(const nlohmann::json& document,
                                                          const std::string& path);

}  // namespace relief::ingest
