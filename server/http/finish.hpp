#pragma once
// finish() for a server: compression is asked about beforehand and done once for each body.

#include "server/http/coded_bodies.hpp"
#include "server/http/response.hpp"

#include <cstddef>

namespace relief::http {

/// Bytes that finish() would have to compress for this request; 0 when it would not.
std::size_t bytes_to_compress(const Request& request, const Response& response, CodedBodies& known);

/// As finish(request, response).
Response finish(const Request& request, Response response, CodedBodies& known);

}  // namespace relief::http
