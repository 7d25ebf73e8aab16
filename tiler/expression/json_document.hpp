#pragma once
// JSON text read within limits, and errors that say where.

#include "tiler/core/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string_view>

namespace relief::expression {

struct JsonLimits {
    std::size_t bytes = std::size_t{8} << 20U;
    std::size_t depth = 250;  ///< lists and objects within each other
};

/// The line that the byte is in, from 1.
std::size_t line_of_byte(std::string_view text, std::size_t byte) noexcept;

/// Errors: too_large beyond a limit; bad_request for what is no JSON, with the line.
Result<nlohmann::json> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace relief::expression
