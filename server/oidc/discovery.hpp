#pragma once
// What a provider says of itself.

#include "tiler/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::oidc {

/// Who is asked, as the configuration says; nobody else is.
struct Trusted {
    std::string issuer;
    std::vector<std::string> hosts{};  ///< HOST[:PORT] beside the issuer's own, by https

    bool operator==(const Trusted&) const = default;
};

/// Addresses of those who are trusted.
struct Discovery {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string userinfo_endpoint;  ///< empty: there is none
    std::string jwks_uri;
    bool names_issuer = false;  ///< in each answer to a sign-in (RFC 9207)
};

/// Where it says so (OpenID Connect Discovery, 4).
std::string discovery_address(std::string_view issuer);

/// Errors: source_broken in words for the log, for a document of another issuer, one that lacks
/// what a sign-in needs, or names an address of somebody who is not trusted.
Result<Discovery> read_discovery(std::string_view document, const Trusted& trusted);

}  // namespace relief::oidc
