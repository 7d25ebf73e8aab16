#pragma once
// The cookie that a signed-in browser shows.

#include "server/http/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relief::route {

/// Nothing when the request shows none, or none that this address sets.
std::optional<std::string_view> session_secret(const http::Request& request);

/// Set-Cookie: out of reach for scripts, never sent from another site's page; under TLS only over
/// TLS and for this host alone (RFC 6265bis, 4.1.3.2). A life of 0 takes it away.
std::string session_cookie(const http::Request& request,
                           std::string_view secret,
                           std::chrono::seconds life);

/// What a browser shows of the sign-in that it began at an identity provider; empty: nothing.
std::string sign_in_ticket(const http::Request& request);
/// The same, but sent too when the provider's page leads back here.
std::string ticket_cookie(const http::Request& request,
                          std::string_view ticket,
                          std::chrono::seconds life);

/// Whether the page that sends this is one of this server's: Origin names the address it was sent
/// to. A browser says so of each request that changes something (Fetch, 3.2).
bool is_from_own_page(const http::Request& request);

}  // namespace relief::route
