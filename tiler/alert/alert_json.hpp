#pragma once
// An alert as JSON, in which it is kept and shown.

#include "tiler/report/alert.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace relief::alert {

/// Members by the names of CAP; polygons and circles are longitude first, as in GeoJSON.
nlohmann::ordered_json to_json(const report::Alert& alert);

/// Of what to_json() gave; nothing for anything else.
std::optional<report::Alert> from_json(std::string_view text);

}  // namespace relief::alert
