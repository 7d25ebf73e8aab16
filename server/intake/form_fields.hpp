#pragma once
// The fields of a form.

#include "tiler/core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::intake {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first of that name.
std::optional<std::string> value_of(const Fields& fields, std::string_view name);

/// A body of application/x-www-form-urlencoded. Errors: bad_request for malformed percent signs or
/// more fields than a report may have.
Result<Fields> parse_form(std::string_view body);

}  // namespace relief::intake
