#pragma once
// Values made to fit a type: checked (`number`, `string`, …) or converted (`to-color`, …).

#include "tiler/expression/node.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::expression {

/// The first of the parts whose value is of the type; a failure when none is.
NodePointer make_assertion(const Type& type, std::vector<NodePointer> parts, std::string key);
/// The first of the parts whose value can be turned into the type; a failure when none can.
NodePointer make_conversion(const Type& type, std::vector<NodePointer> parts, std::string key);

/// The value as one of the kinds that style properties have; nothing when it cannot be that.
std::optional<Value> converted(const Value& value, Kind kind, Scratch& scratch);

/// ECMA-262, StringToNumber; not-a-number when the text is no number.
double number_in(std::string_view text);
/// As `to-boolean` sees it: false are false, 0, not-a-number, null and the empty text.
bool is_truthy(const Value& value);

}  // namespace relief::expression
