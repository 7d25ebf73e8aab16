#pragma once
// Values from JSON and back.

#include "tiler/expression/value.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace relief::expression {

/// A copy of the JSON in the scratch. Nothing when there is no room.
std::optional<Value> value_of(const nlohmann::json& document, Scratch& scratch);

/// As the specification's tests write results: a colour is [r, g, b, a], premultiplied, 0 to 1;
/// a colour inside something {"r", "g", "b", "a"}; what has many values {"values": […]}.
nlohmann::json json_of(const Value& value);

/// What ECMAScript's `typeof` says of the JSON: "number", "object" (of null and arrays too).
std::string_view script_type(const nlohmann::json& document);

}  // namespace relief::expression
