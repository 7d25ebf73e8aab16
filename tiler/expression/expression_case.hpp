#pragma once
// An expression with inputs and outputs, in the form of the style specification's own tests.

#include <nlohmann/json_fwd.hpp>

namespace relief::expression {

/// Compiles and evaluates {"expression", "propertySpec", "globalState", "inputs": [[{"zoom",
/// "canonicalID", "availableImages", …}, {"properties", "geometry", "id", "featureState"}], …]}.
/// Gives {"compiled": {"result": "success", "isFeatureConstant", "isZoomConstant", "type"},
/// "outputs": […]} or {"compiled": {"result": "error", "errors": [{"key", "error"}]}}.
nlohmann::json run_case(const nlohmann::json& test);

}  // namespace relief::expression
