#pragma once
// The request target, decoded in one place: split first, then percent-decoded, everything bounded.

#include "server/http/request.hpp"
#include "tiler/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::http {

struct Target {
    std::vector<std::string> segments;  ///< none for "/"; "/a/" is "a" and an empty one
    Query query;
};

/// Reads origin-form ("/a/b?c=d") and absolute-form targets.
/// Errors: bad_request for malformed percent signs, control characters and NUL (encoded too),
/// invalid UTF-8, dot
///         segments (also encoded), more than 32 segments or 64 query items. "+" in a query is a
///         space.
Result<Target> parse_target(std::string_view target);

/// RFC 3986 encoding of one path segment or query value.
std::string percent_encode(std::string_view text);

/// `target` with the values of token parameters cut out, safe for a log line (no control
/// characters).
std::string for_log(std::string_view target);

}  // namespace relief::http
