#pragma once
// Who somebody is by the claims of an OpenID Connect provider.

#include "tiler/core/audience.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::access {

/// "oidc-…": how the audit log and the limits call people whom a provider knows.
inline constexpr std::string_view oidc_id_beginning = "oidc-";

struct ClaimRules {
    std::string name_claim;
    std::string role_claim;
    std::map<std::string, Role> roles;                         ///< of each value of the role claim
    std::map<std::string, std::vector<std::string>> layers{};  ///< granted to it
};

struct OidcPerson {
    std::string id;    ///< oidc_id_beginning and a hash of issuer and subject: never the name
    std::string name;  ///< as the provider says, without control characters, at most 100 bytes
    std::optional<Role> role;  ///< none: nothing that they are is a role here
    std::optional<std::vector<std::string>> layers{};  ///< granted; none: see Audience
};

/// The claim of that name, where a dot leads into an object ("realm_access.roles") unless the name
/// itself has it ("https://example.org/roles"). Null: there is none.
const nlohmann::json* find_claim(const nlohmann::json& claims, std::string_view name);

/// Of several roles the first of admin, moderator, analyst and viewer, with the layers that are
/// granted to those values that gave it; where one of them has none, and the role sees something by
/// itself, they see that. Nothing for claims without a subject.
std::optional<OidcPerson> person_of(const nlohmann::json& claims, const ClaimRules& rules);

}  // namespace relief::access
