#pragma once
// Answers to requests that no route sees; all status numbers are in status.cpp.

#include "server/http/check_head.hpp"
#include "server/http/response.hpp"

#include <chrono>
#include <string_view>

namespace relief::http {

int status_of(Refusal why) noexcept;

/// The answer to bytes that are no request; the connection is closed after it.
Response refusal(const Refused& refused);
/// 500 for an exception that left a handler; tells the client nothing about it.
Response internal_failure();
/// 404 that names the path as it was sent.
Response no_such_address(std::string_view target);
/// 204 to OPTIONS; `allow` as in "GET, HEAD, OPTIONS".
Response preflight(std::string_view allow);

/// 429 with Retry-After (RFC 6585, 4).
Response too_many_requests(std::chrono::seconds wait);

/// 302 to an absolute address, kept by nobody. Its headers are not checked: no text of a client's
/// may be in it that is not encoded.
Response found_at(std::string_view address);

/// May a 304 take the place of an answer of this status (RFC 9110 13.2.1)?
bool is_ok(int status) noexcept;
bool is_error(int status) noexcept;
/// Never has a body (RFC 9110 6.4.1).
bool is_bodiless(int status) noexcept;
int not_modified() noexcept;
int no_content() noexcept;
int created() noexcept;

}  // namespace relief::http
