#pragma once
// The place in what is sent, and how a value that is wrong is named to the sender.

#include "server/intake/form_fields.hpp"
#include "tiler/core/result.hpp"
#include "tiler/report/report.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace relief::intake {

/// In quotation marks, shortened, without controls.
std::string in_marks(std::string_view text);
std::string as_sent(const nlohmann::json& value);

/// Of a Feature. Errors: bad_request naming the member, what it is and what is allowed.
Result<report::Place> place_of_geometry(const nlohmann::json& feature);

/// From lon and lat. Errors: likewise.
Result<report::Place> place_of_form(const Fields& fields);

}  // namespace relief::intake
