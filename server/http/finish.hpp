#pragma once
// The parts of finish() that the session asks about before it calls it.

#include "server/http/coding.hpp"
#include "server/http/response.hpp"

#include <cstddef>

namespace relief::http {

/// Bytes that finish() would compress for this request; 0 when it would not.
std::size_t bytes_to_compress(const Request& request, const Response& response);

}  // namespace relief::http
