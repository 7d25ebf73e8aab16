#pragma once
// Who asks: the token of a request, if it has one; and whether that one asks too often.

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/route/house.hpp"

#include <optional>
#include <string>

namespace relief::route {

/// Sets the audience by "Authorization: Bearer …" or, for map clients that cannot set headers,
/// `?token=`, which is taken out of the query so that nothing repeats it. Other schemes than
/// Bearer are those of a proxy and say nothing here. Answers 401 to a token that opens nothing,
/// whatever is asked for, 400 to two that differ, and 429 to who asks too often. Without a token, a
/// user who is signed in is known by the cookie.
/// Source: RFC 6750, 2.1, 2.3 and 3; RFC 6585, 4.
std::optional<http::Response> admit(const House& house, http::Request& request);

/// Whose share of something is counted: of a token, or of a network. Empty: nobody's. Programs on
/// this machine are not counted, nor is a proxy on it that was not listed.
std::string counted_as(const http::Request& request);

/// Errors: unknown_asker without a token, not_allowed for one of another duty.
Result<void> check_duty(const http::Request& request, Role duty);
inline Result<void> check_analyst(const http::Request& request) {
    return check_duty(request, Role::analyst);
}

}  // namespace relief::route
