#pragma once
// Whether a value may stand for a property, and what is needed when it may not.

#include "tiler/expression/parser.hpp"
#include "tiler/expression/property_spec.hpp"

#include <optional>

namespace relief::stylesheet {

/// Nothing when the value fits; else what is wrong, with the item of a list that is: "[1]".
std::optional<expression::ParseError> constant_problem(const nlohmann::json& value,
                                                       const expression::PropertySpec& spec);

}  // namespace relief::stylesheet
