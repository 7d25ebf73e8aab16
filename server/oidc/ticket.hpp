#pragma once
// What has to be remembered of a sign-in while its owner is away at the provider.

#include "server/access/map_key.hpp"
#include "tiler/core/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relief::oidc {

/// Handed to the browser as a cookie, sealed: nothing is kept here of who may never come back.
struct Ticket {
    std::string state;     ///< comes back in the address: ties it to this browser (RFC 6749, 10.12)
    std::string nonce;     ///< comes back in the ID token: ties that to this sign-in
    std::string verifier;  ///< the secret whose hash went along (RFC 7636)
    std::string issuer;
    Instant expires;

    static constexpr std::chrono::minutes life{10};
};

Ticket new_ticket(std::string issuer, Instant now);

std::string seal_ticket(const Ticket& ticket, const access::MapKey& key);
/// Nothing for one that was not made here, or has ended.
std::optional<Ticket> read_ticket(std::string_view sealed, const access::MapKey& key, Instant now);

}  // namespace relief::oidc
