#pragma once
// {"stops": …} and {"type": "identity", …}, as styles were written before expressions.

#include "tiler/core/result.hpp"
#include "tiler/expression/property_spec.hpp"

namespace relief::expression {

/// The expression that says the same.
/// Errors: bad_request for what is no function, naming the part that is wrong.
/// Source: MapLibre Style Specification v8, "Deprecations", "Function".
Result<nlohmann::json> converted_function(const nlohmann::json& function, const PropertySpec& spec);

/// "{name} road" as an expression that puts the property in; the text itself without tokens.
nlohmann::json converted_tokens(const std::string& text);

}  // namespace relief::expression
