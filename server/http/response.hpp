#pragma once
// An answer as routes give it; conditional requests, HEAD, ranges of codings and CORS are added
// once, in finish().

#include "server/http/flow.hpp"
#include "server/http/request.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/core/error.hpp"
#include "tiler/core/instant.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::http {

struct Response {
    int status = 200;
    std::string content_type;
    SharedBytes body;  ///< null: no body
    std::string etag;  ///< opaque text without quotes; empty: no validator
    std::string cache_control;
    std::optional<Instant> last_modified;
    bool compressible = false;       ///< text, JSON, MVT: gzip, br or zstd as negotiated
    std::vector<NameValue> headers;  ///< further ones
    /// The body, where it comes in pieces: `body`, `etag` and `compressible` are then left alone.
    /// Such an answer is given before the handler returns: no further request is then read.
    std::shared_ptr<Flow> flow{};
};

SharedBytes shared_text(std::string_view text);

/// 200 with a JSON document; the ETag is a fingerprint of the text; Cache-Control: no-cache unless
/// changed.
Response json(std::string_view document);
Response text(std::string_view content, std::string_view content_type);

/// RFC 9457. `what` becomes `detail`; status and title come from the fault (status.cpp is the only
/// place with numbers).
Response problem(const Error& error);
/// 405 with Allow.
Response method_not_allowed(std::string_view method, std::string_view allow);

int status_of(Fault fault) noexcept;
std::string_view reason_of(int status) noexcept;

/// Applies what RFC 9110/9111 and CORS ask of every answer: If-None-Match (weak comparison, lists,
/// *), If-Modified-Since, content coding with an ETag of its own, Vary, HEAD, Access-Control-*,
/// X-Content-Type-Options, X-Request-Id, Server-Timing.
Response finish(const Request& request, Response response);

}  // namespace relief::http
