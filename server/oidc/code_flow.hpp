#pragma once
// The authorization code flow with PKCE: there, and back with who it was.

#include "server/access/jwt.hpp"
#include "server/oidc/discovery.hpp"
#include "server/oidc/ticket.hpp"
#include "server/oidc/web_question.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/workspace/configuration.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace relief::oidc {

/// Where the browser is sent (OpenID Connect Core, 3.1.2.1; RFC 7636, 4.3).
struct Departure {
    const Discovery& discovery;
    const workspace::OidcSettings& settings;
    const Ticket& ticket;
    std::string return_address;  ///< as the provider knows it
};
std::string authorization_address(const Departure& departure);

/// With what it comes back.
struct Return {
    std::optional<std::string> code;
    std::optional<std::string> state;
    std::optional<std::string> issuer;  ///< "iss" (RFC 9207)
    std::optional<std::string> error;
};
/// Errors: bad_request when it is not the answer to this ticket; unknown_asker when the provider
/// lets nobody in. In words for the person.
Result<void> check_return(const Return& arrived, const Ticket& ticket, const Discovery& discovery);

struct Grant {
    std::string id_token;
    std::string access_token;  ///< empty: none came
};
/// Blocks. Errors: source_broken when the provider cannot be asked or gives no tokens;
/// unknown_asker when it refuses the code.
Result<Grant> redeem(const Departure& departure, const std::string& code, const Deadline& deadline);

/// The claims of an ID token whose signature is good (OpenID Connect Core, 3.1.3.7). Errors:
/// bad_request in words for the log.
struct IdTokenWanted {
    const workspace::OidcSettings& settings;
    const Ticket& ticket;
    const std::string& access_token;
    Instant now;
};
Result<nlohmann::json> check_id_token(const access::SignedText& token, const IdTokenWanted& wanted);

/// Adds what the provider tells of the person at its userinfo endpoint and the ID token leaves out.
/// Blocks. Errors: source_broken, when it is that of another person too.
Result<void> add_user_facts(nlohmann::json& claims,
                            const Discovery& discovery,
                            const Grant& grant,
                            const Deadline& deadline);

}  // namespace relief::oidc
