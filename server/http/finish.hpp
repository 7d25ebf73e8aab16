#pragma once
// finish() for a server: compression is asked about beforehand and done once for each body.

#include "server/http/coded_bodies.hpp"
#include "server/http/response.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relief::http {

/// Bytes that finish() would have to compress for this request; 0 when it would not.
std::size_t bytes_to_compress(const Request& request, const Response& response, CodedBodies& known);

/// Whose pages may read answers (Fetch, 3.2): "https://maps.example.org", or "*" for all.
using Origins = std::vector<std::string>;

struct FinishTools {
    CodedBodies& known;
    const Origins& origins;
    bool codes = true;  ///< false: only what is coded already goes out coded
};
/// As finish(request, response), which lets all origins read.
Response finish(const Request& request, Response response, const FinishTools& tools);

}  // namespace relief::http
